import { type About, playHistories } from './play.ts';

// node test/scheduler/main.ts [chats, sight, rotation, clients, identity, events, receipts, tokens, create, unsorted, news,
// erase or waits] [first seed]
// [histories] [milliseconds at most]
const [about = 'chats', seed = '1', histories = '1000', within = '3600000'] = process.argv.slice(2);
const { histories: played, broken } = await playHistories(
  about as About,
  Number(seed),
  Number(histories),
  Number(within),
);
console.log(
  broken
    ? `${played} histories: ${broken.message}`
    : `${played} histories of ${about} from seed ${seed}: no rule broken`,
);
process.exitCode = broken ? 1 : 0;
