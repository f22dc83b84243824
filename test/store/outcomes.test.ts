import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { factKey } from '#domain/fact';
import { UnreadableItemError } from '#store/dynamo/errors';
import { createWorld, START, type World } from '#test/world';

const CHAT = 'channel-1#telegram#5';
const KEY = factKey(START, 'ours');

let world: World;
let store: World['store'];

beforeEach(async () => {
  world = await createWorld();
  store = world.store;
  const content = { type: 'text', text: 'an answer' } as const;
  await store.facts.put(CHAT, { kind: 'reply', key: KEY, author: {}, content, attempt: 1 });
});

afterEach(() => world.stop());

async function ofReply() {
  const reply = await store.facts.getReply(CHAT, KEY);
  return { refused: reply?.refused, ...(await store.outcomes.outcomesOf(CHAT, [reply!])).get('ours') };
}

const error = { code: '403', description: 'blocked' };
const undelivered = { code: '131026', description: 'not on WhatsApp', reason: 'BAD_CONTACT' };
const failing = (attempt: number) =>
  store.rows.failing({ lane: 'l', event: KEY, account: 'a', chat: CHAT, attempt, storedAt: START }, 1, error);

/** A receipt refuses the attempt that was sent by that id, not before `after`. */
const refuseSent = (attempt: number, providerId: string, after = 0) => {
  const about = { lane: 'l', event: KEY, account: 'a', chat: CHAT, attempt, storedAt: START };
  const row = store.rows.failing(about, 0, undelivered, 'undelivered');
  return store.attempts.refuseSent(CHAT, KEY, { attempt, providerId }, undelivered, row, after);
};
const steps = {
  'sent 1': () => store.attempts.recordSent(CHAT, KEY, 1, 'p1'),
  'refused 1': () => store.attempts.refuse(CHAT, KEY, 1, error, failing(1)),
  'retry 2': () => store.attempts.startAttempt(CHAT, KEY, 2),
  'sent 2': () => store.attempts.recordSent(CHAT, KEY, 2, 'p2'),
  'refused 2': () => store.attempts.refuse(CHAT, KEY, 2, error, failing(2)),
  'edited p1': () => store.outcomes.recordEdit(CHAT, 'p1', { at: START, content: { type: 'text', text: 'edited' } }),
  'liked p1': () => store.outcomes.recordReaction(CHAT, 'p1', { at: START, emojis: ['👍'] }),
  'deleted p1': () => store.outcomes.recordDeletion(CHAT, 'p1'),
  'delivered p1': () => store.outcomes.recordReceipt(CHAT, 'p1', 'delivered'),
  'read p1': () => store.outcomes.recordReceipt(CHAT, 'p1', 'read'),
  'failed p1': () => store.outcomes.recordFailure(CHAT, 'p1', { at: START, ...undelivered }),
  'failed p1 again': () => store.outcomes.recordFailure(CHAT, 'p1', { at: START + 1, code: '1', description: 'other' }),
  'refused p1': () => refuseSent(1, 'p1'),
  'followed 1': () => store.attempts.followSent(CHAT, KEY, 1, 'p1', true),
  'off the list 1': () => store.rows.takeSentOffList({ lane: 'l', event: KEY }, 1),
};
type Step = keyof typeof steps;

describe('receipts have a rank, whatever their order and however often they come', () => {
  const [first, second] = [START + 1_000, START + 2_000];

  test.each<{ heard: Step[]; expected: object; writtenAt: number }>([
    { heard: ['delivered p1'], expected: { deliveredAt: first }, writtenAt: first },
    { heard: ['read p1'], expected: { readAt: first }, writtenAt: first },
    { heard: ['delivered p1', 'read p1'], expected: { deliveredAt: first, readAt: second }, writtenAt: second },
    { heard: ['read p1', 'delivered p1'], expected: { readAt: first }, writtenAt: first },
    { heard: ['delivered p1', 'delivered p1'], expected: { deliveredAt: first }, writtenAt: first },
    { heard: ['read p1', 'read p1', 'delivered p1'], expected: { readAt: first }, writtenAt: first },
    { heard: ['failed p1', 'read p1', 'delivered p1'], expected: { failed: { code: '131026' } }, writtenAt: first },
    { heard: ['failed p1', 'failed p1 again'], expected: { failed: { code: '131026' } }, writtenAt: first },
    {
      heard: ['delivered p1', 'failed p1', 'read p1'],
      expected: { deliveredAt: first, failed: { code: '131026', at: START } },
      writtenAt: second,
    },
  ])('$heard', async ({ heard, expected, writtenAt }) => {
    for (const step of heard) {
      world.clock.advance(1_000);
      await steps[step]();
    }

    const item = world.db.items('messages').find(({ k }) => k === 'of#p1');
    expect(item).toMatchObject(expected);
    expect(Object.keys(item ?? {}).sort()).toEqual(['c', 'k', 'statusAt', ...Object.keys(expected)].sort());
    expect(item?.statusAt).toBe(writtenAt);
  });

  test('a watermark is only raised, and what was read was delivered', async () => {
    const raise = (state: 'delivered' | 'read', upTo: number) => store.outcomes.raiseWatermark(CHAT, state, upTo);
    for (const upTo of [100, 300, 200]) await raise('delivered', upTo);
    for (const upTo of [250, 400, 400]) await raise('read', upTo);
    world.clock.advance(1_000);
    await raise('delivered', 350);

    const item = world.db.items('messages').find(({ k }) => k === 'of#~');
    expect(item).toMatchObject({ deliveredUpTo: 300, readUpTo: 400, statusAt: START });
  });

  test('a watermark of numbers stands beside that of times', async () => {
    const raise = (state: 'delivered' | 'read', upTo: number) =>
      store.outcomes.raiseWatermark(CHAT, state, upTo, 'number');
    await store.outcomes.raiseWatermark(CHAT, 'read', 5_000);
    await raise('delivered', 30);
    for (const upTo of [40, 35]) await raise('read', upTo);
    await raise('delivered', 38);

    const item = world.db.items('messages').find(({ k }) => k === 'of#~');
    expect(item).toMatchObject({ readUpTo: 5_000, deliveredUpToNumber: 30, readUpToNumber: 40 });
  });
});

test.each<{ heard: Step[]; rings: boolean }>([
  { heard: ['edited p1', 'sent 1'], rings: true },
  { heard: ['deleted p1', 'sent 1'], rings: true },
  { heard: ['liked p1', 'sent 1'], rings: false },
  { heard: ['read p1', 'sent 1'], rings: false },
])('$heard: rings $rings, for the fold of an edit could not find our reply before', async ({ heard, rings }) => {
  for (const step of heard) {
    world.clock.advance(1_000);
    await steps[step]();
  }

  const item = world.db.items('messages').find(({ k }) => k === 'of#p1');
  expect(item?.changedAt).toBe(rings ? world.clock.now() : undefined);
});

test.each<{ heard: Step[]; rings: boolean }>([
  { heard: ['delivered p1', 'sent 1'], rings: true },
  { heard: ['read p1', 'sent 1'], rings: true },
  { heard: ['failed p1', 'sent 1'], rings: true },
  { heard: ['liked p1', 'sent 1'], rings: false },
])('$heard: rings $rings what follows, for a receipt could not find our reply before', async ({ heard, rings }) => {
  for (const step of heard) {
    world.clock.advance(1_000);
    await steps[step]();
  }

  const item = world.db.items('messages').find(({ k }) => k === 'of#p1');
  expect(item?.statusAt).toBe(rings ? world.clock.now() : undefined);
});

describe('a status never goes backwards', () => {
  const sent = { status: 'sent', refused: undefined, error: undefined };
  const refused = { status: 'error', error };
  const unsent = { status: 'error', error: undelivered, providerId: 'p1' };

  test.each<{ heard: Step[]; expected: object }>([
    { heard: ['sent 1'], expected: { ...sent, attempt: 1, providerId: 'p1' } },
    { heard: ['refused 1'], expected: { ...refused, attempt: 1, refused: 1 } },
    { heard: ['sent 1', 'sent 1'], expected: { ...sent, attempt: 1, providerId: 'p1' } },
    { heard: ['sent 1', 'refused 1'], expected: { ...sent, attempt: 1, providerId: 'p1' } },
    { heard: ['refused 1', 'sent 1'], expected: { ...sent, attempt: 1, providerId: 'p1' } },
    { heard: ['refused 1', 'retry 2', 'sent 2'], expected: { ...sent, attempt: 2, providerId: 'p2' } },
    { heard: ['refused 1', 'retry 2', 'sent 2', 'refused 1'], expected: { ...sent, attempt: 2, providerId: 'p2' } },
    { heard: ['refused 1', 'retry 2', 'sent 2', 'sent 1'], expected: { ...sent, attempt: 2, providerId: 'p2' } },
    { heard: ['refused 1', 'retry 2', 'refused 2', 'sent 1'], expected: { ...refused, attempt: 2, refused: 2 } },
    { heard: ['refused 1', 'retry 2', 'sent 1', 'refused 2'], expected: { ...refused, attempt: 2, refused: 2 } },
    { heard: ['sent 1', 'refused p1'], expected: { ...unsent, attempt: 1, refused: 1 } },
    { heard: ['sent 1', 'refused p1', 'followed 1'], expected: { ...unsent, attempt: 1, refused: 1 } },
    { heard: ['sent 1', 'refused p1', 'sent 1'], expected: { ...unsent, attempt: 1, refused: 1 } },
    { heard: ['sent 1', 'refused p1', 'refused 1'], expected: { ...unsent, attempt: 1, refused: 1 } },
    { heard: ['refused 1', 'sent 1', 'refused p1'], expected: { ...unsent, attempt: 1, refused: 1 } },
    { heard: ['refused p1', 'sent 1'], expected: { ...sent, attempt: 1, providerId: 'p1' } },
    { heard: ['sent 1', 'refused p1', 'retry 2', 'sent 2'], expected: { ...sent, attempt: 2, providerId: 'p2' } },
    {
      heard: ['sent 1', 'refused p1', 'retry 2', 'sent 2', 'refused p1', 'sent 1'],
      expected: { ...sent, attempt: 2, providerId: 'p2', sentAt: undefined },
    },
    {
      heard: ['sent 1', 'refused p1', 'retry 2', 'refused 2'],
      expected: { ...refused, attempt: 2, refused: 2, sentAt: undefined },
    },
    { heard: ['sent 1', 'refused p1', 'retry 2', 'refused p1'], expected: { ...unsent, attempt: 1, refused: 1 } },
  ])('$heard', async ({ heard, expected }) => {
    for (const step of heard) await steps[step]();

    const outcome = await ofReply();

    expect({ error: undefined, sentAt: undefined, ...outcome }).toMatchObject(expected);
  });
});

describe('C2 the time of storage is the same for ever, for events are in its order', () => {
  test.each<{ heard: Step[]; of: 'ours' | 'p1'; expected: object }>([
    { heard: ['sent 1', 'sent 1'], of: 'ours', expected: { status: 'sent', statusAt: START + 1_000, reply: KEY } },
    {
      heard: ['refused 1', 'refused 1'],
      of: 'ours',
      expected: { status: 'error', statusAt: START + 1_000, reply: KEY },
    },
    { heard: ['refused 1', 'sent 1', 'sent 1'], of: 'ours', expected: { status: 'sent', statusAt: START + 2_000 } },
    { heard: ['sent 1', 'refused 1'], of: 'ours', expected: { status: 'sent', statusAt: START + 1_000 } },
    { heard: ['refused 1', 'retry 2', 'sent 2'], of: 'ours', expected: { attempt: 2, statusAt: START + 3_000 } },
    { heard: ['deleted p1', 'deleted p1'], of: 'p1', expected: { deletedAt: START + 1_000 } },
  ])('$heard: $expected', async ({ heard, of, expected }) => {
    for (const step of heard) {
      world.clock.advance(1_000);
      await steps[step]();
    }

    expect((await store.outcomes.outcomes(CHAT, [of])).get(of)).toMatchObject(expected);
  });

  test('an edit names its message, as far as it is told', async () => {
    const edit = (at: number) => ({ at, content: { type: 'text', text: 'edited' } }) as const;
    await store.outcomes.recordEdit(CHAT, 'p1', edit(START), factKey(START, 'p1'));
    await store.outcomes.recordEdit(CHAT, 'p1', edit(START + 1));

    expect((await store.outcomes.outcomes(CHAT, ['p1'])).get('p1')).toMatchObject({
      edit: { at: START + 1 },
      fact: factKey(START, 'p1'),
    });
  });
});

describe('what the messenger tells under its id is kept, also before our own record of the send', () => {
  test.each<{ heard: Step[] }>([
    { heard: ['edited p1', 'liked p1', 'deleted p1', 'sent 1'] },
    { heard: ['sent 1', 'deleted p1', 'liked p1', 'edited p1'] },
    { heard: ['deleted p1', 'sent 1', 'edited p1', 'sent 1', 'liked p1'] },
  ])('$heard', async ({ heard }) => {
    for (const step of heard) await steps[step]();

    expect(await ofReply()).toMatchObject({
      status: 'sent',
      edit: { content: { text: 'edited' } },
      reaction: { emojis: ['👍'] },
      deletedAt: START,
    });
  });
});

describe('what a receipt refused is listed as failed until it is sent again', () => {
  test.each<{ heard: Step[]; listed: boolean }>([
    { heard: ['sent 1', 'refused p1'], listed: true },
    { heard: ['sent 1', 'refused p1', 'off the list 1'], listed: true },
    { heard: ['refused 1', 'sent 1', 'refused p1', 'off the list 1'], listed: true },
    { heard: ['refused 1', 'sent 1', 'off the list 1'], listed: false },
    { heard: ['sent 1', 'refused p1', 'retry 2', 'refused 2'], listed: true },
  ])('$heard: $listed', async ({ heard, listed }) => {
    for (const step of heard) await steps[step]();

    const row = world.db.items('outbox').find(({ l }) => l === 'l');
    expect(row?.f !== undefined).toBe(listed);
  });

  test('its row is that of the later attempt once that is refused, and comes off when that is sent', async () => {
    for (const step of ['sent 1', 'refused p1', 'retry 2', 'refused 2'] as const) await steps[step]();

    await store.rows.takeSentOffList({ lane: 'l', event: KEY }, 2);

    const row = world.db.items('outbox').find(({ l }) => l === 'l');
    expect(row).toMatchObject({ attempt: 2, lastError: error });
    expect(row).not.toHaveProperty('f');
  });

  test('the refusal counts as later than what was heard before, by whatever clock', async () => {
    await steps['sent 1']();
    await refuseSent(1, 'p1', START + 5_000);

    expect(await ofReply()).toMatchObject({ sentAt: START, statusAt: START + 5_001 });
  });
});

describe('an outcome is checked when it is read', () => {
  const put = (Item: object) =>
    world.db.apply(new PutCommand({ TableName: 'messages', Item: { c: CHAT, ...Item } }) as never);
  const read = async (id: string) => (await store.outcomes.outcomes(CHAT, [id])).get(id);

  test.each([
    { damaged: { status: 'delivered by pigeon' } },
    { damaged: { attempt: 'first' } },
    { damaged: { edit: { at: START, content: { text: 'without a type' } } } },
    { damaged: { reaction: { at: START, emojis: '👍' } } },
    { damaged: { error: { code: '403' } } },
  ])('$damaged is an unreadable item', async ({ damaged }) => {
    put({ k: 'of#p9', ...damaged });

    await expect(read('p9')).rejects.toThrow(UnreadableItemError);
  });

  test('attributes that this release does not know stay in the table and are left out', async () => {
    put({ k: 'of#p9', status: 'sent', read: true });

    expect(await read('p9')).toEqual({ status: 'sent' });
  });
});
