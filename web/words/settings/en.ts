import { channels } from './channels-en.ts';
import { crm } from './crm-en.ts';
import { frame } from './frame-en.ts';
import { roles } from './roles-en.ts';
import { running } from './running-en.ts';

/** What the page of settings says in English. */
export const en = { ...frame, ...channels, ...crm, ...roles, ...running };
