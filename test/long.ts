import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';

// npm run long [-- seed [part]] plays what `npm test` has no time for. That takes hours; with a part, such as 0.02, only that
// part of the first line is played. A failure is printed with its seed and the command that repeats it.
//
// - Histories of each kind and hostile requests, each in two processes.
// - 1,000,000 mutated bodies of all messengers and 20,000 hostile requests over sockets.
// - 3,000 replies to a bot that counts its pace, twice, once with `kill -9` in the middle; 10,000 deals of each CRM that
//   change at once; 500 new clients, 1,000 rounds of two first replies, and 20 days of two people in the page.
// - 10,200 chats that are broken in seventeen ways and mended by a check; changes of roles above as many.
// - Wall times round every change of every zone's clocks, the page in Debian's Chromium, and every property with what
//   this seed draws.
// - Clients by somebody else, who judge the doubles of the messengers and the compatible API.

const PROCESSES = 2;
const PLAYS = [
  { program: ['test/scheduler/main.ts', 'chats'], what: 'histories of chats', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'sight'], what: 'histories of sight', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'rotation'], what: 'histories of the rotation', count: 1_000 },
  { program: ['test/scheduler/main.ts', 'clients'], what: 'histories of new clients', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'identity'], what: 'histories of people with several ids', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'events'], what: 'histories of events', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'create'], what: 'histories of clients made in a CRM', count: 5_000 },
  { program: ['test/scheduler/main.ts', 'unsorted'], what: 'histories of the inbox of a CRM', count: 5_000 },
  { program: ['test/scheduler/main.ts', 'news'], what: 'histories of what changed in a CRM', count: 5_000 },
  { program: ['test/scheduler/main.ts', 'receipts'], what: 'histories of receipts', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'erase'], what: 'histories of erasures', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'tokens'], what: 'histories of tokens', count: 10_000 },
  { program: ['test/scheduler/main.ts', 'waits'], what: 'histories of clients who wait', count: 10_000 },
  { program: ['test/scheduler/fairness.ts'], what: 'days of a team with silent users', count: 20 },
  { program: ['test/hostile/main.ts'], what: 'hostile requests', count: 1_000_000 },
];
/** The clocks of all zones; `npm test` looks at five odd ones. */
const ALL_ZONES = { file: 'test/domain/wall-time.test.ts', env: { KONVERT_LONG_ZONES: '1' } };
const OVER_SOCKETS = [
  { file: 'test/fuzz/webhooks.test.ts', env: { FUZZ_BODIES: '1000000' } },
  { file: 'test/hostile/wire.int.test.ts', env: { WIRE_REQUESTS: '20000' } },
  { file: 'test/functions/pace.test.ts', env: { PACE_CHATS: '300' } },
  { file: 'test/crms/bulk.test.ts', env: { BULK_DEALS: '10000', BULK_CLIENTS: '150' } },
  {
    file: 'test/e2e/pace.int.test.ts',
    env: { PACE_CHATS: '300', PACE_EACH: '10', PACE_DEEP: '500', PACE_KILL: 'yes' },
  },
  { file: 'test/e2e/new-clients.int.test.ts', env: { NEW_CLIENTS: '500', FIRST_REPLIES: '1000' } },
  { file: 'test/page/day.int.test.ts', env: { DAY_SEEDS: '20', DAY_ROUNDS: '24' } },
  { file: 'test/check/check.test.ts', env: { CHECK_EACH: '600', CHECK_ON_ENGINE: 'yes' } },
  { file: 'test/check/roles.test.ts', env: { ROLES_EACH: '600' } },
];
/** All of the page in Debian's Chromium; CI plays there what two builds can differ in (ADR 72). */
const IN_DEBIAN = {
  file: 'test/page',
  env: { CHROMIUM: process.env.CHROMIUM ?? '/usr/bin/chromium', EVERY_LOOK: 'yes' },
};

/** Every property, drawn anew: `npm test` draws the same each time. */
const PROPERTIES = { file: '--project=shared', env: {} };

/** Clients that others wrote, each in a folder of its own. */
const JUDGES = globSync('test/judges/*/run.ts').sort();

const [, , chosen, part = '1'] = process.argv;
const seed = Number(chosen ?? Math.floor(Math.random() * 1_000_000_000));
const isWhole = part === '1';
let failed = 0;
for (const { program, what, count } of PLAYS) {
  const each = Math.ceil((count * Number(part)) / PROCESSES);
  console.log(`${each * PROCESSES} ${what}, seed ${seed}`);
  const codes = await Promise.all(
    Array.from({ length: PROCESSES }, (_, index) => run({}, ...program, String(seed + index * each), String(each))),
  );
  failed += codes.filter((code) => code !== 0).length;
}
const files = isWhole ? [...OVER_SOCKETS, ALL_ZONES, IN_DEBIAN, PROPERTIES] : [];
const judges = isWhole ? JUDGES : [];
for (const { file, env } of files) {
  const code = await run({ SEED: String(seed), ...env }, 'node_modules/vitest/vitest.mjs', 'run', file);
  if (code !== 0) failed += 1;
}
for (const judge of judges) failed += (await run({}, judge)) === 0 ? 0 : 1;
const total = PLAYS.length * PROCESSES + files.length + judges.length;
console.log(`${total - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(env: Readonly<Record<string, string>>, ...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((done) => child.on('close', done));
}
