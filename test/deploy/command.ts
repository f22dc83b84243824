import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The repository, where every command runs. */
export const repository = resolve(import.meta.dirname, '../..');

/** A PATH with this repository's programs first, because the engine runs Lambdas on the first `node` that it finds. */
export const path = `${repository}/node_modules/.bin:${process.env.PATH ?? ''}`;

/** A command that failed, with what it printed. */
export class CommandError extends Error {}

const running = new Set<ChildProcess>();

/** Runs a program to its end. Resolves to everything that it printed. */
export async function run(
  program: string,
  words: readonly string[],
  { env, withinMs = 900_000 }: { env?: NodeJS.ProcessEnv; withinMs?: number } = {},
): Promise<string> {
  const child = spawn(program, words, {
    cwd: repository,
    env: env ?? { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: withinMs,
  });
  running.add(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  try {
    const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
    if (code !== 0) throw new CommandError(`${program} ${words.join(' ')} ended with ${code}:\n${printed}`);
    return printed;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${program} cannot be run: ${(error as Error).message}`);
  } finally {
    running.delete(child);
  }
}

/** Ends all programs that still run. */
export function endRunning(): void {
  for (const child of running) child.kill('SIGTERM');
}
