import { describe, expect, test } from 'vitest';
import {
  type Became,
  eventKey,
  eventsOfFact,
  eventsOfOutcome,
  placeOfChannelEvent,
  subjectOfChannel,
  subjectOfChat,
} from '#domain/event';
import type { Fact } from '#domain/fact';
import { chatKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { client, echo, keyAt, noReplyNeeded, reply, START, sawUntil } from './made-facts.ts';

const CHAT = chatKey({ channelId: 'c1', chatType: 'telegram', chatId: '5' });

const WEEK = 7 * 24 * 3_600_000;

/** The ids and orders of events, times after START. */
function places(events: readonly { readonly id: string; readonly order: number }[]) {
  return events.map(({ id, order }) => ({ id, order: order - START }));
}

const idOf = (fact: Fact) => messageIdOf(CHAT, fact.key);

describe('C2 a fact is told', () => {
  test.each([
    { name: 'a message of the client', fact: client({ at: 100, stored: 150 }) },
    { name: 'an echo', fact: echo({ at: 100, stored: 150 }) },
    { name: 'an echo that a machine wrote', fact: echo({ at: 100, stored: 150, by: 'automatic' }) },
  ])('$name, at the time of its storage', ({ fact }) => {
    const events = eventsOfFact(CHAT, fact);

    expect(places(events)).toEqual([{ id: `message#${idOf(fact)}`, order: 150 }]);
    expect(events[0]?.event).toEqual({ what: 'message', chat: CHAT, fact: fact.key });
  });

  test.each([
    { name: 'a reply before its first status', fact: reply({ at: 100 }) },
    { name: 'the line of an edit', fact: client({ at: 100, fromEdit: true, opens: false }) },
    { name: 'a message that an import brought', fact: client({ at: 100, history: true, opens: false }) },
    { name: 'an echo that an import brought', fact: echo({ at: 100, history: true }) },
    { name: 'a "no reply needed"', fact: noReplyNeeded({ at: 100, covers: sawUntil(50) }) },
  ])('but not $name', ({ fact }) => {
    expect(eventsOfFact(CHAT, fact)).toEqual([]);
  });
});

describe('C2 what became of a message is told', () => {
  const ours = reply({ at: 100, stored: 90 });
  const theirs = client({ at: 100, stored: 150 });
  const told = `message#${idOf(ours)}`;

  test.each<{ name: string; fact: Fact; became: Became; expected: object[] }>([
    {
      name: 'a first status as message and status',
      fact: ours,
      became: { status: 'sent', attempt: 1, statusAt: START + 400 },
      expected: [
        { id: told, order: 90 },
        { id: `status#${idOf(ours)}#sent#1`, order: 400 },
      ],
    },
    {
      name: 'a later status with the same message before it',
      fact: ours,
      became: { status: 'error', attempt: 2, statusAt: START + 900 },
      expected: [
        { id: told, order: 90 },
        { id: `status#${idOf(ours)}#error#2`, order: 900 },
      ],
    },
    {
      name: 'a second status ten days later alone, because the message was told with the first',
      fact: ours,
      became: { status: 'sent', attempt: 2, statusAt: START + 10 * 24 * 3_600_000 },
      expected: [{ id: `status#${idOf(ours)}#sent#2`, order: 10 * 24 * 3_600_000 }],
    },
    {
      name: 'a first status ten days later, with the message, because it was not told before',
      fact: ours,
      became: { status: 'sent', attempt: 1, statusAt: START + 10 * 24 * 3_600_000 },
      expected: [
        { id: told, order: 90 },
        { id: `status#${idOf(ours)}#sent#1`, order: 10 * 24 * 3_600_000 },
      ],
    },
    {
      name: 'a status of a clock that is behind, not before its message',
      fact: ours,
      became: { status: 'sent', attempt: 1, statusAt: START + 80 },
      expected: [
        { id: told, order: 90 },
        { id: `status#${idOf(ours)}#sent#1`, order: 90 },
      ],
    },
    {
      name: 'a status of an earlier release, at the time of its message',
      fact: ours,
      became: { status: 'sent', attempt: 1 },
      expected: [
        { id: told, order: 90 },
        { id: `status#${idOf(ours)}#sent#1`, order: 90 },
      ],
    },
    {
      name: 'an edit, with its number, and the message before it',
      fact: theirs,
      became: { edit: { at: START + 300, sequence: 7 } },
      expected: [
        { id: `message#${idOf(theirs)}`, order: 150 },
        { id: `edit#${idOf(theirs)}#${START + 300}.7`, order: 300 },
      ],
    },
    {
      name: 'an edit a day later alone, because the message was told long ago',
      fact: theirs,
      became: { edit: { at: START + 150 + 24 * 3_600_000 } },
      expected: [{ id: `edit#${idOf(theirs)}#${START + 150 + 24 * 3_600_000}.0`, order: 150 + 24 * 3_600_000 }],
    },
    {
      name: 'an edit by a slow clock, not before its message',
      fact: theirs,
      became: { edit: { at: START + 120 } },
      expected: [
        { id: `message#${idOf(theirs)}`, order: 150 },
        { id: `edit#${idOf(theirs)}#${START + 120}.0`, order: 151 },
      ],
    },
    {
      name: 'a deletion',
      fact: theirs,
      became: { deletedAt: START + 500 },
      expected: [
        { id: `message#${idOf(theirs)}`, order: 150 },
        { id: `deletion#${idOf(theirs)}`, order: 500 },
      ],
    },
    {
      name: 'an edit and a deletion of a reply in the messenger',
      fact: ours,
      became: { edit: { at: START + 300 }, deletedAt: START + 500 },
      expected: [
        { id: told, order: 90 },
        { id: `edit#${idOf(ours)}#${START + 300}.0`, order: 300 },
        { id: `deletion#${idOf(ours)}`, order: 500 },
      ],
    },
    {
      name: 'a deletion long after an edit and the first status, which were told then, alone',
      fact: ours,
      became: { status: 'sent', attempt: 1, statusAt: START + 100, edit: { at: START + 300 }, deletedAt: START + WEEK },
      expected: [{ id: `deletion#${idOf(ours)}`, order: WEEK }],
    },
    {
      name: 'a deletion long after an edit that came soon, alone',
      fact: theirs,
      became: { edit: { at: START + 300 }, deletedAt: START + WEEK },
      expected: [{ id: `deletion#${idOf(theirs)}`, order: WEEK }],
    },
    {
      name: 'a status of an attempt long after the first one without its message, which was told then',
      fact: ours,
      became: { status: 'sent', attempt: 2, statusAt: START + WEEK },
      expected: [{ id: `status#${idOf(ours)}#sent#2`, order: WEEK }],
    },
    {
      name: 'a first status that comes late with its message',
      fact: ours,
      became: { status: 'sent', attempt: 1, statusAt: START + WEEK },
      expected: [
        { id: told, order: 90 },
        { id: `status#${idOf(ours)}#sent#1`, order: WEEK },
      ],
    },
    {
      name: 'nothing of the line of an edit',
      fact: client({ at: 100, fromEdit: true, opens: false }),
      became: { edit: { at: START + 300 }, deletedAt: START + 500 },
      expected: [],
    },
    { name: 'no status of what is no reply', fact: theirs, became: { status: 'sent', attempt: 1 }, expected: [] },
    { name: 'nothing of a reaction', fact: theirs, became: {}, expected: [] },
  ])('$name', ({ fact, became, expected }) => {
    expect(places(eventsOfOutcome(CHAT, fact, became))).toEqual(expected);
  });

  describe('a reply that was received: sent, delivered, read, each once, in this order', () => {
    const sent = { status: 'sent', attempt: 1, statusAt: START + 400 } as const;
    const refused = { status: 'error', attempt: 1, sentAt: START + 400, statusAt: START + 900 } as const;

    test.each<{ name: string; became: Became; expected: [string, number][] }>([
      {
        name: 'delivered and read',
        became: { ...sent, deliveredAt: START + 500, readAt: START + 600 },
        expected: [
          ['sent', 400],
          ['delivered', 500],
          ['read', 600],
        ],
      },
      {
        name: 'read before it was heard to be delivered',
        became: { ...sent, readAt: START + 600 },
        expected: [
          ['sent', 400],
          ['read', 600],
        ],
      },
      {
        name: 'heard of by clocks that are behind',
        became: { ...sent, deliveredAt: START + 300, readAt: START + 200 },
        expected: [
          ['sent', 400],
          ['delivered', 401],
          ['read', 402],
        ],
      },
      {
        name: 'sent and refused by a receipt',
        became: refused,
        expected: [
          ['sent', 400],
          ['error', 900],
        ],
      },
      {
        name: 'delivered, and refused by a receipt after that',
        became: { ...refused, deliveredAt: START + 500 },
        expected: [
          ['sent', 400],
          ['delivered', 500],
          ['error', 900],
        ],
      },
      {
        name: 'refused at the send, whatever is known of another send',
        became: { status: 'error', attempt: 2, statusAt: START + 900, deliveredAt: START + 500 },
        expected: [['error', 900]],
      },
      { name: 'not recorded as sent yet', became: { deliveredAt: START + 500, readAt: START + 600 }, expected: [] },
    ])('$name', ({ became, expected }) => {
      const events = eventsOfOutcome(CHAT, ours, became);

      const statuses = places(events).filter(({ id }) => id.startsWith('status#'));
      const attempt = became.attempt ?? 1;
      expect(statuses).toEqual(
        expected.map(([status, order]) => ({ id: `status#${idOf(ours)}#${status}#${attempt}`, order })),
      );
    });

    test('read long after it was sent, alone: the message and what came before it were told then', () => {
      const events = eventsOfOutcome(CHAT, ours, { ...sent, deliveredAt: START + 500, readAt: START + WEEK });

      expect(places(events)).toEqual([{ id: `status#${idOf(ours)}#read#1`, order: WEEK }]);
    });

    test('nothing of a message that is no reply of ours', () => {
      expect(eventsOfOutcome(CHAT, theirs, { ...sent, readAt: START + 600 })).toEqual([]);
    });
  });

  test('a message sorts before what became of it, also at the same time', () => {
    const events = eventsOfOutcome(CHAT, reply({ at: 100 }), {
      status: 'sent',
      attempt: 1,
      statusAt: START + 100,
      edit: { at: START + 100 },
      deletedAt: START + 100,
    });

    const inOrder = events.toSorted((one, other) => (eventKey(one) < eventKey(other) ? -1 : 1));

    expect(inOrder[0]?.event.what).toBe('message');
  });
});

test('C2 a state of a channel is told once for each time', () => {
  const event = { what: 'channel', channelId: 'c1', state: 'disabled', at: START } as const;

  const place = placeOfChannelEvent(event);

  expect(place).toEqual({ event, id: `channel#c1#${START}`, order: START });
  expect(eventKey(place)).toBe(`${START}#channel#c1#${START}`);
});

describe('C1 what keeps its order', () => {
  test('is a person over all channels, by the normal form of their address', () => {
    const chats = [
      { channelId: 'c1', chatType: 'whatsapp', chatId: '+7 900 111-22-33' },
      { channelId: 'c2', chatType: 'whatsapp', chatId: '79001112233' },
    ].map(chatKey);

    const subjects = new Set(chats.map((chat) => subjectOfChat('a1', chat)));

    expect(subjects.size).toBe(1);
    expect([...subjects][0]).not.toContain('79001112233');
  });

  test.each([
    { name: 'another person', account: 'a1', chatId: '6' },
    { name: 'the same person in another account', account: 'a2', chatId: '5' },
  ])('is apart for $name', ({ account, chatId }) => {
    const other = chatKey({ channelId: 'c1', chatType: 'telegram', chatId });

    expect(subjectOfChat(account, other)).not.toBe(subjectOfChat('a1', CHAT));
  });

  test('is apart for a channel', () => {
    expect(subjectOfChannel('c1')).toBe('channel#c1');
  });
});

test('an event is at the same place whenever it is asked for', () => {
  const fact = client({ at: 100, stored: 150 });
  expect(keyAt(100)).toBe(fact.key);

  expect(eventsOfFact(CHAT, fact)).toEqual(eventsOfFact(CHAT, structuredClone(fact)));
});
