import type { JSX } from 'preact';
import type { Key } from '../../words/words.ts';
import { Channels } from './channels/channels.tsx';
import { Keys } from './keys/keys.tsx';
import { Options } from './options/options.tsx';
import { People } from './people/people.tsx';
import { Roles } from './roles/roles.tsx';
import { Assignments } from './running/assignments.tsx';
import { Audit } from './running/audit.tsx';
import { Deliveries } from './running/deliveries.tsx';
import { Health } from './running/health.tsx';
import { Webhook } from './running/webhook.tsx';
import type { ScreenProps } from './screen-props.ts';
import { Start } from './start/start.tsx';

/** A screen of the settings. `#/settings/<name>` is its address. */
export interface Screen {
  readonly name: string;
  readonly title: Key;
  readonly Content: (props: ScreenProps) => JSX.Element;
}

/** The screens in the order of the menu. */
export const SCREENS: readonly Screen[] = [
  { name: 'start', title: 'start.title', Content: Start },
  { name: 'channels', title: 'channels.title', Content: Channels },
  { name: 'people', title: 'people.title', Content: People },
  { name: 'roles', title: 'roles.title', Content: Roles },
  { name: 'options', title: 'options.title', Content: Options },
  { name: 'webhook', title: 'webhook.title', Content: Webhook },
  { name: 'keys', title: 'keys.title', Content: Keys },
  { name: 'deliveries', title: 'deliveries.title', Content: Deliveries },
  { name: 'assignments', title: 'assignments.title', Content: Assignments },
  { name: 'audit', title: 'audit.title', Content: Audit },
  { name: 'health', title: 'health.title', Content: Health },
];
