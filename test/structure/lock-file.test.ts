import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const packages = Object.entries(JSON.parse(text).packages as Record<string, Locked>).filter(([path]) => path !== '');

/** The package of this repository, which is linked and not downloaded. */
const OWN = 'clients/typescript';
const downloaded = packages.filter(([path, { resolved }]) => path !== OWN && resolved !== OWN);

/** The hash of a package that holds this one in its own archive. */
function hashOfHolder(path: string): string | undefined {
  const holder = path.slice(0, path.lastIndexOf('/node_modules/'));
  const locked = packages.find(([name]) => name === holder)?.[1];
  return locked?.inBundle ? hashOfHolder(holder) : locked?.integrity;
}

test('the lock file has a hash of every package of every platform, or of the archive that holds it', () => {
  const without = downloaded.filter(([path, { integrity, inBundle }]) => {
    const hash = inBundle ? hashOfHolder(path) : integrity;
    return !/^sha512-[\w+/]{86}==$/.test(hash ?? '');
  });

  expect(without.map(([path]) => path)).toEqual([]);
});

test('the platforms of a tool are all there, each with its hash', () => {
  const platforms = packages.filter(([path]) => /\/@biomejs\/cli-/.test(path)).map(([, { integrity }]) => integrity);

  expect(platforms.length).toBeGreaterThanOrEqual(8);
  expect(new Set(platforms).size).toBe(platforms.length);
});

test('the lock file names no registry, and no folder but our own client: npm asks the one that it is set to', () => {
  const elsewhere = downloaded.filter(([, { resolved, link }]) => resolved !== undefined || link);

  expect(elsewhere.map(([path]) => path)).toEqual([]);
  expect(text.replace(`"resolved": "${OWN}"`, '')).not.toMatch(/"resolved"|file:|git\+/);
});
