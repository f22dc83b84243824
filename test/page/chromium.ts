import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from '#test/patience';

/** A program that starts a browser, and the variables that it needs. */
export interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What to do if no browser starts. */
export const WHAT_TO_DO = 'Install one (apt-get install chromium) and set CHROMIUM to its path (/usr/bin/chromium)';

const repository = resolve(import.meta.dirname, '../..');
const package_ = resolve(repository, 'node_modules/@sparticuz/chromium');

/** The browser that `CHROMIUM` names, else the one that npm brings. Throws with what to do if it does not start. */
export async function findChromium(): Promise<Program> {
  const named = process.env.CHROMIUM;
  if (named) return { path: named, env: {} };
  const folder = await unpacked();
  const path = join(folder, 'chromium');
  // The machine's own libraries and fonts, if it has any.
  const libraries = starts(path, {}) ? {} : { LD_LIBRARY_PATH: join(folder, 'al2023/lib') };
  const env = {
    ...libraries,
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(folder, 'own-fonts.conf') }),
  };
  if (!starts(path, env)) throw new Error(`The Chromium of npm (${path}) does not start here. ${WHAT_TO_DO}`);
  return { path, env };
}

function starts(path: string, env: Readonly<Record<string, string>>): boolean {
  try {
    execFileSync(path, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore', timeout: PATIENCE_MS });
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder in which the browser of the package lies unpacked. The package unpacks to the folder of temporary files, and
 * takes a half unpacked one of another process for a whole one. So each process unpacks for itself, and the first that is
 * ready wins.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(package_, 'package.json'), 'utf8')) as { version: string };
  const cache = resolve(repository, 'node_modules/.cache');
  const folder = join(cache, `konvert-chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const own = await mkdtemp(join(cache, 'unpacking-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = own;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(join(package_, 'bin/al2023.tar.br'));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  const fonts = `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`;
  await writeFile(join(own, 'own-fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${fonts}`);
  // The file may still be open for writing, and is then not to be started.
  await sleep(100);
  await rename(own, folder).catch(() => rm(own, { recursive: true }));
  return folder;
}
