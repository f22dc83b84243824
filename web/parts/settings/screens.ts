import type { JSX } from 'preact';
import { later } from '../../kit/later.tsx';
import type { Key } from '../../words/words.ts';
import { Channels } from './channels/channels.tsx';
import { Crm } from './crm/crm.tsx';
import { Data } from './data/data.tsx';
import { Hours } from './hours/hours.tsx';
import { Keys } from './keys/keys.tsx';
import { NotLoaded } from './kit/not-loaded.tsx';
import { Options } from './options/options.tsx';
import { People } from './people/people.tsx';
import { Roles } from './roles/roles.tsx';
import type { ScreenProps } from './screen-props.ts';
import { Start } from './start/start.tsx';
import { Statistics } from './statistics/statistics.tsx';
import { Team } from './team/team.tsx';

/** The headings of the menu, in their order. */
export const GROUPS = ['settings.setting-up', 'settings.running'] as const satisfies readonly Key[];
type Group = (typeof GROUPS)[number];

/** A screen of the settings. `#/settings/<name>` is its address. */
export interface Screen {
  readonly name: string;
  readonly title: Key;
  /** Under which heading of the menu it stands. */
  readonly group: Group;
  /** What stands behind its name in the address only filters it, so a change leads nowhere else. */
  readonly isFiltered?: true;
  readonly Content: (props: ScreenProps) => JSX.Element | null;
}

const [SETTING_UP, RUNNING] = GROUPS;

const runningScreens = () => import('./running/screens.ts');
const Webhook = later<ScreenProps>(async () => (await runningScreens()).Webhook, NotLoaded);
const Health = later<ScreenProps>(async () => (await runningScreens()).Health, NotLoaded);
const Deliveries = later<ScreenProps>(async () => (await runningScreens()).Deliveries, NotLoaded);
const Assignments = later<ScreenProps>(async () => (await runningScreens()).Assignments, NotLoaded);
const Audit = later<ScreenProps>(async () => (await runningScreens()).Audit, NotLoaded);

/** The screens in the order of the menu. */
export const SCREENS: readonly Screen[] = [
  { name: 'start', title: 'start.title', group: SETTING_UP, Content: Start },
  { name: 'channels', title: 'channels.title', group: SETTING_UP, Content: Channels },
  { name: 'crm', title: 'crm.title', group: SETTING_UP, Content: Crm },
  { name: 'people', title: 'people.title', group: SETTING_UP, Content: People },
  { name: 'roles', title: 'roles.title', group: SETTING_UP, Content: Roles },
  { name: 'hours', title: 'hours.title', group: SETTING_UP, Content: Hours },
  { name: 'options', title: 'options.title', group: SETTING_UP, Content: Options },
  { name: 'webhook', title: 'webhook.title', group: SETTING_UP, Content: Webhook },
  { name: 'keys', title: 'keys.title', group: SETTING_UP, Content: Keys },
  { name: 'data', title: 'stored.title', group: SETTING_UP, Content: Data },
  { name: 'statistics', title: 'statistics.title', group: RUNNING, Content: Statistics },
  { name: 'team', title: 'team.title', group: RUNNING, Content: Team },
  { name: 'health', title: 'health.title', group: RUNNING, Content: Health },
  { name: 'deliveries', title: 'deliveries.title', group: RUNNING, Content: Deliveries },
  { name: 'assignments', title: 'assignments.title', group: RUNNING, isFiltered: true, Content: Assignments },
  { name: 'audit', title: 'audit.title', group: RUNNING, Content: Audit },
];
