import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersToLower, type Chat, COUNTED_MESSAGES, reopenedFrom, viewChat } from '#domain/chat';
import {
  type ClientMessage,
  END_OF_KEYS,
  type Fact,
  FIRST_KEY,
  isOwnEcho,
  leastKey,
  type StillOwed,
  saidAt,
} from '#domain/fact';
import { covers, openMessages } from '#domain/open-messages';
import { seenOf, timeAfter } from '#domain/seen';
import { client, echo, keyAt, noReplyNeeded, reply, START, sawUntil, stillOwed } from './made-facts.ts';

const SEEN = sawUntil(5_000);

function view(facts: readonly Fact[], before?: Chat, read: { low?: string; whole?: boolean } = {}): Chat {
  return viewChat(before, { facts, low: FIRST_KEY, startedAt: START + 60_000, whole: true, ...read });
}

describe('viewChat', () => {
  const answered = [client({ at: 0 }), echo({ at: 5_000 })];
  const rows: { name: string; chat: Chat; expected: { [Field in keyof Chat]?: Chat[Field] | undefined } }[] = [
    {
      name: 'a question waits since it was asked',
      chat: view([client({ at: 0 })]),
      expected: { openKey: keyAt(0), unansweredSince: START, unansweredCount: 1 },
    },
    {
      name: 'of three questions the longest waiting leads',
      chat: view([client({ at: 0 }), client({ at: 1_000 }), client({ at: 2_000 })]),
      expected: { openKey: keyAt(0), unansweredSince: START, unansweredCount: 3 },
    },
    {
      name: 'an answered chat has nothing open',
      chat: view(answered),
      expected: { openKey: undefined, unansweredSince: undefined, unansweredCount: 0 },
    },
    {
      name: 'a time in the future counts as the time of receipt',
      chat: view([client({ at: 3_600_000, stored: 5 })]),
      expected: { openKey: keyAt(3_600_000), unansweredSince: START + 5, lastMessageAt: START + 5 },
    },
    {
      name: 'with a message of the future, the least key and the least time may be those of two messages',
      chat: view([client({ at: 9_000, stored: 9_000 }), client({ at: 3_600_000, stored: 5 })]),
      expected: { openKey: keyAt(9_000), unansweredSince: START + 5 },
    },
    {
      name: 'U8 exactly 200 are counted',
      chat: view(Array.from({ length: 200 }, (_, at) => client({ at }))),
      expected: { unansweredCount: 200 },
    },
    {
      name: 'U8 more than 200 count as 200, and the oldest still leads',
      chat: view(Array.from({ length: 201 }, (_, at) => client({ at }))),
      expected: { unansweredCount: COUNTED_MESSAGES, openKey: keyAt(0) },
    },
    {
      name: 'U6 a service notice opens nothing, and is the last message',
      chat: view([...answered, client({ at: 6_000, opens: false, content: { type: 'system' } })]),
      expected: { unansweredCount: 0, preview: '[system]', lastMessageAt: START + 6_000 },
    },
    { name: 'the preview is the text of the last message', chat: view(answered), expected: { preview: 'e5000' } },
    {
      name: 'U3 what a machine wrote is the last message, and no word of the team',
      chat: view([client({ at: 0 }), echo({ at: 60_000, by: 'automatic' })]),
      expected: { unansweredCount: 1, preview: 'e60000', lastMessageAt: START + 60_000, wordKey: keyAt(0) },
    },
    {
      name: 'the preview is the caption, if there is one',
      chat: view([client({ at: 0, content: { type: 'image', text: 'our shop' } })]),
      expected: { preview: 'our shop' },
    },
    {
      name: 'the preview is the type, if there is no text',
      chat: view([client({ at: 0, content: { type: 'image' } })]),
      expected: { preview: '[image]' },
    },
    {
      name: 'the preview is the type, if nothing of the text can be seen',
      chat: view([client({ at: 0, content: { type: 'document', text: '\u2063\u2800' } })]),
      expected: { preview: '[document]' },
    },
    {
      name: 'the preview is the kind rather than the type, if there is one',
      chat: view([client({ at: 0, content: { type: 'audio', kind: 'voice' } })]),
      expected: { preview: '[voice]' },
    },
    {
      name: 'the preview is at most 100 characters',
      chat: view([client({ at: 0, content: { type: 'text', text: 'x'.repeat(101) } })]),
      expected: { preview: 'x'.repeat(100) },
    },
    {
      name: 'the preview never ends in half a character',
      chat: view([client({ at: 0, content: { type: 'text', text: `${'x'.repeat(99)}😀` } })]),
      expected: { preview: 'x'.repeat(99) },
    },
    {
      name: 'the last message is the client’s',
      chat: view([client({ at: 0 })], view([echo({ at: -5_000 })])),
      expected: { lastBy: undefined },
    },
    {
      name: 'the last message is the team’s, by Konvert',
      chat: view([reply({ at: 0 })]),
      expected: { lastBy: 'team' },
    },
    { name: 'the last message is the team’s, by phone', chat: view(answered), expected: { lastBy: 'team' } },
    {
      name: 'the last message is the team’s and was refused',
      chat: view([client({ at: 0 }), reply({ at: 5_000, refused: 1 })]),
      expected: { lastBy: 'refused' },
    },
    {
      name: 'what was refused is no longer the last',
      chat: view([reply({ at: 0, refused: 1 }), reply({ at: 5_000 })]),
      expected: { lastBy: 'team' },
    },
    {
      name: 'a decision is no message: the last message stays the team’s',
      chat: view([noReplyNeeded({ at: 6_000, covers: SEEN })], view(answered)),
      expected: { lastBy: 'team' },
    },
    {
      name: 'U4 an import of the client after the team’s message',
      chat: view([client({ at: 9_000, opens: false, history: true })], view([echo({ at: 0 })])),
      expected: { lastBy: 'team' },
    },
    {
      name: 'U4 an import moves nothing in a chat in which somebody wrote',
      chat: view([client({ at: 0 }), client({ at: 9_000, opens: false, history: true })]),
      expected: { preview: 'm0', lastMessageAt: START, lastKey: keyAt(0), imported: undefined, unansweredCount: 1 },
    },
    {
      name: 'U4 nor does one that is read alone',
      chat: view([echo({ at: 9_000, history: true })], view([client({ at: 0 })])),
      expected: { preview: 'm0', lastMessageAt: START, lastKey: keyAt(0), imported: undefined },
    },
    {
      name: 'U4 a chat that has nothing but an import shows its newest line',
      chat: view([client({ at: 0, opens: false, history: true }), echo({ at: 9_000, history: true })]),
      expected: { preview: 'e9000', lastMessageAt: START + 9_000, imported: true, wordKey: '', client: undefined },
    },
    {
      name: 'U4 its time is that of its newest line, although an older one was stored later',
      chat: view(
        [client({ at: 20_000, stored: 30_000, opens: false, history: true })],
        view([echo({ at: 60_000, stored: 0, history: true })]),
      ),
      expected: { preview: 'e60000', lastMessageAt: START },
    },
    {
      name: 'U4 it gives way to the first message, also to one that is older',
      chat: view([client({ at: 0 })], view([echo({ at: 9_000, history: true })])),
      expected: { preview: 'm0', lastMessageAt: START, lastKey: keyAt(0), imported: undefined, unansweredCount: 1 },
    },
    {
      name: 'U4 it gives way to a message that a machine wrote, and to a notice',
      chat: view([client({ at: 0, opens: false })], view([client({ at: 9_000, opens: false, history: true })])),
      expected: { preview: 'm0', lastKey: keyAt(0), imported: undefined },
    },
    {
      name: 'U4 it stays what is shown while nothing is said',
      chat: view(
        [noReplyNeeded({ at: 10_000, covers: SEEN })],
        view([client({ at: 9_000, opens: false, history: true })]),
      ),
      expected: { preview: 'm9000', lastKey: keyAt(9_000), imported: true },
    },
    {
      name: 'U4 an import does not hide "no reply needed"',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN }),
        echo({ at: 60_000, history: true }),
        client({ at: 61_000, opens: false, history: true }),
      ]),
      expected: { unansweredCount: 0, noReplyNeeded: { key: keyAt(6_000, 'n6000'), at: START + 6_000 } },
    },
    {
      name: '"no reply needed" is not a message: preview and time stay',
      chat: view([client({ at: 0 }), noReplyNeeded({ at: 6_000, covers: SEEN })]),
      expected: { preview: 'm0', lastMessageAt: START, lastKey: keyAt(0) },
    },
    {
      name: 'the time of the last message only grows',
      chat: view([client({ at: 0 })], view([client({ at: 5_000 })])),
      expected: { lastMessageAt: START + 5_000, preview: 'm5000', lastKey: keyAt(5_000) },
    },
    {
      name: 'U5 "no reply needed" is shown with who, when and why',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN, author: { id: '17' }, reason: 'thanks only' }),
      ]),
      expected: {
        unansweredCount: 0,
        noReplyNeeded: { key: keyAt(6_000, 'n6000'), userId: '17', at: START + 6_000, reason: 'thanks only' },
      },
    },
    {
      name: 'U5 "no reply needed" is hidden once the client wrote again',
      chat: view([client({ at: 0 }), noReplyNeeded({ at: 6_000, covers: SEEN }), client({ at: 7_000 })]),
      expected: { unansweredCount: 1, noReplyNeeded: undefined },
    },
    {
      name: 'U5 "no reply needed" is hidden once somebody replied',
      chat: view([client({ at: 0 }), noReplyNeeded({ at: 6_000, covers: SEEN }), reply({ at: 7_000 })]),
      expected: { unansweredCount: 0, noReplyNeeded: undefined },
    },
    {
      name: 'U5 a service notice does not hide "no reply needed"',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN }),
        client({ at: 7_000, opens: false, content: { type: 'system' } }),
      ]),
      expected: { noReplyNeeded: { key: keyAt(6_000, 'n6000'), at: START + 6_000 } },
    },
    {
      name: 'U5 a withdrawn "no reply needed" is neither shown nor counted',
      chat: view([client({ at: 0 }), noReplyNeeded({ at: 6_000, covers: SEEN, withdrawnAt: START + 7_000 })]),
      expected: { unansweredCount: 1, noReplyNeeded: undefined },
    },
    {
      name: 'U5 an older "no reply needed" that stands is shown in place of a withdrawn one',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN }),
        noReplyNeeded({ at: 7_000, covers: SEEN, withdrawnAt: START + 8_000 }),
      ]),
      expected: { unansweredCount: 0, noReplyNeeded: { key: keyAt(6_000, 'n6000'), at: START + 6_000 } },
    },
    {
      name: 'U5 a "no reply needed" that is older than the read stays',
      chat: view(
        [client({ at: 9_000, opens: false })],
        view([client({ at: 0 }), noReplyNeeded({ at: 6_000, covers: SEEN })]),
        { low: keyAt(9_000) },
      ),
      expected: { noReplyNeeded: { key: keyAt(6_000, 'n6000'), at: START + 6_000 } },
    },
    {
      name: 'U5 a "no reply needed" stands although a machine wrote after it',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN }),
        echo({ at: 60_000, by: 'automatic' }),
      ]),
      expected: { unansweredCount: 0, noReplyNeeded: { key: keyAt(6_000, 'n6000'), at: START + 6_000 } },
    },
    {
      name: 'the client is the newest client message, with the connection that it came by',
      chat: view([client({ at: 0, via: 'b1' }), client({ at: 1_000 }), echo({ at: 2_000 })]),
      expected: { client: { key: keyAt(1_000) } },
    },
    {
      name: 'a notice does not replace the connection of the newest message, in whatever order they came',
      chat: view([client({ at: 0, via: 'b1' })], view([client({ at: 1_000, opens: false })])),
      expected: { client: { key: keyAt(0), via: 'b1' } },
    },
    {
      name: 'the topic is that of the newest client message: of the chat itself after one outside of topics',
      chat: view([client({ at: 0, topic: 't1' }), client({ at: 1_000 })]),
      expected: { client: { key: keyAt(1_000) } },
    },
    {
      name: 'the topic stays if a notice in another one came later, or an older message was delivered late',
      chat: view(
        [client({ at: 0, topic: 't1' }), client({ at: 2_000, topic: 't3', opens: false })],
        view([client({ at: 1_000, topic: 't2' })]),
      ),
      expected: { client: { key: keyAt(1_000), topic: 't2' } },
    },
    {
      name: 'U9 while an answer is owed, the chat says who owes it, and not that no reply is needed',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN }),
        stillOwed({ at: 7_000, of: keyAt(0), author: { id: '17', name: 'Anna' } }),
      ]),
      expected: {
        unansweredCount: 1,
        unansweredSince: START + 7_000,
        openKey: keyAt(0),
        stillOwed: { userId: '17', at: START + 7_000 },
        noReplyNeeded: undefined,
        preview: 'm0',
        lastKey: keyAt(0),
      },
    },
    {
      name: 'U9 taken back, it leaves the "no reply needed" that stood before',
      chat: view([
        client({ at: 0 }),
        noReplyNeeded({ at: 6_000, covers: SEEN }),
        stillOwed({ at: 7_000, of: keyAt(0), withdrawnAt: START + 8_000 }),
      ]),
      expected: {
        unansweredCount: 0,
        stillOwed: undefined,
        noReplyNeeded: { key: keyAt(6_000, 'n6000'), at: START + 6_000 },
      },
    },
    {
      name: 'U9 a flood that is read in part goes on being owed',
      chat: view(
        [client({ at: 9_000 })],
        { ...view([client({ at: 0 }), stillOwed({ at: 7_000, of: keyAt(0) })]), unansweredCount: COUNTED_MESSAGES },
        { whole: false },
      ),
      expected: { stillOwed: { at: START + 7_000 } },
    },
    {
      name: 'the client stays if only older messages were read',
      chat: view([client({ at: 0 })], view([client({ at: 1_000, via: 'b1' })])),
      expected: { client: { key: keyAt(1_000), via: 'b1' } },
    },
    {
      name: 'what the fold saw is everything that it counted',
      chat: view([client({ at: 0 }), client({ at: 1_000 })]),
      expected: { seen: { from: keyAt(0), low: FIRST_KEY, upTo: keyAt(1_000), at: START + 50_000, ids: [] } },
    },
  ];

  test.each(rows)('$name', ({ chat, expected }) => {
    const asked = Object.keys(expected) as (keyof Chat)[];
    expect(Object.fromEntries(asked.map((field) => [field, chat[field]]))).toEqual(expected);
  });

  const named: { name: string; facts: Fact[]; profile: Chat['profile'] | undefined }[] = [
    {
      name: 'of two names the newer one counts',
      facts: [client({ at: 0, author: { name: 'Old' } }), client({ at: 1_000, author: { name: 'New' } })],
      profile: { key: keyAt(1_000), name: 'New' },
    },
    {
      name: 'a notice tells a name as a message does',
      facts: [client({ at: 0, opens: false, author: { name: 'Anna', username: 'anna' } })],
      profile: { key: keyAt(0), name: 'Anna', username: 'anna' },
    },
    {
      name: 'an echo tells the name of its client, never that of its author',
      facts: [echo({ at: 0, author: { name: 'Team' }, client: { name: 'Anna' } })],
      profile: { key: keyAt(0, 'e0'), name: 'Anna' },
    },
    {
      name: 'an import tells none',
      facts: [client({ at: 0, history: true, opens: false, author: { name: 'Anna' } })],
      profile: undefined,
    },
    { name: 'a reply tells none', facts: [reply({ at: 0, author: { name: 'Team' } })], profile: undefined },
    {
      name: 'a later message without a name takes no known name away',
      facts: [client({ at: 0, author: { name: 'Anna' } }), client({ at: 1_000 })],
      profile: { key: keyAt(0), name: 'Anna' },
    },
    {
      name: 'nor does one with an invisible name and a username',
      facts: [
        client({ at: 0, author: { name: 'Anna', username: 'anna' } }),
        client({ at: 1_000, author: { name: '\u3164\u200d', username: 'other' } }),
      ],
      profile: { key: keyAt(0), name: 'Anna', username: 'anna' },
    },
    {
      name: 'a username goes with the name that comes without one',
      facts: [
        client({ at: 0, author: { name: 'Anna', username: 'anna' } }),
        client({ at: 1_000, author: { name: 'Anna' } }),
      ],
      profile: { key: keyAt(1_000), name: 'Anna' },
    },
    {
      name: 'without any name the newest username counts',
      facts: [client({ at: 0, author: { username: 'old' } }), client({ at: 1_000, author: { username: 'new' } })],
      profile: { key: keyAt(1_000), username: 'new' },
    },
  ];

  test.each(named)('the profile: $name, in whatever order and however many at once they come', ({ facts, profile }) => {
    const one = facts[0] as Fact;
    expect(view(facts).profile).toEqual(profile);
    expect(view(facts.slice(1), view([one])).profile).toEqual(profile);
    expect(view([one], view(facts.slice(1))).profile).toEqual(profile);
  });

  test('a chat in which only the team wrote is answered, and has no client', () => {
    const chat = view([reply({ at: 0 })]);

    expect(chat).toMatchObject({ unansweredCount: 0, preview: 'r0', lastMessageAt: START });
    expect(chat).not.toHaveProperty('openKey');
    expect(chat).not.toHaveProperty('client');
  });
});

describe('a flood that was read only from newsFrom on', () => {
  const before = view(Array.from({ length: 250 }, (_, at) => client({ at: at * 10 })));

  const rows: { name: string; facts: Fact[]; expected: Partial<Chat> }[] = [
    {
      name: 'a newer message changes neither the count of 200, nor the oldest, nor what was seen',
      facts: [client({ at: 9_000 })],
      expected: {
        unansweredCount: 200,
        openKey: keyAt(0),
        unansweredSince: START,
        seen: before.seen,
        preview: 'm9000',
      },
    },
    {
      name: 'an older message that is delivered late leads',
      facts: [client({ at: -5, stored: 9_000 })],
      expected: { unansweredCount: 200, openKey: keyAt(-5), unansweredSince: START - 5, seen: before.seen },
    },
    {
      name: 'a service notice changes nothing but the last message',
      facts: [client({ at: 9_000, opens: false, content: { type: 'system' } })],
      expected: { unansweredCount: 200, openKey: keyAt(0), unansweredSince: START, preview: '[system]' },
    },
  ];

  test.each(rows)('$name', ({ facts, expected }) => {
    expect(view(facts, before, { low: facts[0]!.key, whole: false })).toMatchObject(expected);
  });

  test('200,000 messages can be counted', () => {
    const facts = Array.from({ length: 200_000 }, (_, at) => client({ at }));

    expect(view([...facts, echo({ at: 205_000 })])).toMatchObject({ unansweredCount: 0 });
    expect(view(facts)).toMatchObject({ unansweredCount: 200, openKey: keyAt(0) });
    expect(reopenedFrom(facts, undefined)).toBe(END_OF_KEYS);
    expect(answersToLower([...facts, reply({ at: 200_000, covers: sawUntil(200_000) })])).toHaveLength(1);
  });
});

describe('reopenedFrom', () => {
  const from = { covers: sawUntil(5_000, { from: keyAt(-9_000) }) };
  const before = view([client({ at: 1_000 })]);
  const service = view([client({ at: 0, opens: false })]);
  const rows: { name: string; facts: Fact[]; before?: Chat; expected: string }[] = [
    {
      name: 'from nowhere, if no answer was refused or withdrawn',
      facts: [client({ at: 0 }), reply({ at: 6_000, ...from })],
      expected: END_OF_KEYS,
    },
    {
      name: 'from the beginning of what a refused reply covered',
      facts: [reply({ at: 6_000, ...from, refused: 1 })],
      expected: keyAt(-9_000),
    },
    {
      name: 'from nowhere, if a refused reply covered nothing',
      facts: [reply({ at: 6_000, refused: 1 })],
      expected: END_OF_KEYS,
    },
    {
      name: 'from the least of all that were refused in the window',
      facts: [
        reply({ at: 6_000, covers: sawUntil(5_000, { from: keyAt(-100) }), refused: 1 }),
        reply({ at: 7_000, ...from, refused: 2 }),
      ],
      expected: keyAt(-9_000),
    },
    {
      name: 'from the beginning of what a withdrawn "no reply needed" covered',
      facts: [noReplyNeeded({ at: 6_000, ...from, withdrawnAt: START })],
      before,
      expected: keyAt(-9_000),
    },
    {
      name: 'U9 from the message to which an answer is owed, if nobody took that back',
      facts: [stillOwed({ at: 6_000, of: keyAt(-9_000) })],
      expected: keyAt(-9_000),
    },
    {
      name: 'U9 from nowhere, if it was taken back',
      facts: [stillOwed({ at: 6_000, of: keyAt(-9_000), withdrawnAt: START })],
      expected: END_OF_KEYS,
    },
    {
      name: 'from the last word on, if the withdrawn one covered nothing, because another may stand there',
      facts: [noReplyNeeded({ at: 6_000, covers: SEEN, withdrawnAt: START })],
      before,
      expected: keyAt(1_000),
    },
    {
      name: 'from the beginning, if one was withdrawn in a chat that is not stored yet',
      facts: [noReplyNeeded({ at: 6_000, covers: SEEN, withdrawnAt: START })],
      expected: FIRST_KEY,
    },
    {
      name: 'from the beginning, which is never empty, if one was withdrawn in a chat of service notices only',
      facts: [noReplyNeeded({ at: 6_000, covers: SEEN, withdrawnAt: START })],
      before: service,
      expected: FIRST_KEY,
    },
    {
      name: 'from nowhere, for an echo that may be ours',
      facts: [echo({ at: 6_000, from: keyAt(-9_000) })],
      expected: END_OF_KEYS,
    },
    {
      name: 'from the beginning of what an echo had closed that is ours',
      facts: [echo({ at: 6_000, by: 'us', from: keyAt(-9_000), ours: keyAt(5_500) })],
      expected: keyAt(-9_000),
    },
    {
      name: 'from the reply of an echo that closed nothing, for the chat may have counted the echo as its last message',
      facts: [echo({ at: 6_000, by: 'us', from: keyAt(6_000, 'e6000'), ours: keyAt(5_500) })],
      expected: keyAt(5_500),
    },
    {
      name: 'from the beginning of what its reply covered, if that is refused as well',
      facts: [
        reply({ at: 5_500, id: 'r', ...from, refused: 1 }),
        echo({ at: 6_000, by: 'us', from: keyAt(6_000, 'e6000'), ours: keyAt(5_500, 'r') }),
      ],
      expected: keyAt(-9_000),
    },
    {
      name: 'from the time at which such a reply was stored, if its key lies in the future',
      facts: [
        reply({ at: 5_500, stored: 5_000, id: 'r' }),
        echo({ at: 6_000, by: 'us', from: keyAt(6_000, 'e6000'), ours: keyAt(5_500, 'r') }),
      ],
      expected: keyAt(5_000, ''),
    },
  ];

  test.each(rows)('$name', ({ facts, before: chat, expected }) => {
    expect(reopenedFrom(facts, chat)).toBe(expected);
  });
});

describe('answersToLower', () => {
  const rows: { name: string; facts: Fact[]; lowered: { key: string; from: string }[] }[] = [
    {
      name: 'a reply that covers a message older than its own from',
      facts: [client({ at: 0 }), reply({ at: 6_000, covers: sawUntil(5_000, { from: keyAt(100) }) })],
      lowered: [{ key: keyAt(6_000, 'r6000'), from: keyAt(0) }],
    },
    {
      name: 'a reply, down to the oldest that it covers',
      facts: [client({ at: 0 }), client({ at: 1 }), reply({ at: 6_000, covers: SEEN })],
      lowered: [{ key: keyAt(6_000, 'r6000'), from: keyAt(0) }],
    },
    {
      name: '"no reply needed" as well',
      facts: [client({ at: 0 }), noReplyNeeded({ at: 6_000, covers: SEEN })],
      lowered: [{ key: keyAt(6_000, 'n6000'), from: keyAt(0) }],
    },
    {
      name: 'not a reply with a from that is low enough',
      facts: [client({ at: 0 }), reply({ at: 6_000, covers: sawUntil(5_000, { from: keyAt(0) }) })],
      lowered: [],
    },
    {
      name: 'not a reply that does not cover the older message',
      facts: [client({ at: 0, stored: 9_000 }), reply({ at: 6_000, covers: SEEN })],
      lowered: [],
    },
    {
      name: 'not a reply to a message that opens nothing',
      facts: [client({ at: 0, opens: false }), reply({ at: 6_000, covers: SEEN })],
      lowered: [],
    },
    {
      name: 'an echo that may be ours',
      facts: [client({ at: 0 }), echo({ at: 5_000, from: keyAt(5_000, 'e5000') })],
      lowered: [{ key: keyAt(5_000, 'e5000'), from: keyAt(0) }],
    },
    {
      name: 'not an echo that is ours',
      facts: [client({ at: 0 }), echo({ at: 5_000, by: 'us', from: keyAt(5_000, 'e5000') })],
      lowered: [],
    },
    {
      name: 'neither answers that no longer stand, nor echoes',
      facts: [
        client({ at: 0 }),
        echo({ at: 5_000 }),
        reply({ at: 6_000, covers: SEEN, refused: 1 }),
        noReplyNeeded({ at: 6_000, covers: SEEN, withdrawnAt: START }),
        reply({ at: 6_001 }),
      ],
      lowered: [],
    },
  ];

  test.each(rows)('$name', ({ facts, lowered }) => {
    expect(answersToLower(facts).map(({ key, from }) => ({ key, from }))).toEqual(lowered);
  });
});

/** One thing that happens in a chat, at its time (ms). An answer sees what is stored by then. */
const happening = fc.record({
  kind: fc.constantFrom(
    'client',
    'client',
    'system',
    'echo',
    'automatic',
    'imported',
    'imported-echo',
    'own-echo',
    'reply',
    'silent-reply',
    'no-reply-needed',
    'still-owed',
  ),
  at: fc.integer({ min: 0, max: 60_000 }),
  /** From the time when it was said to the time when it is stored; negative if the messenger's clock is fast. */
  late: fc.oneof(fc.constant(0), fc.integer({ min: -5_000, max: 30_000 })),
  fallen: fc.boolean(),
});

function happen(happenings: readonly { kind: string; at: number; late: number; fallen: boolean }[]): Fact[] {
  const byStorage = happenings.map((one, index) => ({ ...one, index, stored: Math.max(0, one.at + one.late) }));
  const facts: Fact[] = [];
  for (const { kind, at, stored, fallen, index } of byStorage.sort((a, b) => a.stored - b.stored)) {
    const said = inOrder(facts);
    const covered = seenOf({
      facts: said,
      low: FIRST_KEY,
      openKey: openMessages(said)[0]?.key,
      startedAt: START + stored,
    });
    const made = { at, stored, id: `${kind}${index}` };
    const after = { ...made, at: timeAfter(covered, START + stored) - START };
    if (kind === 'client' || kind === 'system') facts.push(client({ ...made, opens: kind === 'client' }));
    else if (kind === 'echo') facts.push(echo(made));
    else if (kind === 'imported') facts.push(client({ ...made, opens: false, history: true }));
    else if (kind === 'imported-echo') facts.push(echo({ ...made, history: true }));
    else if (kind === 'automatic') facts.push(echo({ ...made, by: 'automatic' }));
    else if (kind === 'own-echo') {
      const ours = facts.findLast((fact) => fact.kind === 'reply')?.key;
      const own = ours === undefined ? {} : ({ by: 'us', ours } as const);
      facts.push(echo({ ...made, ...own, from: keyAt(at, made.id) }));
    } else if (kind === 'still-owed') {
      const of = said.findLast((fact) => fact.kind === 'client' && fact.opens)?.key;
      const owed = of === undefined ? [] : [stillOwed({ ...after, of })];
      facts.push(...owed.map((one) => (fallen ? { ...one, withdrawnAt: START + stored + 1 } : one)));
    } else if (kind === 'no-reply-needed') {
      const answer = noReplyNeeded({ ...after, covers: covered });
      facts.push(fallen ? { ...answer, withdrawnAt: START + stored + 1 } : answer);
    } else {
      const answer = reply({ ...after, ...(kind === 'reply' && { covers: covered }) });
      facts.push(fallen ? { ...answer, refused: 1 } : answer);
    }
  }
  return facts;
}

function inOrder(facts: readonly Fact[]): Fact[] {
  return facts.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/** Applies the rules as the fold does: reads from the oldest key that can matter, and further back for fallen answers. */
function fold(before: Chat | undefined, stored: readonly Fact[], newsFrom: string): { chat: Chat; lowered: Fact[] } {
  let low = leastKey(before?.openKey, newsFrom);
  for (;;) {
    const facts = inOrder(stored).filter(({ key }) => key >= low);
    const wider = reopenedFrom(facts, before);
    if (wider >= low) {
      const lower = new Map(answersToLower(facts).map(({ key, from }) => [key, from]));
      const lowered = stored.map((fact) => {
        const from = lower.get(fact.key);
        if (from === undefined || fact.kind === 'client' || fact.kind === 'still-owed') return fact;
        return fact.kind === 'echo' ? { ...fact, from } : { ...fact, covers: { ...fact.covers!, from } };
      });
      return { chat: viewChat(before, { facts, low, startedAt: START, whole: true }), lowered };
    }
    low = wider;
  }
}

function isLater(one: Fact, other: Fact): boolean {
  return one.storedAt === other.storedAt ? one.key > other.key : one.storedAt > other.storedAt;
}

function standing(fact: Fact): Fact {
  const {
    refused: _refused,
    withdrawnAt: _withdrawnAt,
    ours: _ours,
    ...rest
  } = fact as Fact & { refused?: 1; withdrawnAt?: 1; ours?: string; by?: string };
  const { by: _by, ...unmarked } = rest;
  return (isOwnEcho(fact) ? unmarked : rest) as Fact;
}

describe('I1 the state is a function of the set of facts', () => {
  const history = fc
    .array(happening, { minLength: 1, maxLength: 12 })
    .map(happen)
    .filter(({ length }) => length > 0);
  const shuffled = history.chain((facts) =>
    fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
  );

  test('the order of facts changes neither what is open, nor what was reopened, nor what has to be lowered', () => {
    fc.assert(
      fc.property(shuffled, ([facts, mixed]) => {
        expect(inOrder(openMessages(mixed))).toEqual(openMessages(inOrder(facts)));
        expect(reopenedFrom(mixed, undefined)).toBe(reopenedFrom(facts, undefined));
        expect(new Set(answersToLower(mixed))).toEqual(new Set(answersToLower(facts)));
        expect(view(inOrder(mixed))).toEqual(view(inOrder(facts)));
      }),
    );
  });

  test('no answer covers what it could not have seen, and the count is that of the open messages', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const chat = view(inOrder(facts));
        const messages = facts.filter((fact) => fact.kind === 'client' && fact.opens) as ClientMessage[];
        const since = messages.flatMap((message) => {
          const answers = facts.filter((answer) => covers(answer, message));
          if (answers.length === 0) return [saidAt(message)];
          const owed = facts.filter((fact) => fact.kind === 'still-owed' && fact.of === message.key) as StillOwed[];
          const stands = owed.filter((one) => one.withdrawnAt === undefined && !answers.some((a) => isLater(a, one)));
          return stands.length === 0 ? [] : [Math.min(...stands.map(({ storedAt }) => storedAt))];
        });

        expect(chat.unansweredCount).toBe(since.length);
        expect(chat.unansweredSince).toBe(since.length === 0 ? undefined : Math.min(...since));
        for (const answer of facts.filter(({ kind }) => kind === 'reply' || kind === 'no-reply-needed')) {
          for (const message of facts.filter(({ kind }) => kind === 'client')) {
            if (covers(answer, message as ClientMessage)) expect(message.storedAt).toBeLessThanOrEqual(answer.storedAt);
          }
        }
      }),
    );
  });

  test('facts folded one by one, in any order, with answers that fall at any time, end as if counted at once', () => {
    fc.assert(
      fc.property(shuffled, fc.infiniteStream(fc.boolean()), ([, arrivals], falls) => {
        let stored: Fact[] = [];
        let chat: Chat | undefined;
        const fallen: Fact[] = [];
        for (const fact of arrivals) {
          // Only the record of a send marks an echo, so its reply is there.
          const later = falls.next().value === true || isOwnEcho(fact);
          if (later) fallen.push(fact);
          stored.push(later ? standing(fact) : fact);
          ({ chat, lowered: stored } = fold(chat, stored, fact.key));
        }
        for (const { key, ...marks } of fallen) {
          const { covers: _covers, from: _from, ...mark } = marks as Fact & { covers?: unknown; from?: string };
          stored = stored.map((fact) => (fact.key === key ? ({ ...fact, ...mark } as Fact) : fact));
          ({ chat, lowered: stored } = fold(chat, stored, key));
        }

        const { seen: _seen, ...state } = chat!;
        const { seen: _whole, ...expected } = view(inOrder(stored));
        expect(state).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
