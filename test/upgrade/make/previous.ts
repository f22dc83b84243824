import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callApi, freePort, until } from '#test/e2e/call-api';

export interface PreviousOptions {
  /** A clone of that version, with its dependencies. */
  readonly clone: string;
  readonly folder: string;
  /** How far its clock is behind this machine's. */
  readonly behindMs: number;
  readonly env: Readonly<Record<string, string>>;
}

/** A Konvert of an earlier version. */
export type Previous = Awaited<ReturnType<typeof startPrevious>>;

/** Starts the server of an earlier version in its own clone, and resolves when it answers. */
export async function startPrevious({ clone, folder, behindMs, env }: PreviousOptions) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const behind = `const now = Date.now; Date.now = () => now() - ${behindMs}`;
  const settings = {
    KONVERT_DATA_DIR: folder,
    PORT: String(port),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(behind)}`,
  };

  function run(...words: string[]) {
    const child = spawn(process.execPath, words, { cwd: clone, env: { ...process.env, ...settings, ...env } });
    // The output is read so that no full pipe blocks the process.
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, exited };
  }

  const server = run('bin/start.ts');
  // Ends the server also if this program fails.
  process.once('exit', () => server.child.kill('SIGTERM'));
  const isReady = async () =>
    (await callApi(url, 'GET', '/healthz').catch(() => undefined))?.status === 200 || undefined;
  await until('it answers', isReady);

  return {
    url,

    /** Calls the API. Throws unless the answer is 2xx. */
    async ask(key: string, method: string, path: string, body?: unknown, userId?: string) {
      const answer = await callApi(url, method, path, { key, userId, body });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },

    async operatorKey(): Promise<string> {
      return (await readFile(join(folder, 'operator.key'), 'utf8')).trim();
    },

    /** Runs `npm run konvert -- demo …`. Resolves to the exit code. */
    async demo(...words: string[]): Promise<number | null> {
      return run('bin/konvert.ts', 'demo', ...words).exited;
    },

    async kill(): Promise<void> {
      server.child.kill('SIGKILL');
      await server.exited;
    },
  };
}
