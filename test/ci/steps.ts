import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Failure, failure, readReport } from './failures.ts';

/** A command of CI. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** It runs vitest. The report names each test. */
  readonly isVitest?: true;
  /** What the closing line counts of it: its tests, or nothing. Itself as one, if nothing is said. */
  readonly counts?: 'tests' | 'nothing';
  /** The exit codes that are a failure. All but 0, if none are given. */
  readonly failsWith?: readonly number[];
}

/** What became of a step. */
export interface Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** Runs a step, and passes on what it prints. It is kept to tell of a failure. */
export async function runStep(step: Step, print: (text: string) => void): Promise<Outcome> {
  const { name, command, env, isVitest, counts, failsWith } = step;
  const folder = await mkdtemp(join(tmpdir(), 'konvert-ci-'));
  const report = join(folder, 'report.json');
  const startedAt = performance.now();
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code, output } = await run([...command, ...(isVitest ? reporters : [])], env, print);
    const counted = isVitest ? await readReport(report) : { passed: 0, failures: [] };
    const isFailed = failsWith ? code === null || failsWith.includes(code) : code !== 0;
    const own =
      isFailed && counted.failures.length === 0 ? [failure(`${name} (exit code ${code})`, output, 'last')] : [];
    const failures = [...counted.failures, ...own];
    const itself = counts === undefined && failures.length === 0 ? 1 : 0;
    const passed = counts === 'tests' ? counted.passed : itself;
    return { name, seconds: (performance.now() - startedAt) / 1000, passed, failures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs steps one after the other, whatever becomes of each, and prints the output of each as one piece. */
export async function runInTurn(steps: readonly Step[], print: (text: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    let printed = '';
    outcomes.push(
      await runStep(step, (text) => {
        printed += text;
      }),
    );
    print(`\n=== ${step.name}\n${printed}`);
  }
  return outcomes;
}

/** The end of CI's output: what failed and why, how long each step took, and the line that counts. */
export function tell(outcomes: readonly Outcome[], seconds: number): string {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  const told = failures.map(({ what, why }) => `\nFAILED ${what}\n${why.replaceAll(/^/gm, '  ')}`);
  const rows = [...outcomes, { name: 'all, npm ci too', seconds, failures: [] }];
  const table = rows.map(
    (row) => `${row.seconds.toFixed(0).padStart(6)} s  ${row.name}${row.failures.length > 0 ? '  FAILED' : ''}`,
  );
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  return [...told, '', ...table, `${passed} passed, ${failures.length} failed`].join('\n');
}

function run(
  [program = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>> = {},
  print: (text: string) => void,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      print(text);
    });
  }
  return new Promise((done) => {
    child.once('error', (error) => done({ code: 127, output: `${output}${error.message}` }));
    child.once('close', (code) => done({ code, output }));
  });
}
