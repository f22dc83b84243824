import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '#local/errors';

/** The address on which an engine listens. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

/** Ends the engine when its parent ends, for whatever reason. SIGTERM would let an open connection keep it alive. */
const WITH_PARENT = ['--pdeathsig', 'SIGKILL'];
const ENDS_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 10;

type EndSignal = 'SIGTERM' | 'SIGKILL';

/**
 * Starts the engine's process on an address, with its items in `file` or in memory. It prints to the file descriptor
 * `output`. It dies with this process if the machine has a `setpriv` that can arrange that.
 */
export function launchEngine(
  binary: string,
  { host, port }: EngineAddress,
  file: string | undefined,
  output: number,
): ChildProcess {
  const database = file === undefined ? [] : fileArguments(file);
  const command = [binary, 'serve', '--host', host, '--port', String(port), ...database];
  const [program, ...words] = canDieWithParent() ? ['setpriv', ...WITH_PARENT, ...command] : command;
  const child = spawn(program!, words, {
    // A session of its own: Ctrl-C in the terminal reaches only this process. It stops the engine after its own work.
    detached: true,
    stdio: ['ignore', output, output],
    // The engine needs none of our secrets. `setpriv` is looked for in PATH.
    env: { PATH: process.env.PATH },
  });
  child.unref();
  return child;
}

/** Tried, because the `setpriv` of BusyBox has no such option, and other systems than Linux have no `setpriv`. */
function canDieWithParent(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', [...WITH_PARENT, 'true']).status === 0;
}

/** The arguments that tell the engine its file. They are the same for the same file, by any path to its folder. */
export function fileArguments(file: string): string[] {
  return ['--db-path', join(realpathSync(dirname(file)), basename(file))];
}

/** Resolves with the reason in words when the process has ended, or could not be started. */
export function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/** Ends an engine that this process has started. Does nothing if it has ended already. */
export async function stopEngine(child: ChildProcess): Promise<void> {
  const runs = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (runs()) await endProcess((signal) => child.kill(signal), runs);
}

/** Sends SIGTERM, and SIGKILL after 5 seconds. Resolves when the process is gone; throws `EngineError` if it stays. */
export async function endProcess(send: (signal: EndSignal) => void, runs: () => boolean): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    send(signal);
    for (const deadline = Date.now() + ENDS_WITHIN_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
      if (!runs()) return;
    }
  }
  throw new EngineError('The DynamoDB engine does not end');
}
