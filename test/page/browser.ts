import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { PATIENCE_MS } from '#test/patience';
import { findChromium, WHAT_TO_DO } from './chromium.ts';
import { type Watched, watch } from './csp.ts';

/**
 * Playwright switches the partitioning of storage off, which browsers of people have on. This is its list without that:
 * of two lists the last counts. A Konvert of people is at no address of the local network, which a CRM may not show.
 */
const LIKE_PEOPLE =
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,OptimizationHints,LocalNetworkAccessChecks';

/**
 * Without partitioning, a Chromium that blocks cookies of third parties refuses a frame of another site all storage.
 * Debian's does, and the one of npm cannot be told to, so this plays it in frames.
 */
const REFUSES_STORAGE = `if (window !== window.top) {
  const refuse = () => { throw new DOMException('Access is denied for this document.', 'SecurityError') };
  for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get: refuse });
  IDBFactory.prototype.open = refuse;
  LockManager.prototype.request = async () => refuse();
  window.BroadcastChannel = window.SharedWorker = class { constructor() { refuse() } };
}`;

/** How the browser of a file is started. */
export interface BrowserWishes {
  /** What a frame of another site has to keep things in: a storage of its own, unless it is refused one. */
  readonly storageInFrames?: 'own' | 'refused';
}

/** What a test opens in the browser of its file. */
export interface OpenedBrowser {
  /** A window with a storage of its own, as of another person. Closed after the test, which fails if a policy was violated. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A window of which a test wants what a policy refuses. */
  newUnwatched(): Promise<BrowserContext>;
  /** A page at that address in a window of its own. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
}

/** The browsers of this process, by what they are started with. Its files share them, and they end with it. */
const running = new Map<string, Browser>();

/** One browser for all tests of the file that calls this. Each test has windows of its own. */
export function useBrowser({ storageInFrames = 'own' }: BrowserWishes = {}): OpenedBrowser {
  let started: Browser | undefined;

  beforeAll(async () => {
    const args = ['--disable-gpu', ...(storageInFrames === 'own' ? [LIKE_PEOPLE] : [])];
    started = running.get(args.join());
    if (!started?.isConnected()) started = await start(args);
    running.set(args.join(), started);
  });

  const opened: OpenedBrowser = {
    async newUnwatched() {
      const context = await make(started);
      onTestFinished(() => close(context));
      return context;
    },
    async newContext(options = {}) {
      const context = await make(started, options);
      if (storageInFrames === 'refused') await context.addInitScript({ content: REFUSES_STORAGE });
      const watched = await watch(context);
      onTestFinished(async ({ task }) => {
        await close(context);
        if (task.result?.state !== 'fail') expectNothing(watched);
        else if (watched.violations.length + watched.errors.length > 0) console.log(watched);
      });
      return context;
    },
    async open(url, options) {
      const page = await (await opened.newContext(options)).newPage();
      await page.goto(url);
      return page;
    },
  };
  return opened;
}

async function make(browser: Browser | undefined, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!browser) throw new Error('The browser is not there yet');
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** What a test plays with and is on its way then is no fault: its error, which nobody hears, would fail the whole run. */
async function close(context: BrowserContext): Promise<void> {
  const played = [context, ...context.pages()];
  await Promise.all(played.map((one) => one.unrouteAll({ behavior: 'ignoreErrors' })));
  await context.close();
}

async function start(args: string[]): Promise<Browser> {
  const { path, env } = await findChromium();
  const variables = { ...process.env, ...env } as Record<string, string>;
  return chromium
    .launch({ executablePath: path, env: variables, args, timeout: PATIENCE_MS })
    .catch((cause: unknown) => {
      throw new Error(`No browser starts from ${path}. ${WHAT_TO_DO}`, { cause });
    });
}

function expectNothing(watched: Watched): void {
  expect(watched).toEqual({ violations: [], errors: [] });
}
