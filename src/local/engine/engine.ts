import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync, readSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '#local/errors';

const host = '127.0.0.1';
const readyWithinMs = 10_000;
const endsWithinMs = 5_000;
const lookEveryMs = 10;
const portsToTry = 5;

/** A running DynamoDB engine. `stop` resolves when its process is gone, and may be called again. */
export interface Engine {
  readonly endpoint: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason, which it names. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Without `file` the items are kept in memory; without `logFile` nobody sees what the engine prints. */
export interface EngineOptions {
  readonly file?: string | undefined;
  readonly logFile?: string | undefined;
  /** The pid stands here from the start of the process, for `endSurvivor` at the next start. */
  readonly pidFile?: string | undefined;
  readonly choosePort?: () => Promise<number>;
}

/**
 * Starts the embedded DynamoDB engine on a free port of this machine and resolves when it answers. The engine outlives
 * this process unless `stop` is called. Its file is not locked: hold the data folder first.
 */
export async function startEngine({ choosePort = freePort, ...options }: EngineOptions = {}): Promise<Engine> {
  const binary = engineBinary();
  for (let left = portsToTry - 1; ; left -= 1) {
    const started = await startOn(await choosePort(), binary, options);
    if (started !== 'port-taken') return started;
    if (left === 0) throw new EngineError(`The DynamoDB engine found no free port in ${portsToTry} attempts`);
  }
}

/** Where the engine's binary is; an error that says what to do instead where there is none for this platform. */
export function engineBinary(packageName = '@dynoxide/linux-x64'): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), 'dynoxide');
  } catch (cause) {
    throw new EngineError(
      `There is no embedded DynamoDB engine for ${process.platform}-${process.arch} (${packageName} is not installed). ` +
        "Set DYNAMODB_ENDPOINT to any engine with DynamoDB's API: MiniStack, DynamoDB Local, " +
        'or the container ghcr.io/nubo-db/dynoxide.',
      { cause },
    );
  }
}

/**
 * Ends the engine that a killed process has left behind with this file, and resolves when it is gone. A pid that is
 * dead, or that is not our engine on this very file, is left alone: `false`.
 */
export async function endSurvivor(pidFile: string, file: string): Promise<boolean> {
  const pid = readPid(pidFile);
  if (pid === undefined || !isEngineOn(pid, file)) return false;
  await end(
    (signal) => signalProcess(pid, signal),
    () => isEngineOn(pid, file),
  );
  return true;
}

async function startOn(port: number, binary: string, options: EngineOptions): Promise<Engine | 'port-taken'> {
  const output = openOutput(options.logFile);
  try {
    const child = launch(binary, port, options.file, output.fd);
    const stop = () => stopChild(child);
    const ended = endOf(child);
    try {
      // Before readiness: we may be killed at any moment from here on.
      if (options.pidFile !== undefined && child.pid !== undefined) writeFileSync(options.pidFile, `${child.pid}\n`);
      const endpoint = `http://${host}:${port}`;
      const started = await untilReady(ended, endpoint, output);
      return started === 'port-taken' ? started : { endpoint, pid: child.pid!, ended, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } finally {
    closeSync(output.fd);
  }
}

function launch(binary: string, port: number, file: string | undefined, output: number): ChildProcess {
  const database = file === undefined ? [] : ['--db-path', realPath(file)];
  const child = spawn(binary, ['serve', '--host', host, '--port', String(port), ...database], {
    // A session of its own: Ctrl-C in the terminal reaches only us, and we stop the engine when our work is done.
    detached: true,
    stdio: ['ignore', output, output],
    // It needs none of our secrets.
    env: {},
  });
  child.unref();
  return child;
}

async function untilReady(ended: Promise<string>, endpoint: string, output: Output): Promise<'ready' | 'port-taken'> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    // An answer alone proves nothing: another engine may have taken the port meanwhile.
    if (output.text().includes(`listening on ${endpoint}`) && (await answers(endpoint))) return 'ready';
    const reason = await Promise.race([ended, sleep(lookEveryMs)]);
    if (reason === undefined) continue;
    if (output.text().includes('already in use')) return 'port-taken';
    throw new EngineError(`The DynamoDB engine ended at once (${reason}): ${output.text().trim()}`);
  }
  throw new EngineError(`The DynamoDB engine was not ready in ${readyWithinMs / 1000} s: ${output.text().trim()}`);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false; // Not yet.
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  const runs = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (runs()) await end((signal) => child.kill(signal), runs);
}

async function end(signal: (name: 'SIGTERM' | 'SIGKILL') => void, runs: () => boolean): Promise<void> {
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    signal(name);
    for (const deadline = Date.now() + endsWithinMs; Date.now() < deadline; await sleep(lookEveryMs)) {
      if (!runs()) return;
    }
  }
  throw new EngineError('The DynamoDB engine does not end');
}

function signalProcess(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** A process that has ended but was not reaped has no command line, and so counts as gone. */
function isEngineOn(pid: number, file: string): boolean {
  const command = commandOf(pid);
  return command.includes('dynoxide') && command.includes(`--db-path ${realPath(file)} `);
}

/** The arguments of a process, each followed by a space; empty when it is gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return process.platform === 'linux' ? '' : commandByPs(pid);
  }
}

function commandByPs(pid: number): string {
  try {
    return `${execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trimEnd()} `;
  } catch {
    return ''; // ps exits 1 when there is no such process.
  }
}

/** The same name for the same file, by whatever way its folder is reached. */
function realPath(file: string): string {
  return join(realpathSync(dirname(file)), basename(file));
}

interface Output {
  readonly fd: number;
  text(): string;
}

/** A nameless file stands in for a log, since a pipe would break, and the engine with it, when we are killed. */
function openOutput(logFile: string | undefined): Output {
  const path = logFile ?? join(tmpdir(), `konvert-engine-${randomUUID()}.log`);
  const fd = openSync(path, 'a+', 0o600);
  if (logFile === undefined) rmSync(path);
  const start = fstatSync(fd).size;
  return {
    fd,
    text() {
      const bytes = Buffer.alloc(4_096);
      return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, start));
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
