import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '#test/page/chromium';
import { playKonvert } from '#test/page/konvert';
import type { Row } from '../table.ts';
import { measureList } from './list.ts';
import { measureLive } from './live.ts';

/** The goals of the page (`docs/page.md`), in the browser that npm brings. */
export async function measurePage(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-bench-page-'));
  const ends: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const { path, env } = await findChromium();
    const variables = { ...process.env, ...env } as Record<string, string>;
    const browser = await chromium.launch({ executablePath: path, env: variables, args: ['--disable-gpu'] });
    ends.push(() => browser.close());
    const rows = await measureList(browser);
    const konvert = await playKonvert(folder, (end) => ends.push(end));
    return [...rows, ...(await measureLive(browser, konvert))];
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
