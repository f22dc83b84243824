import { writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '#local/errors';
import { type EngineAddress, launchEngine, stopEngine, whenEnded } from './engine-process.ts';
import { freeAddress } from './free-address.ts';
import { type EngineOutput, openOutput } from './output.ts';

/** It is there in a fraction of a second. A machine that has much else to do takes longer, and one that waits no longer starts nothing. */
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 10;
const ADDRESSES_TO_TRY = 5;

/** A running DynamoDB engine. `stop` resolves when its process is gone, and may be called again. */
export interface Engine {
  readonly endpoint: string;
  readonly pid: number;
  /** Resolves when the process has ended for any reason, with the reason in words. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Without `file` the items are kept in memory. Without `logFile` the output of the engine is lost. */
export interface EngineOptions {
  readonly file?: string | undefined;
  readonly logFile?: string | undefined;
  /** The engine's pid is written here as soon as it runs, for `endSurvivor` at the next start. */
  readonly pidFile?: string | undefined;
  readonly chooseAddress?: () => Promise<EngineAddress>;
}

/**
 * Starts the embedded DynamoDB engine on a free port of this machine and resolves when it answers. It asks nobody who
 * they are, so its address is one that is hard to find. It ends with this process on Linux with `setpriv`; elsewhere it
 * outlives this process unless `stop` is called. Its file is not locked: hold the data folder first.
 */
export async function startEngine({ chooseAddress = freeAddress, ...options }: EngineOptions = {}): Promise<Engine> {
  const binary = engineBinary();
  for (let left = ADDRESSES_TO_TRY - 1; ; left -= 1) {
    const started = await startOn(await chooseAddress(), binary, options);
    if (started !== 'port-taken') return started;
    if (left === 0) throw new EngineError(`The DynamoDB engine found no free port in ${ADDRESSES_TO_TRY} attempts`);
  }
}

/** The path of the engine's binary. Throws an `EngineError` that says what to do if this platform has none. */
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

async function startOn(address: EngineAddress, binary: string, options: EngineOptions): Promise<Engine | 'port-taken'> {
  using output = openOutput(options.logFile);
  const child = launchEngine(binary, address, options.file, output.fd);
  const stop = () => stopEngine(child);
  const ended = whenEnded(child);
  try {
    // Written before the engine is ready, because this process may be killed at any moment from here on.
    if (options.pidFile !== undefined && child.pid !== undefined) writeFileSync(options.pidFile, `${child.pid}\n`);
    const endpoint = `http://${address.host}:${address.port}`;
    const started = await untilReady(ended, endpoint, output);
    return started === 'port-taken' ? started : { endpoint, pid: child.pid!, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(
  ended: Promise<string>,
  endpoint: string,
  output: EngineOutput,
): Promise<'ready' | 'port-taken'> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    // An answer alone proves nothing: another engine may have taken the port in between.
    if (output.text().includes(`listening on ${endpoint}`) && (await answers(endpoint))) return 'ready';
    const reason = await Promise.race([ended, sleep(LOOK_EVERY_MS)]);
    if (reason === undefined) continue;
    if (output.text().includes('already in use')) return 'port-taken';
    throw new EngineError(`The DynamoDB engine ended at once (${reason}): ${output.text().trim()}`);
  }
  throw new EngineError(`The DynamoDB engine was not ready in ${READY_WITHIN_MS / 1000} s: ${output.text().trim()}`);
}

/** It has an agent of its own: `fetch` may go through a proxy (`NODE_USE_ENV_PROXY`), which cannot reach the engine. */
function answers(endpoint: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(endpoint, { agent: new Agent(), signal: AbortSignal.timeout(1_000) }, (response) => {
      response.on('error', () => {}).resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false)); // Not yet.
  });
}
