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
const failing = (attempt: number) =>
  store.rows.failing({ lane: 'l', event: KEY, account: 'a', chat: CHAT, attempt, storedAt: START }, 1, error);
const steps = {
  'sent 1': () => store.attempts.recordSent(CHAT, KEY, 1, 'p1'),
  'refused 1': () => store.attempts.refuse(CHAT, KEY, 1, error, failing(1)),
  'retry 2': () => store.attempts.startAttempt(CHAT, KEY, 2),
  'sent 2': () => store.attempts.recordSent(CHAT, KEY, 2, 'p2'),
  'refused 2': () => store.attempts.refuse(CHAT, KEY, 2, error, failing(2)),
  'edited p1': () => store.outcomes.recordEdit(CHAT, 'p1', { at: START, content: { type: 'text', text: 'edited' } }),
  'liked p1': () => store.outcomes.recordReaction(CHAT, 'p1', { at: START, emojis: ['👍'] }),
  'deleted p1': () => store.outcomes.recordDeletion(CHAT, 'p1'),
};
type Step = keyof typeof steps;

test.each<{ heard: Step[]; rings: boolean }>([
  { heard: ['edited p1', 'sent 1'], rings: true },
  { heard: ['deleted p1', 'sent 1'], rings: true },
  { heard: ['liked p1', 'sent 1'], rings: false },
])('$heard: rings $rings, for the fold of an edit could not find our reply before', async ({ heard, rings }) => {
  for (const step of heard) {
    world.clock.advance(1_000);
    await steps[step]();
  }

  const item = world.db.items('messages').find(({ k }) => k === 'of#p1');
  expect(item?.changedAt).toBe(rings ? world.clock.now() : undefined);
});

describe('a status never goes backwards', () => {
  const sent = { status: 'sent', refused: undefined, error: undefined };
  const refused = { status: 'error', error };

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
  ])('$heard', async ({ heard, expected }) => {
    for (const step of heard) await steps[step]();

    const outcome = await ofReply();

    expect({ error: undefined, ...outcome }).toMatchObject(expected);
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
