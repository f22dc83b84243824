import { playHistories } from './play.ts';

// node test/scheduler/main.ts [first seed] [histories] [milliseconds at most]
const [seed = '1', histories = '1000', within = '3600000'] = process.argv.slice(2);
const { histories: played, broken } = await playHistories(Number(seed), Number(histories), Number(within));
console.log(
  broken ? `${played} histories: ${broken.message}` : `${played} histories from seed ${seed}: no rule broken`,
);
process.exitCode = broken ? 1 : 0;
