import type { CrmConnection } from '../../../settings-models/crm.ts';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import type { CrmGuide } from './guides/guide.ts';

/** What the parts of a connection show. */
export interface ConnectedProps {
  readonly settings: SettingsModel;
  readonly connection: CrmConnection;
  readonly guide: CrmGuide;
}
