import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { repository } from './project.ts';

/** What the compiler finds wrong in programs that use `@konvert/client`. The files are called `0.mts` and so on. */
export async function wrongInTypes(programs: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-types-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
    paths: { '@konvert/client': [join(repository, 'clients/typescript/index.ts')] },
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  for (const [index, program] of programs.entries()) await writeFile(join(folder, `${index}.mts`), program);
  const tsc = join(repository, 'node_modules/typescript/lib/tsc.js');
  return spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout;
}
