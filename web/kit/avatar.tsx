import type { JSX } from 'preact';
import { initialsOf } from './initials.ts';
import { MessengerMark } from './mark.tsx';

/** How many tints there are in avatar.css. */
const TINTS = 12;

/** A round with the initials of a name, tinted by `seed`, and the mark of the messenger at its foot. */
export function Avatar({ name, seed, chatType }: { name: string; seed: string; chatType?: string }): JSX.Element {
  return (
    <span class={`avatar avatar-${tintOf(seed)}`} aria-hidden="true">
      {initialsOf(name)}
      {chatType && <MessengerMark chatType={chatType} />}
    </span>
  );
}

function tintOf(seed: string): number {
  let sum = 0;
  for (let index = 0; index < seed.length; index += 1) sum = (sum * 31 + seed.charCodeAt(index)) >>> 0;
  return sum % TINTS;
}
