import { spawn } from 'node:child_process';

// npm run long [-- seed]: 10,000 new histories under the scheduler, then 1,000,000 hostile requests, each in as many
// processes as there are cores here. What breaks is printed with its seed, and with the command that breaks it again.

const PROCESSES = 2;
const PLAYS = [
  { program: 'test/scheduler/main.ts', what: 'histories', count: 10_000 },
  { program: 'test/hostile/main.ts', what: 'hostile requests', count: 1_000_000 },
];

const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 1_000_000_000));
let failed = 0;
for (const { program, what, count } of PLAYS) {
  const each = count / PROCESSES;
  console.log(`${count} ${what}, seed ${seed}`);
  const codes = await Promise.all(
    Array.from({ length: PROCESSES }, (_, index) => run(program, String(seed + index * each), String(each))),
  );
  failed += codes.filter((code) => code !== 0).length;
}
console.log(`${PLAYS.length * PROCESSES - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((done) => child.on('close', done));
}
