import { deepEqual, ok } from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { path, repository, run } from './command.ts';
import type { Asked } from './spine.ts';

const FOLDER = 'test/e2e';
/** Fewer than `npm test` plays, because the engine takes longer for each. */
const FEWER = { NEW_CLIENTS: '24', FIRST_REPLIES: '5', UPDATES_AT_ONCE: '12' };

/** What vitest reports of a file: https://vitest.dev/guide/reporters.html#json-reporter */
interface FileReport {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly title: string;
    readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo';
    readonly failureMessages: readonly string[] | null;
    readonly duration?: number;
  }[];
}

/**
 * Plays every test of `test/e2e` that is not marked with `needsThisMachine`, on the deployed Konvert. A file that has no
 * result fails, and so does a test that neither passed nor is marked.
 */
export async function playEndToEnd({ url, operatorKey, report }: Asked): Promise<void> {
  await report.check('the end-to-end tests of npm start pass on the stack too', async () => {
    const files = await reportsOf({ url, operatorKey });
    const names = (await readdir(join(repository, FOLDER))).filter((name) => name.endsWith('.int.test.ts'));
    deepEqual(files.map(({ name }) => basename(name)).sort(), names.sort());
    const tests = files.flatMap(({ name, assertionResults }) =>
      assertionResults.map((one) => ({ ...one, of: `${basename(name, '.int.test.ts')}: ${one.title}` })),
    );
    const count = (status: string) => tests.filter((one) => one.status === status).length;
    for (const { of, status, duration = 0 } of tests)
      if (status === 'passed') console.log(`     ${(duration / 1000).toFixed(2).padStart(6)} s    ${of}`);
    const bad = tests.filter(({ status }) => status !== 'passed' && status !== 'skipped' && status !== 'pending');
    const said = bad.map(({ of, status, failureMessages }) => `${of}: ${status}\n${failureMessages?.join('\n')}`);
    ok(
      bad.length === 0 && files.every(({ message }) => message === ''),
      [...said, ...files.map((f) => f.message)].join('\n'),
    );
    ok(count('passed') > 0, 'no test was played');
    console.log(
      `     ${count('passed')} tests played on the stack, ${tests.length - count('passed')} need this machine`,
    );
  });
}

async function reportsOf(deployed: Pick<Asked, 'url' | 'operatorKey'>): Promise<readonly FileReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-e2e-'));
  const file = join(folder, 'report.json');
  const env = { ...process.env, ...FEWER, PATH: path, KONVERT_DEPLOYED: JSON.stringify(deployed) };
  const words = ['run', '--project', 'whole', FOLDER, '--maxWorkers=2', '--reporter=json', `--outputFile=${file}`];
  try {
    // It ends with 1 if a test failed, and the report says which.
    const printed = await run('vitest', words, { env }).catch(String);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(printed);
    return (JSON.parse(text) as { testResults: readonly FileReport[] }).testResults;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
