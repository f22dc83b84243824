import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { judgeCrms, judges } from '#test/clients/judged-crms';
import { factsOf, projects, run } from '#test/clients/project';
import { freePort } from '#test/e2e/call-api';
import { startKonvert } from '#test/e2e/konvert-process';

// npm run test:clients: the description as it is served is judged by openapi-spec-validator, and openapi-python-client
// makes a client of it, with which a program makes an account, connects a channel, sends and reads. Python 3.11 or later
// with venv and the package index are needed. Clients that others wrote for CRMs judge the doubles of these.

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head'];

const ends: (() => unknown)[] = [];
try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  for (const end of ends.reverse()) await end();
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-python-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  await cp(join(projects, 'python'), folder, { recursive: true });
  const [konvert, programs] = await Promise.all([start(join(folder, 'data')), install(folder)]);
  await judgeCrms(join(programs, 'python'));
  const env = { PATH: `${programs}:${process.env.PATH}`, PYTHONPATH: join(folder, 'client') };

  const served = await (await fetch(`${konvert.url}/openapi.json`)).text();
  await writeFile(join(folder, 'openapi.json'), served);
  const judged = await run(folder, join(programs, 'openapi-spec-validator'), ['--schema', '3.1', 'openapi.json']);
  console.log(`openapi-spec-validator: ${judged.trim()}`);

  // Whatever the generator cannot use it leaves out with a warning, which fails here.
  const words = ['generate', '--url', `${konvert.url}/openapi.json`, '--output-path', 'client', '--fail-on-warning'];
  await run(folder, join(programs, 'openapi-python-client'), words, env);
  const missing = await leftOut(join(folder, 'client'), served);
  if (missing.length > 0) throw new Error(`The generated client lacks ${missing.join(', ')}`);

  console.log(await run(folder, join(programs, 'python'), ['story.py'], { ...env, ...(await factsOf(konvert)) }));
}

/** Starts a Konvert with its demo messenger. */
async function start(folder: string) {
  const options = { folder, port: await freePort(), by: 'node', env: { KONVERT_DEMO: 'on' } } as const;
  return startKonvert(options, (undo) => ends.push(undo));
}

/** Makes an environment with exactly the packages that are named. Returns the folder of its programs. */
async function install(folder: string): Promise<string> {
  const venv = join(folder, 'venv');
  await run(folder, 'python3', ['-m', 'venv', venv]).catch(({ message }: Error) => {
    throw new Error(`Python cannot make an environment. On Debian: apt-get install python3 python3-venv\n${message}`);
  });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'];
  const named = ['requirements.txt', join(judges, 'requirements.txt')].flatMap((file) => ['-r', file]);
  await run(folder, join(venv, 'bin/python'), [...pip, ...named]);
  return join(venv, 'bin');
}

/** The operations of a description that have no function in a client. */
async function leftOut(client: string, description: string): Promise<string[]> {
  const paths: Record<string, Record<string, { operationId: string }>> = JSON.parse(description).paths;
  const wanted = Object.values(paths).flatMap((path) => METHODS.flatMap((method) => path[method]?.operationId ?? []));
  const files = await readdir(client, { recursive: true });
  const made = new Set(files.filter((file) => file.includes('/api/')).map((file) => basename(file, '.py')));
  return wanted.filter((id) => !made.has(id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
}
