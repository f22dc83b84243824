import { spawn } from 'node:child_process';

// npm run long [-- seed]: 10,000 new histories under the scheduler, in as many processes as there are cores here. A seed
// that breaks a rule is printed, and `node test/scheduler/main.ts SEED 1` breaks it again.

const HISTORIES = 10_000;
const PROCESSES = 2;

const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 1_000_000_000));
const each = HISTORIES / PROCESSES;
console.log(`${HISTORIES} histories, seed ${seed}`);
const codes = await Promise.all(
  Array.from({ length: PROCESSES }, (_, index) => {
    const args = ['test/scheduler/main.ts', String(seed + index * each), String(each)];
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    return new Promise<number | null>((done) => child.on('close', done));
  }),
);
const failed = codes.filter((code) => code !== 0).length;
console.log(`${PROCESSES - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
