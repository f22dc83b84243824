import type { Me } from '../../models.ts';
import type { SettingsModel } from '../../settings-models/settings.ts';
import type { Session } from '../session.ts';
import { createChannels } from './channels.ts';
import { createPeople } from './people.ts';
import { createRoles } from './roles.ts';
import { createRunning } from './running.ts';

/** The page of a settings link. */
export function createSettings({ api, signOut }: Session, me: Me): SettingsModel {
  return {
    me,
    signOut,
    people: createPeople(api),
    channels: createChannels(api),
    roles: createRoles(api),
    running: createRunning(api),
  };
}
