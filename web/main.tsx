import type { ReadonlySignal } from '@preact/signals';
import { render } from 'preact';
import { openPage } from './data/page.ts';
import type { PageState } from './models.ts';
import { Page } from './parts/shell/page.tsx';
import { recallLanguage, recallTheme } from './parts/shell/wishes.ts';

/** Shows that page in the whole window, in the look and the language of the user. */
export async function show(state: ReadonlySignal<PageState>): Promise<void> {
  recallTheme();
  await recallLanguage();
  render(<Page state={state} />, document.getElementById('page')!);
}

// The secret of a link leaves the address before anything else happens.
void show(openPage());
