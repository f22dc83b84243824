import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Receipt } from '#channels/inbound';
import { createFollowReceipts } from '#flows/follow-receipts';
import { outcomeKey } from '#store/chats/outcome-item';
import { createEventWorld, type EventWorld } from '#test/functions/event-world';
import { toldMessenger } from '#test/functions/told-messenger';
import { START, type World } from '#test/world';

const CHAT = 5;
const NOT_THERE = { reason: 'BAD_CONTACT', code: '131026', description: 'Undeliverable' } as const;

let events: EventWorld;
let world: World;

beforeEach(async () => {
  events = await createEventWorld({ telegram: toldMessenger({ receiptsUpTo: true }) });
  ({ world } = events);
});

afterEach(() => events.stop());

type Status = Receipt['status'];

async function hear(status: Status, fields: Partial<Receipt> = {}): Promise<void> {
  const ids = [{ chatType: 'telegram', chatId: String(CHAT) }];
  const of = { providerId: await sentId() };
  const error = status === 'failed' ? { error: NOT_THERE } : {};
  const receipt: Receipt = { kind: 'receipt', of, ids, time: START, status, ...error, ...fields };
  world.clock.advance(1_000);
  expect(await world.webhook({ received: [receipt] })).toMatchObject({ status: 200 });
}

/** The messenger's id of what was sent last. */
async function sentId(): Promise<string> {
  const sent = world.db.items('messages').filter(({ providerId }) => providerId !== undefined);
  return String(sent.at(-1)?.providerId ?? '1');
}

async function sendReply(): Promise<void> {
  await world.say(CHAT, 'hello');
  expect(await world.reply(CHAT)).toMatchObject({ status: 201 });
  await world.drain();
}

/** What the receiver was told of replies. */
function statuses(): unknown[] {
  return events.receiver.kept.flatMap(({ body }) =>
    (body?.statuses ?? []).map(({ status, error }: { status: string; error?: { error: string } }) =>
      error ? [status, error.error] : status,
    ),
  );
}

async function shown(): Promise<string | undefined> {
  const { messages } = await world.history(CHAT);
  return messages.findLast(({ isEcho }) => isEcho)?.status;
}

describe('a reply that was received', () => {
  test.each<{ heard: Status[]; status: string; told: string[] }>([
    { heard: ['sent'], status: 'sent', told: ['sent'] },
    { heard: ['sent', 'delivered'], status: 'delivered', told: ['sent', 'delivered'] },
    { heard: ['delivered', 'sent', 'read'], status: 'read', told: ['sent', 'delivered', 'read'] },
    { heard: ['read', 'delivered', 'sent'], status: 'read', told: ['sent', 'read'] },
    { heard: ['played', 'read'], status: 'read', told: ['sent', 'read'] },
    { heard: ['delivered', 'delivered', 'read', 'read'], status: 'read', told: ['sent', 'delivered', 'read'] },
  ])('$heard is $status, and the CRM hears $told', async ({ heard, status, told }) => {
    await sendReply();
    for (const one of heard) {
      await hear(one);
      await world.drain();
    }

    expect(await shown()).toBe(status);
    expect(statuses()).toEqual(told);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('costs one write of what is news, none of what our own record says, and one refused of a repeat', async () => {
    await sendReply();
    const written: string[] = [];
    world.failing = ({ kind, input: { TableName, UpdateExpression } }) => {
      if (!/^(Get|Query|BatchGet)/.test(kind)) written.push(`${TableName} ${UpdateExpression}`);
      return false;
    };
    for (const status of ['sent', 'delivered', 'read', 'read', 'sent'] as const) await hear(status);

    expect(written).toEqual([
      'messages SET deliveredAt = :now, statusAt = :now',
      'messages SET readAt = :now, statusAt = :now',
      'messages SET readAt = :now, statusAt = :now',
    ]);
  });

  test('is found by the chat that we named, else by its person, else the receipt is only logged', async () => {
    await sendReply();
    await hear('delivered', { ids: [], opaque: String(CHAT) });
    expect(await shown()).toBe('delivered');
    await hear('read', { ids: [{ chatType: 'telegram', chatId: '6' }], opaque: String(CHAT) });
    expect(await shown()).toBe('read');

    const [opaque, ids] = ['x'.repeat(201), [{ chatType: 'telegram', chatId: String(CHAT) }]];
    await hear('failed', { ids, opaque });
    await world.drain();
    expect(await shown()).toBe('error');

    const before = world.db.items('messages').length;
    await hear('read', { ids: [] });
    expect(world.db.items('messages')).toHaveLength(before);
    expect(world.logs.at(-1)).toMatchObject({ items: [{ kind: 'receipt', status: 'read', outcome: 'no chat' }] });
  });
});

describe('a receipt of all messages up to a time', () => {
  const upTo = (time: number) => ({ of: { upTo: time } });

  test('counts for each that was sent before it, and is told of each once', async () => {
    await sendReply();
    world.clock.advance(10_000);
    const between = world.clock.now();
    world.clock.advance(10_000);
    await sendReply();
    await hear('read', upTo(between));
    await hear('delivered', upTo(between + 20_000));
    await hear('delivered', upTo(between));
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages.filter(({ isEcho }) => isEcho).map(({ status }) => status)).toEqual(['read', 'delivered']);
    expect(statuses()).toEqual(['sent', 'sent', 'read', 'delivered']);
  });

  test('may come before the send is recorded', async () => {
    await world.say(CHAT, 'hello');
    await hear('read', upTo(world.clock.now() + 60_000));
    await world.drain();
    await world.reply(CHAT);
    await world.drain();

    expect(await shown()).toBe('read');
    expect(statuses()).toEqual(['sent', 'read']);
  });

  test('never says that all of them failed', async () => {
    await sendReply();
    await hear('failed', upTo(world.clock.now() + 60_000));
    await world.drain();

    expect(await shown()).toBe('sent');
  });
});

describe('a receipt of all messages up to a number', () => {
  const upTo = (number: number) => ({ of: { upToNumber: number } });

  test('counts for each that has no higher one, whenever it was sent, and is told of each once', async () => {
    await sendReply();
    const first = Number(await sentId());
    await sendReply();
    await hear('read', upTo(first));
    await hear('delivered', upTo(first + 1));
    await hear('read', upTo(first - 1));
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages.filter(({ isEcho }) => isEcho).map(({ status }) => status)).toEqual(['read', 'delivered']);
    expect(statuses()).toEqual(['sent', 'sent', 'read', 'delivered']);
  });

  test('may come before the send is recorded', async () => {
    await world.say(CHAT, 'hello');
    await hear('read', upTo(1_000_000));
    await world.drain();
    await world.reply(CHAT);
    await world.drain();

    expect(await shown()).toBe('read');
    expect(statuses()).toEqual(['sent', 'read']);
  });

  test('never says that all of them failed', async () => {
    await sendReply();
    await hear('failed', upTo(1_000_000));
    await world.drain();

    expect(await shown()).toBe('sent');
  });
});

describe('U4 a reply that was sent and not delivered', () => {
  const failed = () => world.deliveries('state=failed');

  test('gives the chat back, is listed as failed and is told with its reason', async () => {
    await sendReply();
    await hear('failed');
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1 });
    const { messages } = await world.history(CHAT);
    const error = { error: NOT_THERE.code, description: NOT_THERE.description };
    expect(messages.at(-1)).toMatchObject({ status: 'error', error });
    const { code, description } = NOT_THERE;
    expect(await failed()).toMatchObject([{ kind: 'reply', lastError: { code, description } }]);
    expect(statuses()).toEqual(['sent', ['error', 'BAD_CONTACT']]);
  });

  test.each<{ heard: Status[] }>([
    { heard: ['failed', 'delivered', 'read'] },
    { heard: ['delivered', 'failed', 'failed'] },
    { heard: ['read', 'failed', 'sent'] },
  ])('stays so: $heard', async ({ heard }) => {
    await sendReply();
    for (const status of heard) await hear(status);
    await world.drain();

    expect(await shown()).toBe('error');
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
    expect(await failed()).toHaveLength(1);
    expect(statuses().at(-1)).toEqual(['error', 'BAD_CONTACT']);
  });

  test('can be sent again, and what is heard of the first send then changes nothing', async () => {
    await sendReply();
    const first = await sentId();
    await hear('failed');
    await world.drain();
    const [{ deliveryId = '' } = {}] = await failed();
    await world.call('POST', `/v1/deliveries/${deliveryId}/retry`, { key: world.account.apiKey });
    await world.drain();
    for (const status of ['failed', 'read'] as const) await hear(status, { of: { providerId: first } });
    await hear('delivered');
    await world.drain();
    // The stream may repeat what it told before.
    const [{ c: chatKey, k: key } = {}] = world.db.items('messages').filter(({ k }) => k === outcomeKey(first));
    await createFollowReceipts(world.deps)([{ chatKey: String(chatKey), key: String(key), isFailed: true }]);
    await world.drain();

    expect(await shown()).toBe('delivered');
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
    expect(await failed()).toEqual([]);
    expect(statuses()).toEqual(['sent', ['error', 'BAD_CONTACT'], 'sent', 'delivered']);
  });

  test('may be heard of before its send is recorded', async () => {
    await world.say(CHAT, 'hello');
    // The double numbers what it takes.
    await hear('failed', { of: { providerId: String(await nextId()) } });
    await world.reply(CHAT);
    await world.drain();

    expect(await shown()).toBe('error');
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
    expect(await failed()).toHaveLength(1);
    const [_ofChat9, ...told] = statuses();
    expect(told).toEqual(['sent', ['error', 'BAD_CONTACT']]);
  });

  test('is found by the watchdog, if the bell is lost', async () => {
    await sendReply();
    await hear('failed');
    world.dropBells();
    await world.drain();
    expect(await failed()).toEqual([]);

    await world.app.listeners['watch-chats']();
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
    expect(await failed()).toHaveLength(1);
  });

  /** The id that the messenger gives to what it takes next. */
  async function nextId(): Promise<number> {
    await world.reply(9);
    await world.drain();
    return Number(await sentId()) + 1;
  }
});
