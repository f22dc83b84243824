import { MAX_NAME_LENGTH } from '#channels/bounds';
import { defined } from '#channels/fields';
import type { AskedProfile } from '#channels/inbound';
import type { Answer } from '#channels/result-of';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';

/** What is read of a person in an answer. Nothing of it is believed. */
export interface ClaimedProfile {
  readonly name?: unknown;
  /** Without `@`. */
  readonly username?: unknown;
}

/** Room for every name that can be seen, with what cannot be seen around it. */
const MOST_READ = 1024;

/** What an answer about a person tells. `read` finds their names in it, and does not throw. */
export function askedProfile<Result>(
  answer: Answer<Result>,
  read: (result: Result) => ClaimedProfile | undefined,
): AskedProfile {
  switch (answer.kind) {
    case 'ok': {
      const { name, username } = read(answer.result) ?? {};
      const profile = defined({ name: shown(name), username: shown(username) });
      return Object.keys(profile).length > 0 ? { kind: 'profile', profile } : { kind: 'unknown', why: 'no name' };
    }
    case 'refused':
      return { kind: 'unknown', why: `code ${cut(answer.code, 64)}` };
    case 'throttled':
      return { kind: 'unknown', why: 'throttled' };
    case 'unreachable':
      return { kind: 'unknown', why: 'unreachable' };
    default:
      return answer satisfies never;
  }
}

function shown(name: unknown): string | undefined {
  const visible = typeof name === 'string' ? visibleName(name.slice(0, MOST_READ)) : undefined;
  return visible === undefined ? undefined : cut(visible, MAX_NAME_LENGTH);
}
