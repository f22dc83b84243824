import { signal } from '@preact/signals';
import type { EnterMode } from './enter.ts';

/** Which keys send in this page. */
export const enterMode = signal<EnterMode>('enter');
