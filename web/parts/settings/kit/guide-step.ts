import type { Key } from '../../../words/words.ts';

/** Something that is pasted, by its name in the API. */
export interface GuideField {
  readonly name: string;
  readonly label: Key;
  readonly hint?: Key;
  /** What it looks like. If that is found in what was pasted, the rest is dropped. */
  readonly looks: RegExp;
  /** What to say if it looks otherwise. */
  readonly malformed: Key;
  /** What to say if it is refused. */
  readonly refused: Key;
  readonly isSecret?: boolean;
  readonly isOptional?: boolean;
  /** A switch: `true` in the API while it is on. `looks` is `ON` then. */
  readonly isSwitch?: boolean;
  /** The field that takes its place: with that one it is not needed. */
  readonly unless?: string;
  /** Hardly anybody needs it, so it is folded away. */
  readonly isRare?: boolean;
}

/** What a switch that is on looks like. */
export const ON = /^true$/;

/** One screen of connecting: what to do over there, and what to paste from there. */
export interface GuideStep {
  /** Its place in the address. */
  readonly name: string;
  readonly title: Key;
  /** What to do, in order. The other side's own words for its menus stand between two stars. */
  readonly how: readonly Key[];
  readonly note?: Key;
  /** Where it is done. */
  readonly link?: { readonly href: string; readonly words: Key };
  readonly fields?: readonly GuideField[];
}

/** What to tell about a refusal. */
export interface Problem {
  /** The field that it is about, by its name in the API. */
  readonly field?: string | undefined;
  readonly words: string;
  /** What the other side said, word for word. */
  readonly said?: string | undefined;
  /** What can be done at once beside trying again. */
  readonly remedy?: 'take-over' | 'look' | undefined;
}
