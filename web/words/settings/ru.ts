import { channels } from './channels-ru.ts';
import { crm } from './crm-ru.ts';
import type { en } from './en.ts';
import { frame } from './frame-ru.ts';
import { roles } from './roles-ru.ts';
import { running } from './running-ru.ts';

/** What the page of settings says in Russian. */
export const ru = { ...frame, ...channels, ...crm, ...roles, ...running } satisfies Record<keyof typeof en, string>;
