import { signal } from '@preact/signals';
import { render } from 'preact';
import { fakeApp } from '../../test/web/fake-app.ts';
import type { App } from '../../web/models.ts';
import { Shell } from '../../web/parts/shell/shell.tsx';
import { recallLanguage } from '../../web/parts/shell/wishes.ts';

// The list of the page with ten thousand lines and no server.

const app = fakeApp({ now: Date.now(), count: 10_000 });
const lines = signal(app.list.lines.value);
const shown: App = { ...app, list: { ...app.list, lines } };
await recallLanguage();
render(<Shell app={shown}>{undefined}</Shell>, document.getElementById('page')!);

/** Changes the words of a line that is in view, and resolves with the time until that was drawn and laid out (ms). */
async function changeLine(): Promise<number> {
  const [first, ...rest] = lines.value;
  const list = document.querySelector('nav');
  if (!first || !list) throw new Error('There is no line');
  const drawn = new Promise<void>((resolve) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      resolve();
    });
    watch.observe(list, { childList: true, subtree: true, characterData: true });
  });
  const begun = performance.now();
  const [chat, ...chats] = first.chats;
  lines.value = [{ ...first, chats: [{ ...chat, preview: String(begun) }, ...chats] }, ...rest];
  await drawn;
  // Reading the layout makes the browser do that work now.
  list.getBoundingClientRect();
  return performance.now() - begun;
}

Object.assign(globalThis, { changeLine });
