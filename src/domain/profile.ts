import { type Fact, isHistory } from './fact.ts';
import type { Profile } from './message.ts';

/** The profile of a chat's client, with the key of the fact that told it. */
export interface KnownProfile extends Profile {
  readonly key: string;
}

/**
 * What nobody sees: https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point, controls, separators, and four
 * that Unicode counts as visible: the blank of braille, the empty notehead, and what annotates text and hieroglyphs.
 */
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Z}\u2800\u{1D159}\uFFF9-\uFFFB\u{13430}-\u{13440}`;
/** A combining mark shows nothing without a sign to stand on. */
const SEEN = `[^${INVISIBLE}\\p{M}]`;
/** The invisible that belongs to a sign: the looks of an emoji or ideograph, and the tags of a flag. */
const LOOKS = String.raw`(?:(?<=[\p{Emoji}\p{Ideographic}])\p{Variation_Selector})?`;
const TAGS = String.raw`(?:(?<=\u{1F3F4})[\u{E0020}-\u{E007E}]+\u{E007F})?`;
const MARKS = String.raw`[\p{M}--\p{Default_Ignorable_Code_Point}]*`;
/** From the first visible sign to the last, with what belongs to it. */
const VISIBLE = new RegExp(`${SEEN}(?:.*${SEEN})?${LOOKS}${TAGS}${MARKS}`, 'sv');

/** The name without invisible characters around it. Undefined if nothing of it can be seen. */
export function visibleName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : VISIBLE.exec(name)?.[0];
}

/** Whether something of the text can be seen. */
export function isSeen(text: string): boolean {
  return visibleName(text) !== undefined;
}

/** The name by which a person is shown: their own, else `@username`. Undefined if neither is known. */
export function nameOf({ name, username }: Profile): string | undefined {
  const visible = visibleName(username);
  return visibleName(name) ?? (visible === undefined ? undefined : `@${visible}`);
}

/**
 * What the fact tells of the client: their own message by its author, an echo by what came with it. An import tells
 * nothing, so that a chat need not be read back to its beginning because of one.
 */
export function profileOf(fact: Fact): KnownProfile | undefined {
  if (isHistory(fact)) return undefined;
  const told = fact.kind === 'client' ? fact.author : fact.kind === 'echo' ? fact.client : undefined;
  const name = visibleName(told?.name);
  const username = visibleName(told?.username);
  if (name === undefined && username === undefined) return undefined;
  return { key: fact.key, ...(name !== undefined && { name }), ...(username !== undefined && { username }) };
}

/**
 * The newest of the profiles with a name, else the newest. One without a name takes no name away, in whatever order
 * they come.
 */
export function newestProfile(profiles: readonly (KnownProfile | undefined)[]): KnownProfile | undefined {
  return profiles.reduce(
    (best, profile) => (best && !(profile && isBetter(profile, best)) ? best : profile),
    undefined,
  );
}

function isBetter(one: KnownProfile, other: KnownProfile): boolean {
  const [named, otherNamed] = [one.name !== undefined, other.name !== undefined];
  return named === otherNamed ? one.key > other.key : named;
}

/** Whether both say the same of the person. */
export function isSameProfile(one: Profile | undefined, other: Profile | undefined): boolean {
  return one?.name === other?.name && one?.username === other?.username;
}
