import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PlayedKonvert, playKonvert } from '#test/page/konvert';
import { LOOKED_AT_END } from '#test/page/people';
import { PATIENCE_MS } from '#test/patience';
import type { SmokeBrowser } from './browser.ts';
import { openFirefox } from './firefox.ts';
import { openWebKit } from './webkit.ts';

// node test/browsers/run.ts: the page in the browsers that npm does not bring. Their start needs Debian's packages
// firefox-esr, webkit2gtk-driver and xvfb.

const ROW = (name: string) =>
  `[...document.querySelectorAll('nav li a')].find((a) => a.textContent.includes('${name}'))`;
const INPUT = `document.querySelector('textarea')`;
const BUTTON = (name: string) =>
  `[...document.querySelectorAll('button')].find((b) => (b.getAttribute('aria-label') ?? b.textContent).trim().startsWith('${name}'))`;
const ARTICLES = `[...document.querySelectorAll('[role=feed] article')].map((a) => a.textContent).join('\\n')`;

/** Resolves when the expression is true in the page. If it never is, the error tells what the page shows instead. */
async function until(browser: SmokeBrowser, what: string, expression: string, where: 'page' | 'frame' = 'page') {
  const end = Date.now() + PATIENCE_MS;
  let last: unknown;
  const isTrue = () =>
    browser.run<boolean>(`return Boolean(${expression})`, where).catch((error: unknown) => {
      last = error;
      return false;
    });
  while (!(await isTrue())) {
    if (Date.now() > end) {
      const shown = await browser.run<string>('return document.body.innerText', where).catch(String);
      throw new Error(`${browser.name}: “${what}” did not come. The page says: ${shown.slice(0, 2000)}`, {
        cause: last,
      });
    }
    await sleep(100);
  }
  console.log(`  ${what}`);
}

/** Resolves when the end of the history counts as seen: what is done earlier covers nothing. */
async function untilSeen(browser: SmokeBrowser): Promise<void> {
  await browser.run(`window.isSeen = false; ${LOOKED_AT_END}.then(() => { window.isSeen = true }); return 1`);
  await until(browser, 'its end is seen', 'window.isSeen');
}

/** A client writes, the team answers, and says that no reply is needed (scenario 1 of the page's design). */
async function answers(browser: SmokeBrowser, konvert: PlayedKonvert): Promise<void> {
  const text = `To ${browser.name}`;
  await browser.open(await konvert.link('olga'));
  await until(browser, 'the list is there', `document.querySelector('[role=tab]')`);
  await konvert.says('anna', `${text}: is it red?`);
  await until(browser, 'the line of the client', ROW('Anna'));
  await until(browser, 'the counter in the title', `/\\d/.test(document.title)`);
  await browser.run(
    `${ROW('Anna')}.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); ${ROW('Anna')}.click(); return 1`,
  );
  await until(browser, 'the message', `${ARTICLES}.includes('is it red?')`);
  await untilSeen(browser);
  await browser.run(`${INPUT}.focus(); return 1`);
  await browser.type(`${text}, yes`);
  await browser.run(`${BUTTON('Send')}.click(); return 1`);
  await konvert.untilGot('anna', `${text}, yes`);
  await until(browser, 'the envelope is grey after the answer', BUTTON('Nothing to answer'));
  await konvert.says('anna', `${text}: thanks`);
  await until(browser, 'the envelope is red', BUTTON('No reply needed'));
  await untilSeen(browser);
  await browser.run(`${BUTTON('No reply needed')}.click(); return 1`);
  await until(browser, 'the envelope is grey after the click', BUTTON('Nothing to answer'));
  await until(browser, 'Undo', BUTTON('Undo'));
  await browser.run(`${BUTTON('Undo')}.click(); return 1`);
  await until(browser, 'the envelope is red after Undo', BUTTON('No reply needed'));
}

/** The page in a frame of another site, also after the site is loaded again (scenario 6). */
async function inFrame(browser: SmokeBrowser, konvert: PlayedKonvert): Promise<void> {
  const link = await konvert.link('olga', 'localhost');
  const host = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>CRM</title><iframe src="${link}" width="900" height="600"></iframe>`),
  ).listen(0, '127.0.0.1');
  await once(host, 'listening');
  try {
    const { port } = host.address() as AddressInfo;
    await konvert.api('PATCH', '/v1/settings', { body: { frameAncestors: [`http://127.0.0.1:${port}`] } });
    for (const round of ['in a frame', 'in a frame that was loaded again with a spent link']) {
      await browser.open(`http://127.0.0.1:${port}/`);
      await until(browser, `the list ${round}`, ROW('Anna'), 'frame');
    }
  } finally {
    host.close();
    host.closeAllConnections();
  }
}

/** A narrow window shows one pane, and nothing is cut off at its side (scenario 9). */
async function narrow(browser: SmokeBrowser, konvert: PlayedKonvert): Promise<void> {
  await browser.resize(460, 760);
  await browser.open(await konvert.link('olga'));
  await until(browser, 'the list in a narrow window', ROW('Anna'));
  await until(browser, 'nothing is wider than the window', `document.documentElement.scrollWidth <= innerWidth`);
}

const folder = await mkdtemp(join(tmpdir(), 'konvert-browsers-'));
const ends: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  const konvert = await playKonvert(folder, (end) => ends.push(end));
  for (const open of [openFirefox, openWebKit]) {
    const browser = await open();
    ends.push(() => browser.close());
    console.log(browser.name);
    for (const scenario of [answers, inFrame, narrow]) await scenario(browser, konvert);
  }
  console.log('Firefox and WebKitGTK show the page');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const end of ends.reverse()) await end();
}
process.exit();
