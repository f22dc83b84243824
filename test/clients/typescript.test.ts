import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { generate } from '../../clients/typescript/generate.ts';

const schema = new URL('../../clients/typescript/schema.ts', import.meta.url);

test('the typed client is what `npm run client` makes of the routes now', async () => {
  const isCurrent = (await readFile(schema, 'utf8')) === (await generate());

  expect(isCurrent, 'run: npm run client').toBe(true);
});

test('it knows every route', async () => {
  const text = await readFile(schema, 'utf8');

  for (const { path } of routes) expect(text).toContain(`"${path}": {`);
});
