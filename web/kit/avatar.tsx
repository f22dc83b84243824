import type { JSX } from 'preact';
import { MessengerMark } from './mark.tsx';

/** How many tints there are in kit.css. */
const TINTS = 7;

/** A round with the initials of a name, tinted by `seed`, and the mark of the messenger at its foot. */
export function Avatar({ name, seed, chatType }: { name: string; seed: string; chatType?: string }): JSX.Element {
  return (
    <span class={`avatar avatar-${tintOf(seed)}`} aria-hidden="true">
      {initialsOf(name)}
      {chatType && <MessengerMark chatType={chatType} />}
    </span>
  );
}

/** The first letters of the first and the last word; of a number, its last two digits. */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const first = words[0];
  if (first === undefined) return name.replace(/\D/g, '').slice(-2) || '#';
  const last = words.length > 1 ? words.at(-1)! : '';
  return (firstLetter(first) + firstLetter(last)).toUpperCase();
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}

function tintOf(seed: string): number {
  let sum = 0;
  for (let index = 0; index < seed.length; index += 1) sum = (sum * 31 + seed.charCodeAt(index)) >>> 0;
  return sum % TINTS;
}
