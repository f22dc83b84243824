import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runInTurn, runStep, tell } from '#test/ci/steps';

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');

/** A folder with a test that passes, one that fails, and a file that cannot be prepared. */
async function someTests(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-ci-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(
    join(folder, 'a.test.js'),
    `test('good', () => {}); describe('a list', () => test('is short', () => expect([1, 2]).toEqual([1])))`,
  );
  await writeFile(
    join(folder, 'b.test.js'),
    `beforeAll(() => { throw new Error('no engine') }); test('never', () => {})`,
  );
  return folder;
}

test('the end of the output names each test that failed and says why, before the times and the count', async () => {
  const root = await someTests();
  const outcome = await runStep(
    {
      name: 'the tests',
      command: [process.execPath, vitest, 'run', '--root', root, '--globals'],
      isVitest: true,
      counts: 'tests',
    },
    () => {},
  );

  const told = tell([outcome], 12.3);
  expect(told).toMatch(/FAILED .*a\.test\.js > a list is short\n {2}AssertionError: expected \[ 1, 2 \]/);
  expect(told).toMatch(/FAILED .*b\.test\.js\n {2}.*no engine/s);
  expect(told).toMatch(/\n +\d+ s {2}the tests {2}FAILED\n +12 s {2}all, npm ci too\n1 passed, 2 failed$/);
});

test('of a command that fails the last sixty lines are told, and the next one runs', async () => {
  const printed: string[] = [];
  // `process.exit` would end it before all is written: two hundred small writes can fill the pipe.
  const node = (script: string) => [process.execPath, '-e', script];
  const outcomes = await runInTurn(
    [
      { name: 'long', command: node(`for (let i = 0; i < 200; i++) console.log('line ' + i); process.exitCode = 3`) },
      { name: 'good', command: node(`console.log(process.env.WHO)`), env: { WHO: 'Anna' } },
      { name: 'warns', command: node(`process.exit(2)`), failsWith: [1] },
      { name: 'missing', command: ['no-such-program'] },
    ],
    (text) => printed.push(text),
  );

  expect(outcomes.map(({ passed, failures }) => [passed, failures.length])).toEqual([
    [0, 1],
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
  const [long, missing] = outcomes.flatMap(({ failures }) => failures);
  expect(long?.what).toBe('long (exit code 3)');
  expect(long?.why.split('\n')).toEqual(Array.from({ length: 60 }, (_, index) => `line ${140 + index}`));
  expect(missing?.why).toContain('no-such-program');
  expect(printed.join('')).toContain('=== good\nAnna\n');
  expect(tell(outcomes, 1)).toMatch(/2 passed, 2 failed$/);
});
