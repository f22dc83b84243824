import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PATH } from '#local/demo/messenger';
import type { KonvertProcess } from '#test/e2e/konvert-process';

/** The root of this repository. */
export const repository = new URL('../..', import.meta.url).pathname;

/** The compiler of the client's own package: an older one than ours, as users have. */
export const TSC = join(repository, 'clients/typescript/node_modules/typescript/bin/tsc');

/** The programs that play strangers, by their folders. */
export const projects = join(import.meta.dirname, 'projects');

/** Makes a folder for a project of somebody else, away from our packages. Its end is for the caller. */
export async function makeProject(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-client-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What a program has to know of a Konvert with its demo messenger, as environment variables. */
export async function factsOf({ url, folder }: Pick<KonvertProcess, 'url' | 'folder'>) {
  const [OPERATOR_KEY, BOT_TOKEN] = await Promise.all(
    ['operator.key', 'demo-bot.token'].map(async (name) => (await readFile(join(folder, name), 'utf8')).trim()),
  );
  if (!OPERATOR_KEY || !BOT_TOKEN) throw new Error('Konvert has no operator key, or no demo messenger');
  return { KONVERT: url, MESSENGER: url + DEMO_PATH, OPERATOR_KEY, BOT_TOKEN };
}

/** Runs a program in a folder. Resolves to what it printed; rejects with that if it failed. */
export function run(
  folder: string,
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: folder, env: { ...process.env, ...env } });
    child.stdin.end();
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${[program, ...words].join(' ')} ended with ${code}:\n${printed}`));
    });
  });
}
