import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { percentile, type Row, rounded } from '../table.ts';

const SPEED = 7_200;
const SECONDS = 5;
const CHANGES = 200;

/** The list with 10,000 lines: scrolled, changed, and weighed. */
export async function measureList(browser: Browser): Promise<Row[]> {
  const server = createServer((request, response) => {
    const name = request.url === '/list.js' ? 'js' : request.url === '/list.css' ? 'css' : 'html';
    response.writeHead(200, { 'content-type': TYPES[name] }).end(name === 'html' ? DOCUMENT : bundle()[name]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForSelector('nav li a');
    const devtools = await page.context().newCDPSession(page);
    const heap = await heapOf(devtools);
    const frames = await scrolled(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const slow = await scrolled(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.evaluate(`document.querySelector('nav').scrollTo(0, 0)`);
    const changes = (await page.evaluate(
      `(async () => { const all = []; for (let i = 0; i < ${CHANGES}; i += 1) { all.push(await changeLine()); await new Promise(requestAnimationFrame) } return all })()`,
    )) as number[];
    const late = frames.filter((ms) => ms > 20).length / frames.length;
    return [
      {
        what: `10,000 lines scrolled at ${SPEED} px/s: frames`,
        budget: 'p50 <= 16.7 ms, < 5 % over 20 ms',
        figure: `p50 ${rounded(percentile(frames, 0.5), 1)} ms, ${rounded(late * 100, 1)} % over 20 ms`,
        met: percentile(frames, 0.5) <= 16.8 && late < 0.05,
      },
      {
        what: 'the same, CPU / 4: frames',
        budget: 'p95 <= 32 ms',
        figure: `p95 ${rounded(percentile(slow, 0.95), 1)} ms`,
        // A frame of a screen of 60 Hz takes 16.7 or 33.3 ms.
        met: percentile(slow, 0.95) <= 33.4,
      },
      {
        what: 'one of 10,000 lines changes: script and layout',
        budget: 'p50 <= 2 ms',
        figure: `p50 ${rounded(percentile(changes, 0.5))} ms, p99 ${rounded(percentile(changes, 0.99))} ms`,
        met: percentile(changes, 0.5) <= 2,
      },
      { what: 'heap with 10,000 lines', budget: '<= 12 MB', figure: `${rounded(heap, 1)} MB`, met: heap <= 12 },
    ];
  } finally {
    await page.close();
    server.close();
  }
}

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' } as const;
const DOCUMENT =
  '<!doctype html><html lang="en"><link rel="stylesheet" href="/list.css"><div id="page"></div><script type="module" src="/list.js"></script>';

function bundle(): { js: string; css: string } {
  const root = resolve(import.meta.dirname, '../..');
  const options = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    outdir: 'bench',
    tsconfig: 'web/tsconfig.json',
    loader: { '.svg': 'file', '.png': 'file' },
  } as const;
  const [js] = buildSync({ ...options, entryPoints: ['bench/page/list-entry.tsx'] }).outputFiles;
  const [css] = buildSync({ ...options, entryPoints: ['web/style.css'] }).outputFiles;
  return { js: js?.text ?? '', css: css?.text ?? '' };
}

/** The times between frames while the list is scrolled down, in milliseconds. */
async function scrolled(page: Page): Promise<number[]> {
  return (await page.evaluate(`(async () => {
    const list = document.querySelector('nav');
    list.scrollTo(0, 0);
    const times = [];
    const begun = await new Promise(requestAnimationFrame);
    let last = begun;
    for (;;) {
      const now = await new Promise(requestAnimationFrame);
      if (now - begun > ${SECONDS * 1000}) return times;
      times.push(now - last);
      last = now;
      list.scrollTo(0, ((now - begun) / 1000) * ${SPEED});
    }
  })()`)) as number[];
}

/** What is kept after a collection, in MB. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}
