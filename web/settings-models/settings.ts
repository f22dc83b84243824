import type { ReadonlySignal } from '@preact/signals';
import type { components } from '../../clients/typescript/index.ts';
import type { ChannelsModel } from './channels.ts';
import type { PeopleModel } from './people.ts';
import type { RolesModel } from './roles.ts';
import type { RunningModel } from './running.ts';

/** The page of a settings link, which belongs to no user and acts as the CRM. */
export interface SettingsModel {
  readonly me: components['schemas']['Me'];
  readonly people: PeopleModel;
  readonly channels: ChannelsModel;
  readonly roles: RolesModel;
  readonly running: RunningModel;
  signOut(): Promise<void>;
  /** Whether the server has a newer page, which `reload` gets. */
  readonly isOld: ReadonlySignal<boolean>;
  reload(): void;
}
