import { playHostile } from './play.ts';

// node test/hostile/main.ts [seed] [requests]
const [seed = '1', requests = '100000'] = process.argv.slice(2);

const MIB = 1024 * 1024;
/** The largest heap. At the beginning it is about 100 MiB. */
const MOST_HEAP_BYTES = 256 * MIB;
const ABSURD_MS = 5_000;

const startedAt = performance.now();
const played = await playHostile(Number(seed), Number(requests), ({ requests: done, heapBytes, slowestMs }) => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  const heap = ((heapBytes.at(-1) ?? 0) / MIB).toFixed(0);
  console.log(`${done} requests, ${seconds} s, heap ${heap} MiB, slowest ${slowestMs.toFixed(0)} ms`);
});

const { answers, slowestMs } = played;
const heapBytes = Math.max(...played.heapBytes);
const broken =
  played.broken ??
  (heapBytes > MOST_HEAP_BYTES ? `the heap grew to ${heapBytes} bytes` : undefined) ??
  (slowestMs > ABSURD_MS ? `one took ${slowestMs} ms` : undefined);
const verdict = broken ?? `none broke anything; ${JSON.stringify(answers)}`;
console.log(`${played.requests} hostile requests from seed ${seed}: ${verdict}`);
process.exit(broken === undefined ? 0 : 1);
