import type { Key } from '../../../../words/words.ts';
import type { GuideField, GuideStep } from '../../kit/guide-step.ts';

/** The address of a server that stands between Konvert and the messenger. */
export const API_ADDRESS: GuideField = {
  name: 'apiBaseUrl',
  label: 'channels.api-address',
  hint: 'channels.api-address-hint',
  looks: /https?:\/\/\S+/,
  malformed: 'channels.api-address-malformed',
  refused: 'channels.api-address-refused',
  isOptional: true,
  isRare: true,
};

/** The address of the screen on which a phone is linked, behind that of its channel. */
export const PHONE = 'phone';

/** Words of the messenger with a meaning of their own. */
export interface GuideRefusal {
  readonly said: RegExp;
  readonly words: Key;
}

/**
 * How a messenger is connected, step by step. It is loaded with its own words once that messenger is chosen. What is
 * needed before is in `guides.ts`.
 */
export interface Guide {
  readonly transport: string;
  readonly steps: readonly GuideStep[];
  /** What to say first if the page was not opened by https, and the messenger only calls such addresses. */
  readonly needsHttps?: Key;
  /** To be done at the messenger by hand once the channel is there. Absent if Konvert registers everything. */
  readonly afterwards?: GuideStep;
  /** How a phone is linked by the QR code that is shown once the channel is there. Absent if no phone is needed. */
  readonly phone?: GuideStep & { readonly name: typeof PHONE };
  /** What the secret of the webhook is for. Absent if nobody needs to renew it. */
  readonly secret?: Key;
  /** What to do about a channel that the messenger has blocked, or in which nobody may reply. */
  readonly blocked?: Key;
  readonly unavailable?: Key;
  /** Refusals that are about no credential. */
  readonly refusals: readonly GuideRefusal[];
  /** The address at which clients write, by the channel's `plainId`. Absent if there is none. */
  linkOf?(plainId: string): string;
}

/** All that is pasted for a messenger, in order. */
export function fieldsOf(guide: Guide): readonly GuideField[] {
  return guide.steps.flatMap(({ fields = [] }) => fields);
}
