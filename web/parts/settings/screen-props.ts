import type { SettingsModel } from '../../settings-models/settings.ts';

/** What a screen gets: the page, and what stands behind its own name in the address, in parts. */
export interface ScreenProps {
  readonly settings: SettingsModel;
  readonly path: readonly string[];
}
