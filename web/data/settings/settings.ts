import type { Me } from '../../models.ts';
import type { SettingsModel } from '../../settings-models/settings.ts';
import { PLACE } from '../link-by-key.ts';
import type { Session } from '../session.ts';
import { tabShelf } from '../storage.ts';
import { watchOwnPage } from '../version.ts';
import { createChannels } from './channels.ts';
import { createCrm } from './crm.ts';
import { createHours } from './hours.ts';
import { createKeys } from './keys.ts';
import { createOptions } from './options.ts';
import { createPeople } from './people.ts';
import { createRoles } from './roles.ts';
import { createRunning } from './running.ts';
import { createStart } from './start.ts';
import { createStatistics } from './statistics.ts';
import { createStored } from './stored.ts';
import { createTeam } from './team.ts';

/** The page of a settings link, and what ends it. */
export type RunningSettings = SettingsModel & { stop(): void };

/** The page of a settings link. */
export function createSettings(session: Session, me: Me): RunningSettings {
  const { api, signOut } = session;
  session.isOfNobody();
  goOn();
  // What stands in its fields is kept nowhere, so it never reloads by itself.
  const version = watchOwnPage(() => true);
  return {
    me,
    signOut,
    isOld: version.isOld,
    reload: () => location.reload(),
    stop: version.end,
    start: createStart(api),
    people: createPeople(api),
    options: createOptions(api),
    keys: createKeys(api),
    channels: createChannels(api),
    crm: createCrm(api),
    roles: createRoles(api),
    running: createRunning(api),
    stored: createStored(api, me),
    statistics: createStatistics(api),
    hours: createHours(api),
    team: createTeam(api),
  };
}

/** Goes to where the tab was to go before it asked for the key. */
function goOn(): void {
  const place = tabShelf.get(PLACE);
  tabShelf.remove(PLACE);
  if (place && location.hash === '') history.replaceState(history.state, '', place);
}
