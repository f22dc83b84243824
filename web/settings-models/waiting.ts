export type { WaitingSetting as Waiting } from '../../src/domain/waiting-setting.ts';

/** What a rule would have done to the waits of the last days. */
export interface WouldReturn {
  readonly days: number;
  readonly waits: number;
  readonly wouldWarn: number;
  readonly wouldReturn: number;
  readonly wouldPool: number;
  readonly wouldTell: number;
  /** `ANSWERED_BY_PHONE`: more than a third of the latest answers came from phones, so nobody is set away there. */
  readonly warnings?: readonly 'ANSWERED_BY_PHONE'[] | undefined;
}
