import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openDataFolder } from '#local/data-folder';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'konvert-data-folder-test-'));
  folder = join(parent, 'data');
});

afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

interface Opener {
  readonly child: ChildProcess;
  /** `held`, or the pid of the process that holds the folder. */
  readonly outcome: Promise<string>;
}

/** Opens the folder from another process at time `at` (epoch ms). That process stays alive in any case. */
function openElsewhere(at = 0): Opener {
  const script = `
    const { openDataFolder } = await import(${JSON.stringify(new URL('../../src/local/data-folder.ts', import.meta.url).href)});
    await new Promise((begun) => setTimeout(begun, ${at} - Date.now()));
    await openDataFolder(${JSON.stringify(folder)}).then(() => console.log('held'), (error) => console.log(error.pid ?? error));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, outcome: once(child.stdout!, 'data').then(([line]) => String(line).trim()) };
}

async function kill({ child }: Opener): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a folder that is held is refused, and the error names folder and holder', async () => {
  const opener = openElsewhere();
  expect(await opener.outcome).toBe('held');

  const opening = openDataFolder(folder);

  await expect(opening).rejects.toMatchObject({ name: 'DataFolderError', folder, pid: opener.child.pid });
  await expect(opening).rejects.toThrow(`${folder} is in use by process ${opener.child.pid}`);
});

test('a process cannot hold a folder twice, and may have it again after its release', async () => {
  const first = await openDataFolder(folder);
  await expect(openDataFolder(folder)).rejects.toMatchObject({ pid: process.pid });

  first.release();
  first.release();

  const second = await openDataFolder(folder);
  await expect(openDataFolder(folder)).rejects.toMatchObject({ pid: process.pid });
  second.release();
  expect(await openElsewhere().outcome).toBe('held');
});

test('a process that was refused does not hold the folder, although it lives on', async () => {
  const holder = await openDataFolder(folder);
  expect(await openElsewhere().outcome).toBe(String(process.pid));

  holder.release();

  await openDataFolder(folder);
});

test('a killed process does not hold the folder', async () => {
  const opener = openElsewhere();
  expect(await opener.outcome).toBe('held');

  await kill(opener);

  await openDataFolder(folder);
});

test.runIf(process.platform === 'linux')('a zombie process does not hold the folder', async () => {
  // It ends when the shell has become `sleep 60`, which does not reap it. The shell itself would.
  const careless = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 60']);
  onTestFinished(() => void careless.kill('SIGKILL'));
  const [line] = await once(careless.stdout, 'data');
  const stat = async () => (await readFile(`/proc/${Number(line)}/stat`, 'utf8')).split(' ');
  await expect.poll(async () => (await stat())[2]).toBe('Z');
  (await openDataFolder(folder)).release();
  await writeClaim(Number(line), (await stat())[21]!);

  await openDataFolder(folder);
});

test.runIf(process.platform === 'linux')(
  'a process that got the pid of the holder does not hold the folder',
  async () => {
    const start = (await readFile('/proc/1/stat', 'utf8')).split(' ')[21]!;
    (await openDataFolder(folder)).release();

    await writeClaim(1, start);
    await expect(openDataFolder(folder)).rejects.toMatchObject({ pid: 1 });
    await writeClaim(1, `${start}1`);
    await openDataFolder(folder);
  },
);

async function writeClaim(pid: number, start: string): Promise<void> {
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  await writeFile(join(folder, 'lock'), `\ntake somebody ${pid} ${boot}:${start}\n`);
}

test('of ten processes that race for the folder of a killed one, one holds it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const killed = openElsewhere();
    expect(await killed.outcome).toBe('held');
    await kill(killed);

    const at = Date.now() + 1_500;
    const openers = Array.from({ length: 10 }, () => openElsewhere(at));
    const outcomes = await Promise.all(openers.map((opener) => opener.outcome));

    const holders = openers.filter((_, index) => outcomes[index] === 'held');
    expect(holders).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === String(holders[0]!.child.pid))).toHaveLength(9);
    await Promise.all(openers.map(kill));
  }
});

test('a lock file that a power cut damaged does not hold the folder, and does not grow', async () => {
  (await openDataFolder(folder)).release();
  await writeFile(join(folder, 'lock'), `take a 1\0\0\0\ntake ${'x'.repeat(10_000)}`);

  (await openDataFolder(folder)).release();

  expect((await stat(join(folder, 'lock'))).size).toBeLessThan(300);
  expect(await readdir(folder)).toEqual(['lock']);
});

test('the folder and its files can be read by their owner only', async () => {
  const data = await openDataFolder(folder);
  await data.secret('key', () => 'a secret');

  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(data.file('key'))).mode & 0o777).toBe(0o600);
  expect(data.file('key')).toBe(join(folder, 'key'));
});

test('a secret is made once, and read from then on', async () => {
  const data = await openDataFolder(folder);
  let made = 0;
  const make = () => {
    made += 1;
    return `secret ${made}`;
  };
  const secret = () => data.secret('key', make);

  const together = await Promise.all(Array.from({ length: 10 }, secret));
  const before = made;
  data.release();
  const again = await (await openDataFolder(folder)).secret('key', () => 'another');

  expect(new Set([...together, again]).size).toBe(1);
  expect(await secret()).toBe(again);
  expect(made).toBe(before);
  expect((await readdir(folder)).toSorted()).toEqual(['key', 'lock']);
});

test('of two that make a secret at once, the faster wins', async () => {
  const data = await openDataFolder(folder);

  const secret = await data.secret('key', () => {
    writeFileSync(data.file('key'), 'the first');
    return 'the second';
  });

  expect(secret).toBe('the first');
});

test('a file with an empty secret is an error', async () => {
  const data = await openDataFolder(folder);
  await writeFile(data.file('key'), '\n');

  await expect(data.secret('key', () => 'a secret')).rejects.toThrow('empty key');
});

test('a folder that cannot be made is an error that names the folder', async () => {
  await writeFile(join(parent, 'file'), '');
  await chmod(join(parent, 'file'), 0o600);

  await expect(openDataFolder(join(parent, 'file', 'data'))).rejects.toMatchObject({
    name: 'DataFolderError',
    folder: join(parent, 'file', 'data'),
    pid: undefined,
  });
});
