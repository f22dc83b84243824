import { render } from 'preact';
import { startClock } from './kit/clock.ts';
import type { App } from './models.ts';
import { Shell } from './parts/shell/shell.tsx';
import { recallLanguage, recallTheme } from './parts/shell/wishes.ts';

/** Shows the page of `app` in the whole window. */
export async function show(app: App): Promise<void> {
  recallTheme();
  await recallLanguage();
  startClock(Date.parse(app.me.time));
  render(<Shell app={app}>{app.thread.value?.name.value}</Shell>, document.getElementById('page')!);
}
