import type { Key } from '../../../../words/words.ts';

/** Something that is pasted, by its name in the API. */
export interface GuideField {
  readonly name: string;
  readonly label: Key;
  readonly hint?: Key;
  /** What it looks like. If that is found in what was pasted, the rest is dropped. */
  readonly looks: RegExp;
  /** What to say if it looks otherwise. */
  readonly malformed: Key;
  /** What to say if the messenger refuses it. */
  readonly refused: Key;
  readonly isSecret?: boolean;
  readonly isOptional?: boolean;
  /** Hardly anybody needs it, so it is folded away. */
  readonly isRare?: boolean;
}

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

/** One screen of connecting: what to do at the messenger, and what to paste from there. */
export interface GuideStep {
  /** Its place in the address. */
  readonly name: string;
  readonly title: Key;
  /** What to do, in order. The messenger's own words for its menus stand between two stars. */
  readonly how: readonly Key[];
  readonly note?: Key;
  /** Where it is done. */
  readonly link?: { readonly href: string; readonly words: Key };
  readonly fields?: readonly GuideField[];
}

/** Words of the messenger with a meaning of their own. */
export interface GuideRefusal {
  readonly said: RegExp;
  readonly words: Key;
}

/** How a messenger is connected. A new messenger is a file like those beside this one, and a line in `guides.ts`. */
export interface Guide {
  readonly transport: string;
  readonly chatType: string;
  readonly title: Key;
  /** What is needed, in one sentence, for choosing a messenger. */
  readonly needs: Key;
  readonly steps: readonly GuideStep[];
  /** What to say first if the page was not opened by https, and the messenger only calls such addresses. */
  readonly needsHttps?: Key;
  /** To be done at the messenger by hand once the channel is there. Absent if Konvert registers everything. */
  readonly afterwards?: GuideStep;
  /** What the secret of the webhook is for. */
  readonly secret: Key;
  /** What to do about a channel that the messenger has blocked, or in which nobody may reply. */
  readonly blocked: Key;
  readonly unavailable: Key;
  /** Refusals that are about no credential. */
  readonly refusals: readonly GuideRefusal[];
  /** The address at which clients write, by the channel's `plainId`. */
  linkOf(plainId: string): string;
  /** How the name or number is shown. */
  shown(plainId: string): string;
}

/** All that is pasted for a messenger, in order. */
export function fieldsOf(guide: Guide): readonly GuideField[] {
  return guide.steps.flatMap(({ fields = [] }) => fields);
}
