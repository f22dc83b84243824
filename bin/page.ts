import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { EnvironmentError } from '#local/errors';
import { accessOf } from './terminal/access.ts';
import { call, StepError } from './terminal/printed-calls.ts';

const USAGE = `Usage: npm run konvert -- page --as <user>     a link that opens the chats of that user: the id that the CRM gave them
       npm run konvert -- page --settings      a link that opens the settings of the account
  It opens once, within 10 minutes. The API key is read from KONVERT_API_KEY, or --key; without one it is the demo
  company's, whose people are olga, ivan, maria and pavel. --url <address> names another Konvert than the one on this
  machine.`;

const OPTIONS = {
  as: { type: 'string' },
  settings: { type: 'boolean' },
  url: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const answerSchema = z.object({ url: z.string() });
const refusalSchema = z.object({ description: z.string() });

/** Prints a link to the page. Returns the exit code: 1 if Konvert refused, 2 for wrong words. */
export async function openPage(words: readonly string[]): Promise<number> {
  const options = readWords(words);
  if (options?.help) {
    console.log(USAGE);
    return 0;
  }
  if (!options || (options.as === undefined) === !options.settings) {
    console.error(USAGE);
    return 2;
  }
  try {
    console.log(await linkFor(options));
    console.error('It opens once, within 10 minutes.');
    return 0;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function linkFor({ as: userId, url, key }: { as?: string; url?: string; key?: string }): Promise<string> {
  const body = userId === undefined ? { settings: true } : { userId };
  const answer = await call(await accessOf({ url, key }), { method: 'POST', path: '/v1/page-links', body });
  const made = answerSchema.safeParse(answer.body);
  if (answer.status === 201 && made.success) return made.data.url;
  const { data } = refusalSchema.safeParse(answer.body);
  throw new StepError(data?.description ?? `Konvert answered ${answer.status}`);
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words].filter(Boolean), options: OPTIONS }).values;
  } catch {
    return undefined;
  }
}
