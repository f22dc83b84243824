import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Mutant, mutants } from './mutants.ts';

// node test/mutants/run.ts [part of a name, or a kind of history, such as sight]: breaks a copy of the code in each way and
// runs what has to notice it: histories, the compiler or a test file. Exits 1 if a mutant survives.

const ROOT = resolve(import.meta.dirname, '../..');
const COPIED = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'src', 'functions', 'lib', 'bin', 'bench', 'test'];
const HISTORIES = 40_000;
const WITHIN_MS = 600_000;
const AT_ONCE = 2;
const FIRST_SEED = 1;

interface Result {
  readonly name: string;
  readonly killed: boolean;
  readonly said: string;
}

async function breakCopy({ file, find, replace, name }: Mutant): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'konvert-mutant-'));
  for (const path of COPIED) await cp(join(ROOT, path), join(copy, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const code = await readFile(join(copy, file), 'utf8');
  if (code.split(find).length !== 2) throw new Error(`The mutant "${name}" no longer fits ${file}: mend it`);
  await writeFile(
    join(copy, file),
    code.replace(find, () => replace),
  );
  return copy;
}

async function play(mutant: Mutant): Promise<Result> {
  const copy = await breakCopy(mutant);
  try {
    const { words, noticed } = witnessOf(mutant);
    const { code, output } = await run(process.execPath, words, copy);
    const said = output.split('\n').find((line) => noticed.test(line)) ?? output.trim().split('\n')[0] ?? '';
    return { name: mutant.name, killed: code !== 0 && noticed.test(output), said };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The program that has to notice the mutant, and what it prints if it does. */
function witnessOf({ noticedBy, about = 'chats' }: Mutant): { words: string[]; noticed: RegExp } {
  if (noticedBy === 'types') return { words: ['node_modules/typescript/bin/tsc', '--noEmit'], noticed: /error TS\d+/ };
  if (noticedBy) return { words: ['node_modules/vitest/vitest.mjs', 'run', noticedBy], noticed: /[1-9]\d* failed/ };
  const words = ['test/scheduler/main.ts', about, String(FIRST_SEED), String(HISTORIES), String(WITHIN_MS)];
  return { words, noticed: /Seed \d+:/ };
}

function run(command: string, args: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', failed);
    child.on('close', (code) => done({ code, output }));
  });
}

const part = process.argv[2] ?? '';
const wanted = mutants.filter(
  ({ name, about, noticedBy }) => [about, noticedBy].includes(part as never) || name.includes(part),
);
const waiting = [...wanted];
const results: Result[] = [];
async function work(): Promise<void> {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const result = await play(mutant);
    results.push(result);
    console.log(`${result.killed ? 'killed  ' : 'SURVIVED'}  ${result.name}: ${result.said.slice(0, 160)}`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
const killed = results.filter((result) => result.killed).length;
console.log(`${killed} of ${results.length} mutants killed`);
process.exitCode = killed === wanted.length ? 0 : 1;
