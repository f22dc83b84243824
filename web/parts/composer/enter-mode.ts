import { signal } from '@preact/signals';
import { keep, recall } from '../shell/wishes.ts';
import type { EnterMode } from './enter.ts';

/** Which keys send in this page. */
export const enterMode = signal<EnterMode>(recall('enter') === 'ctrl-enter' ? 'ctrl-enter' : 'enter');

/** Sends by these keys from now on, here and next time. */
export function chooseEnterMode(mode: EnterMode): void {
  keep('enter', mode);
  enterMode.value = mode;
}
