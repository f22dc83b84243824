import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataFolderError } from './errors.ts';

/** The folder of one installation. This process holds it until it calls `release` or ends. */
export interface DataFolder {
  readonly path: string;
  /** The absolute path of a file in the folder. */
  file(name: string): string;
  /** The secret of this name. It is made on the first call and never changes; only the owner may read its file. */
  secret(name: string, make: () => string): Promise<string>;
  /** Lets another process hold the folder. May be called again. */
  release(): void;
}

/**
 * Holds the folder, and makes it if it is missing. One process holds it at a time; a killed process holds nothing.
 * Throws `DataFolderError` if another process holds the folder, or if it cannot be written.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const lock = join(folder, 'lock');
  const me = { token: randomUUID(), pid: process.pid, start: startOf(process.pid) ?? '-' };
  const holder = orDataFolderError(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return take(lock, me);
  });
  if (holder !== undefined) {
    throw new DataFolderError(folder, `is in use by process ${holder.pid} (see ${lock})`, { pid: holder.pid });
  }
  let held = true;
  return {
    path: folder,
    file: (name) => join(folder, name),
    secret: (name, make) => secret(folder, name, make),
    release() {
      if (held) leave(lock, me);
      held = false;
    },
  };
}

/**
 * A line of the lock file. The system reuses pids, so a process is known by its pid and its start. The token tells two
 * claims of one process apart.
 */
interface Claim {
  readonly token: string;
  readonly pid: number;
  readonly start: string;
}

/**
 * Claims the folder. Returns the claim of the process that holds it, or undefined if it is this one. The lock file is a
 * queue: each process appends a claim and reads the file, and the first claim of a live process holds the folder. The
 * system orders the appends, and a dead process stays dead, so of all processes that start together exactly one finds
 * only dead claims before its own. No claim is removed to take its place, so no live claim can be removed by mistake.
 * The calls are synchronous because a call that runs in another thread may still finish after its process was killed.
 */
function take(lock: string, me: Claim): Claim | undefined {
  let before: Claim[] | undefined;
  while (before === undefined) {
    append(lock, `take ${me.token} ${me.pid} ${me.start}`);
    // Undefined if the holder has shortened the file in between: this claim went into the old file.
    before = claimsBefore(lock, me);
  }
  const holder = before.find((claim) => startOf(claim.pid) === claim.start);
  if (holder !== undefined) leave(lock, me);
  else shorten(lock, me);
  return holder;
}

function leave(lock: string, me: Claim): void {
  append(lock, `leave ${me.token}`);
}

/** Only the holder may do this. A claim that is lost this way is made again, behind the holder's. */
function shorten(lock: string, me: Claim): void {
  const next = `${lock}.${me.token}`;
  writeFileSync(next, `take ${me.token} ${me.pid} ${me.start}\n`, { mode: 0o600 });
  renameSync(next, lock);
}

/** Line breaks stand on both sides, so a line that a full disk has cut off spoils no other. */
function append(lock: string, line: string): void {
  appendFileSync(lock, `\n${line}\n`, { mode: 0o600 });
}

/** The claims before this one that were not taken back; undefined if this one is not in the file. */
function claimsBefore(lock: string, me: Claim): Claim[] | undefined {
  const lines = readFileSync(lock, 'utf8').split('\n');
  const left = new Set(lines.filter((line) => line.startsWith('leave ')).map((line) => line.slice('leave '.length)));
  const claims = lines.map(parseClaim).filter((claim) => claim !== undefined && !left.has(claim.token)) as Claim[];
  const mine = claims.findIndex((claim) => claim.token === me.token);
  return mine < 0 ? undefined : claims.slice(0, mine);
}

function parseClaim(line: string): Claim | undefined {
  const [verb, token, pid, start] = line.split(' ');
  if (verb !== 'take' || token === undefined || start === undefined || !(Number(pid) > 0)) return undefined;
  return { token, pid: Number(pid), start };
}

/**
 * The time at which a live process was started, or `-` if the system does not tell it. Undefined for a process that has
 * ended.
 */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return exists(pid) ? '-' : undefined;
  try {
    // The name of the program, in parentheses, may contain anything. The state and 19 more fields come after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot}:${fields[19]}`;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

async function secret(folder: string, name: string, make: () => string): Promise<string> {
  const path = join(folder, name);
  let text = await readSecret(path);
  if (text === undefined) {
    await makeSecret(folder, path, make());
    text = await readSecret(path);
  }
  // An empty key would protect nothing.
  if (!text) throw new DataFolderError(folder, `has an empty ${name}; restore it from a backup`);
  return text;
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function makeSecret(folder: string, path: string, text: string): Promise<void> {
  const made = `${path}.${randomUUID()}`;
  try {
    await writeToDisk(made, text);
    // Fails with EEXIST if another call was faster, so that all calls read the same secret.
    await link(made, path).catch((error) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(made, { force: true });
  }
  // Otherwise a power cut could lose the key and keep data that is encrypted with it.
  if (process.platform !== 'win32') await syncFolder(folder);
}

async function writeToDisk(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(`${text}\n`);
  await file.sync();
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

function orDataFolderError<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new DataFolderError(folder, `cannot be used: ${(cause as Error).message}`, { cause });
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
