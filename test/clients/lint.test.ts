import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeApi } from '#functions/serve-docs/description';
import { makeProject, repository, run } from '#test/clients/project';

/** Redocly asks no server: neither whether there is a newer version, nor to tell that it ran. */
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
const REDOCLY = join(repository, 'node_modules/@redocly/cli/bin/cli.js');

/** What Redocly finds in a description by our rules (redocly.yaml), each with its place. */
async function lint(description: object): Promise<string[]> {
  const { folder, remove } = await makeProject();
  onTestFinished(remove);
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(description));
  const words = [
    'lint',
    file,
    '--config',
    join(repository, 'redocly.yaml'),
    '--format',
    'json',
    '--max-problems',
    '1000',
  ];
  const printed = await run(folder, process.execPath, [REDOCLY, ...words], QUIET).catch(
    ({ message }: Error) => message,
  );
  const { problems } = JSON.parse(printed.slice(printed.indexOf('\n{') + 1, printed.lastIndexOf('\n}') + 2));
  return problems.map(({ ruleId, message, location: [place] }: Problem) => `${ruleId} ${place?.pointer}: ${message}`);
}

interface Problem {
  readonly ruleId: string;
  readonly message: string;
  readonly location: readonly { readonly pointer: string }[];
}

test('Redocly finds nothing in the description by its strict rules', async () => {
  expect(await lint(describeApi())).toEqual([]);
});

test('it does find what is wrong', async () => {
  const { info, ...rest } = describeApi();
  const { license: _license, ...unlicensed } = info as typeof info & { license?: unknown };

  expect(await lint({ ...rest, info: unlicensed })).toContainEqual(expect.stringMatching(/^info-license #\/info/));
});
