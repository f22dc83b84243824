import type { ReadonlySignal } from '@preact/signals';
import type { components } from '../../clients/typescript/index.ts';
import type { ChannelsModel } from './channels.ts';
import type { CrmModel } from './crm.ts';
import type { HoursModel } from './hours.ts';
import type { KeysModel } from './keys.ts';
import type { OptionsModel } from './options.ts';
import type { PeopleModel } from './people.ts';
import type { RolesModel } from './roles.ts';
import type { RunningModel } from './running.ts';
import type { StartModel } from './start.ts';
import type { StatisticsModel } from './statistics.ts';
import type { StoredModel } from './stored.ts';
import type { TeamModel } from './team.ts';

/** The page of a settings link, which belongs to no user and acts as the CRM. */
export interface SettingsModel {
  readonly me: components['schemas']['Me'];
  readonly start: StartModel;
  readonly people: PeopleModel;
  readonly options: OptionsModel;
  readonly keys: KeysModel;
  readonly channels: ChannelsModel;
  readonly crm: CrmModel;
  readonly roles: RolesModel;
  readonly running: RunningModel;
  readonly stored: StoredModel;
  readonly statistics: StatisticsModel;
  readonly hours: HoursModel;
  readonly team: TeamModel;
  signOut(): Promise<void>;
  /** Whether the server has a newer page, which `reload` gets. */
  readonly isOld: ReadonlySignal<boolean>;
  reload(): void;
}
