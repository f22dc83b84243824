import { beforeAll, expect, test } from 'vitest';
import { failureWords } from '../../web/parts/chat/failure-words.ts';
import { kindWords, noteWords, unknownWords } from '../../web/parts/chat/kind-words.ts';
import { speak } from '../../web/words/words.ts';

beforeAll(() => speak('en'));

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
  'a kind that is called %j breaks nothing',
  (name) => {
    const unknown = kindWords({ type: 'unknown' } as Parameters<typeof kindWords>[0]);

    expect(kindWords({ type: name, kind: name } as Parameters<typeof kindWords>[0])).toBe(unknown);
  },
);

test.each<[type: string, kind: string, note: string | undefined]>([
  ['image', 'story_mention', 'Mentioned you in a story'],
  ['text', 'wall', 'Post'],
  ['image', 'sticker', undefined],
  ['audio', 'voice', undefined],
  ['text', 'constructor', undefined],
])('above a message of type %s and kind %s stands %s', (type, kind, note) => {
  expect(noteWords({ type, kind })).toBe(note);
});

test.each<[type: string, kind: string | undefined, words: string]>([
  ['unsupported', 'money_transfer', 'Money transfer: to be seen in the messenger'],
  ['unsupported', 'new_thing', 'A message that Konvert does not know yet (new thing)'],
  ['unknown', undefined, 'A message that Konvert does not know yet'],
])('a message of type %s and kind %s that cannot be shown is: %s', (type, kind, words) => {
  expect(unknownWords({ type, ...(kind !== undefined && { kind }) })).toBe(words);
});

test.each<[error: string, reason: string | undefined, words: string]>([
  ['914', 'TOO_LONG_TEXT', 'The text is too long. (theirs)'],
  ['24_HOURS_EXCEEDED', undefined, 'The client has not written for 24 hours.'],
  ['400', 'GENERAL_ERROR', 'theirs'],
  ['400', undefined, 'theirs'],
  ['constructor', 'constructor', 'theirs'],
])('a failure with the code %s and the reason %s is told as: %s', (error, reason, words) => {
  expect(failureWords({ error, description: 'theirs', ...(reason !== undefined && { reason }) })).toBe(words);
});
