import type { components } from '../../clients/typescript/index.ts';
import type { Loading } from './loaded.ts';

/** What holds for all channels of the account. */
export type Options = Pick<
  components['schemas']['AllSettings'],
  'notifyHeadsAboutAllMessages' | 'saveMessagesToTimeline' | 'retentionDays' | 'frameAncestors'
>;

/** The options of the account. A change is stored when it resolves; what is refused throws the words for it. */
export interface OptionsModel {
  readonly options: Loading<Options>;
  change(changes: Partial<Omit<Options, 'frameAncestors'>>): Promise<void>;
  /** Changes the hosts from what they are now, so that nobody else’s change is lost. */
  changeHosts(of: (now: readonly string[]) => readonly string[]): Promise<void>;
}
