import { readFileSync } from 'node:fs';
import { ERROR_CODES } from '#http/error-codes';

// `KONVERT_SEEN_CODES=file npx vitest run`, then `npm run codes file`: prints the described codes that no test has seen
// as an answer.

const seen = new Set(readFileSync(process.argv[2]!, 'utf8').split('\n'));
for (const [code, { statuses }] of Object.entries(ERROR_CODES)) {
  const unseen = statuses.filter((status) => !seen.has(`${status} ${code}`));
  if (unseen.length > 0) console.log(`${unseen.join(', ')} ${code}`);
}
