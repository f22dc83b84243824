import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, until } from '#test/e2e/call-api';
import { path, run } from './command.ts';

const PACKAGES = ['ministack==1.5.33', 'cbor2==6.2.1'];
const ENDS_WITHIN_MS = 10_000;

/** Python code that reads calls of the AWS API, one on each line, and prints the answers in the same order. */
const CALLS = `
import botocore.session, json, sys
session, clients = botocore.session.get_session(), {}
for line in sys.stdin:
    service, operation, parameters = json.loads(line)
    try:
        if service not in clients:
            clients[service] = session.create_client(service, endpoint_url=sys.argv[1], region_name='us-east-1')
        said = {'answer': getattr(clients[service], operation)(**parameters)}
    except Exception as error:
        said = {'error': str(error)}
    print(json.dumps(said, default=lambda value: value.read().decode() if hasattr(value, 'read') else str(value)), flush=True)
`;

/** An emulator of AWS on a port of its own, with grants enforced. */
export interface Engine {
  readonly endpoint: string;
  /** The environment by which SDK, CDK and CLI speak to it instead of AWS. */
  readonly env: NodeJS.ProcessEnv;
  /** Makes one call, with the names of botocore. */
  // biome-ignore lint/suspicious/noExplicitAny: AWS has a type for each answer, botocore none
  call(service: string, operation: string, parameters: object): Promise<any>;
  /** Everything that it and the functions printed. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Installs this version of MiniStack if the machine does not have it. Resolves to its Python. Tests and the deployment may
 * do so at once: each installs into a folder of its own, and the first that is done gives it the name.
 */
export async function installEngine(): Promise<{ python: string; made: boolean }> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'konvert');
  const folder = join(cache, PACKAGES.join('+').replaceAll('==', '-'));
  const found = { python: join(folder, 'bin/python') };
  if (existsSync(folder)) return { ...found, made: false };
  await mkdir(cache, { recursive: true });
  const own = await mkdtemp(`${folder}-`);
  try {
    await installInto(own);
    await rename(own, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return { ...found, made: true };
}

/** Nothing in it names the folder but the programs in `bin`, and of these only Python is run. */
async function installInto(folder: string): Promise<void> {
  const python = process.env.PYTHON || 'python3';
  try {
    await run(python, ['-m', 'venv', folder], { env: process.env });
  } catch (error) {
    const why = 'The engine needs Python 3.10 or newer with venv (apt-get install python3 python3-venv)';
    throw new Error(`${why}; another Python is named by PYTHON=…\n${(error as Error).message}`);
  }
  await run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES], { env: process.env });
}

/** Starts the engine with `AUTH=true`. Functions find `inherited` in their environment. Resolves when it answers. */
export async function startEngine(
  { python }: { python: string },
  inherited: Readonly<Record<string, string>> = {},
): Promise<Engine> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'konvert-deploy-'));
  const logFile = await open(join(folder, 'engine.log'), 'w');
  const child = spawn(python, ['-c', 'import sys; from ministack.app import main; sys.exit(main())'], {
    cwd: folder,
    // Functions inherit this environment, so it holds nothing else of ours.
    env: {
      PATH: path,
      HOME: folder,
      // The code of functions lies there, and goes with the folder.
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      AUTH: 'true',
      ...inherited,
    },
    stdio: ['ignore', logFile.fd, logFile.fd],
    // Its workers are in its own process group, so that they end with it.
    detached: true,
  });
  const exited = once(child, 'close');
  const env = environmentFor(endpoint);
  const log = () => readFile(join(folder, 'engine.log'), 'utf8');
  const calls = startCalls(python, endpoint, env);
  const stop = async () => {
    calls.end();
    child.kill('SIGTERM');
    await Promise.race([exited, sleep(ENDS_WITHIN_MS, undefined, { ref: false })]);
    killGroup(child.pid);
    await exited;
    await logFile.close();
    await rm(folder, { recursive: true, force: true });
  };
  const healthy = async () =>
    fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    );
  try {
    await Promise.race([until('the engine answers', healthy), exited.then(() => fail(log))]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, env, log, stop, call: calls.call };
}

/** Starts a program that makes one call after the other, because starting it takes longer than a call. */
function startCalls(
  python: string,
  endpoint: string,
  env: NodeJS.ProcessEnv,
): Pick<Engine, 'call'> & { end: () => void } {
  const child = spawn(python, ['-c', CALLS, endpoint], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  return {
    call: (service, operation, parameters) => {
      const answered = last.then(async () => {
        child.stdin.write(`${JSON.stringify([service, operation, parameters])}\n`);
        const { value, done } = await answers.next();
        if (done) throw new Error('botocore has ended');
        const { answer, error } = JSON.parse(value);
        if (error !== undefined) throw new Error(`${service} ${operation}: ${error}`);
        return answer;
      });
      last = answered.catch(() => undefined);
      return answered;
    },
    end: () => child.kill(),
  };
}

/** An environment without a profile or token of the caller, which could reach the real AWS. */
function environmentFor(endpoint: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_'));
  return {
    ...Object.fromEntries(kept),
    PATH: path,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // No process is left in the group.
  }
}

async function fail(log: () => Promise<string>): Promise<never> {
  throw new Error(`The engine ended:\n${await log()}`);
}
