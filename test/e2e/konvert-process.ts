import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { endSurvivor } from '#local/engine/survivor';
import { until } from '#test/e2e/call-api';
import { type DeployedKonvert, deployed } from '#test/e2e/place';
import { PATIENCE_MS } from '#test/patience';

const repository = new URL('../..', import.meta.url).pathname;

/** A Konvert in a process of its own, started as by a user. */
export interface KonvertProcess {
  readonly url: string;
  readonly folder: string;
  /** The pid of npm, or of the server itself if that was started. */
  readonly pid: number | undefined;
  /** How long it took until it answered (ms). */
  readonly readyMs: number;
  /** The operator key of this installation. */
  operatorKey(): Promise<string>;
  /** An address that Konvert told, as it is reached from this machine. */
  reached(address: string): string;
  /** Everything that it printed so far. */
  output(): string;
  /** Sends SIGTERM. Resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Resolves to the exit code. */
  readonly exited: Promise<number | null>;
  /** Sends SIGKILL to it and to npm. Its engine lives on if there is no `setpriv` in its PATH. */
  kill(): Promise<void>;
}

export interface StartOptions {
  readonly folder: string;
  readonly port: number;
  /** `npm` starts it as users do, `node` starts the server itself. */
  readonly by?: 'npm' | 'node';
  readonly env?: Readonly<Record<string, string>>;
}

/** Takes what has to be undone at the end of the running test, or of the file. */
export type AtEnd = (undo: () => unknown) => void;

const atEndOfTest: AtEnd = (undo) => onTestFinished(async () => void (await undo()));

/** Makes a data folder that is removed after the running test. If the test fails, lines of its log are printed. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-e2e-'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(await troubleIn(join(folder, 'konvert.log')));
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The lines of a log that tell of something else than success. */
export async function troubleIn(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).split('\n');
  return lines.filter((line) => !/"status":[23]/.test(line)).join('\n');
}

/**
 * Starts Konvert. Resolves when `GET /healthz` answers 200. Konvert and its engine end with the running test, unless
 * another end is given. Where tests are played on a deployed Konvert, that is the one.
 */
export async function startKonvert(options: StartOptions, atEnd: AtEnd = atEndOfTest): Promise<KonvertProcess> {
  if (deployed) return alreadyStarted(deployed, options);
  const { folder, port } = options;
  const startedAt = performance.now();
  const { child, output, exited } = launch(options);
  atEnd(async () => {
    killGroup(child);
    await exited;
    await endSurvivor(join(folder, 'engine.pid'), join(folder, 'konvert.db'));
  });
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([untilHealthy(url), exited.then((code) => fail(`Konvert ended with ${code}`, output()))]);
  return {
    url,
    folder,
    pid: child.pid,
    readyMs: performance.now() - startedAt,
    operatorKey: async () => (await readFile(join(folder, 'operator.key'), 'utf8')).trim(),
    reached: (address) => address,
    output,
    exited,
    async stop() {
      child.kill('SIGTERM');
      return Promise.race([exited, sleep(PATIENCE_MS).then(() => fail('Konvert does not end', output()))]);
    },
    async kill() {
      killGroup(child);
      await exited;
    },
  };
}

/** A deployed Konvert. It cannot be set, stopped or killed by a test. */
function alreadyStarted({ url, operatorKey }: DeployedKonvert, { folder, env = {} }: StartOptions): KonvertProcess {
  const refuse = (): never => {
    throw new Error('A deployed Konvert goes on as it is: mark this test with onlyLocal');
  };
  if (Object.keys(env).length > 0) refuse();
  return {
    url,
    folder,
    pid: undefined,
    readyMs: 0,
    operatorKey: async () => operatorKey,
    // What a deployment tells leads to AWS. Behind the host and the stage of a REST API stands the same path.
    reached: (address) => address.replace(/^https:\/\/[^/]+(?:\/prod)?(?=\/(?:webhooks|files|chat)\/)/, url),
    output: refuse,
    exited: new Promise(() => {}),
    stop: refuse,
    kill: refuse,
  };
}

/** Starts a Konvert that is expected to end by itself. Resolves to its exit code and output. */
export async function runKonvert(options: StartOptions): Promise<{ code: number | null; output: string }> {
  const { child, output, exited } = launch(options);
  onTestFinished(() => killGroup(child));
  const code = await Promise.race([exited, sleep(PATIENCE_MS).then(() => fail('Konvert goes on', output()))]);
  return { code, output: output() };
}

export interface CommandOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The standard input. */
  readonly input?: string;
}

/** Runs `npm run konvert -- …` to its end. */
export async function runCommand(
  { input = '', ...options }: CommandOptions,
  ...words: string[]
): Promise<{ code: number | null; output: string }> {
  const { child, output, exited } = launchCommand(options, words);
  child.stdin.end(input);
  return { code: await exited, output: output() };
}

/** Starts `npm run konvert -- …` that goes on until it is stopped, as by Ctrl-C. */
export function startCommand(options: Omit<CommandOptions, 'input'>, ...words: string[]) {
  const { child, output, exited } = launchCommand(options, words);
  const stop = async () => {
    process.kill(-(child.pid as number), 'SIGINT');
    return Promise.race([exited, sleep(PATIENCE_MS).then(() => fail('The command goes on', output()))]);
  };
  return { output, exited, stop };
}

function launchCommand({ folder, env = {} }: CommandOptions, words: readonly string[]) {
  const child = spawn('npm', ['run', '--silent', 'konvert', '--', ...words], {
    cwd: repository,
    env: { ...process.env, KONVERT_DATA_DIR: folder, ...env },
    detached: true,
  });
  onTestFinished(() => killGroup(child));
  return { ...watch(child), child };
}

function launch({ folder, port, by = 'npm', env = {} }: StartOptions) {
  const [program, words] = by === 'npm' ? ['npm', ['start']] : [process.execPath, ['bin/start.ts']];
  const settings = { KONVERT_DATA_DIR: folder, PORT: String(port), KONVERT_DEMO: 'off' };
  // It has a process group of its own, so that a kill reaches the server behind npm.
  return watch(
    spawn(program, words, { cwd: repository, env: { ...process.env, ...settings, ...env }, detached: true }),
  );
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

function watch(child: ChildProcess) {
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, exited, output: () => printed };
}

async function untilHealthy(url: string): Promise<void> {
  await until('GET /healthz answers 200', async () => {
    const status = await fetch(`${url}/healthz`).then(
      (response) => response.status,
      () => 0,
    );
    return status === 200 || undefined;
  });
}

function fail(reason: string, output: string): never {
  throw new Error(`${reason}: ${output}`);
}
