import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#test/e2e/call-api';
import { PATIENCE_MS } from '#test/patience';
import type { SmokeBrowser } from './browser.ts';

/** The key under which WebDriver answers a reference to an element. https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** WebKitGTK, driven by its WebDriver on a virtual screen: the nearest to Safari that runs here. */
export async function openWebKit(): Promise<SmokeBrowser> {
  const port = await freePort();
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    // Without it the sandbox of WebKit needs rights that a container has not.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  });
  const base = `http://127.0.0.1:${port}/session`;
  const capabilities = {
    alwaysMatch: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        binary: process.env.WEBKIT ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
        args: ['--automation'],
      },
    },
  };
  await answering(port);
  const { sessionId } = await ask<{ sessionId: string }>('POST', base, { capabilities });
  const session = `${base}/${sessionId}`;
  return {
    name: 'WebKitGTK',
    open: (url) => ask('POST', `${session}/url`, { url }),
    async run(script, where = 'page') {
      if (where === 'frame') await ask('POST', `${session}/frame`, { id: 0 });
      try {
        return await ask('POST', `${session}/execute/sync`, {
          script: script.includes('return') ? script : `return ${script}`,
          args: [],
        });
      } finally {
        if (where === 'frame') await ask('POST', `${session}/frame`, { id: null });
      }
    },
    async type(text) {
      const active = await ask<Record<string, string>>('GET', `${session}/element/active`);
      await ask('POST', `${session}/element/${active[ELEMENT]}/value`, { text });
    },
    resize: (width, height) => ask('POST', `${session}/window/rect`, { width, height }),
    async close() {
      await ask('DELETE', session).catch(() => undefined);
      if (driver.pid !== undefined) process.kill(-driver.pid);
    },
  };
}

async function ask<T>(method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}

async function answering(port: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > until) throw new Error('WebKitWebDriver does not answer: apt-get install webkit2gtk-driver xvfb');
    await sleep(100);
  }
}
