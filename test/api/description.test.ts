import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { bundleOptions, functionFolder, functionNames } from '#lib/bundle';

test('the description of the API is in the bundle of serve-docs only', () => {
  const { outfile: _, ...options } = bundleOptions('', '');
  const entryPoints = functionNames.map((name) => `${functionFolder(name)}/index.ts`);
  const { metafile } = buildSync({ ...options, entryPoints, outdir: 'bundles', write: false, metafile: true });

  const described = Object.values(metafile.outputs).filter(({ inputs }) => 'src/api/description.ts' in inputs);
  expect(described.map(({ entryPoint }) => entryPoint)).toEqual(['functions/serve-docs/index.ts']);
});
