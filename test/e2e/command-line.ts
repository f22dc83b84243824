import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const repository = new URL('../..', import.meta.url).pathname;

/** What a command printed on each stream, and its exit code. */
export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where a command is typed. */
export interface CommandPlace {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called with what was printed on the second stream so far. */
  readonly onNote?: (printed: string, interrupt: () => void) => void;
}

/** Types `konvert <words>` in a process of its own. */
export async function konvert(words: readonly string[], place: CommandPlace = {}): Promise<CommandResult> {
  return ran(process.execPath, ['bin/konvert.ts', ...words], place);
}

/** Types a line in a shell, in which `konvert` is the command. */
export async function inShell(line: string, place: CommandPlace = {}): Promise<CommandResult> {
  const named = `konvert() { '${process.execPath}' bin/konvert.ts "$@"; }; ${line}`;
  return ran('bash', ['-c', named], place);
}

async function ran(program: string, words: readonly string[], place: CommandPlace): Promise<CommandResult> {
  const { env = {}, input = '', onNote } = place;
  const child = spawn(program, words, { cwd: repository, env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    onNote?.(err, () => child.kill('SIGINT'));
  });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
