import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Received, ReceivedMessage } from '#channels/inbound';
import { createEventWorld, type EventWorld } from '#test/functions/event-world';
import { toldMessenger } from '#test/functions/told-messenger';
import type { World } from '#test/world';

const CHAT = 5;

let events: EventWorld;
let world: World;

beforeEach(async () => {
  events = await createEventWorld({ telegram: toldMessenger({ echoesOwn: true }) });
  ({ world } = events);
});

afterEach(() => events.stop());

const ids = [{ chatType: 'telegram', chatId: String(CHAT) }] as const;

/** An echo of the answer, of which only the id tells that it is ours. */
function echoOf(providerId: string, fields: Partial<ReceivedMessage> = {}): Received {
  const content = { type: 'text', text: 'an answer' } as const;
  const time = world.clock.now();
  return { kind: 'echo', ids, providerId, time, opens: false, author: { name: 'Shop' }, content, ...fields };
}

const hear = async (...received: Received[]) =>
  expect(await world.webhook({ received })).toMatchObject({ status: 200 });

/** The id that the messenger gives to what it takes next. It numbers what it takes. */
async function nextId(): Promise<string> {
  await world.reply(9);
  await world.drain();
  const [sent] = world.db.items('messages').flatMap(({ providerId }) => (providerId ? [Number(providerId)] : []));
  return String((sent ?? 0) + 1);
}

/** The client writes, and six seconds later the team answers without having seen it. */
async function clientWrites(): Promise<void> {
  await world.say(CHAT, 'hello');
  world.clock.advance(6_000);
}

/** The team's answer leaves. It is one of a machine, so it answers nothing. */
async function answer(): Promise<void> {
  await world.reply(CHAT, { clearUnanswered: false });
  await world.drain();
}

const lines = async () => (await world.history(CHAT)).messages.map(({ text, status }) => [text, status]);
const echoes = () => world.db.items('messages').filter(({ kind }) => kind === 'echo');
const told = () => events.receiver.kept.flatMap(({ body }) => (body?.messages ?? []) as { chatId: string }[]);
const toldOfChat = () => told().filter(({ chatId }) => chatId === String(CHAT));

const OURS = [
  ['hello', 'inbound'],
  ['an answer', 'sent'],
];

describe('U3 our own send that comes back is no message of its own', () => {
  test('after its record: nothing is stored, and nobody is told', async () => {
    const id = await nextId();
    await clientWrites();
    await answer();
    await hear(echoOf(id), echoOf(id));
    await world.drain();

    expect(await lines()).toEqual(OURS);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, preview: 'an answer' });
    expect(echoes()).toEqual([]);
    expect(toldOfChat()).toHaveLength(2);
  });

  test('before its record: the chat that it answered waits again, and it is not shown', async () => {
    const id = await nextId();
    await clientWrites();
    await hear(echoOf(id));
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });

    await answer();

    expect(await lines()).toEqual(OURS);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1 });
    expect(echoes()).toMatchObject([{ by: 'us' }]);
  });

  test('before its record, delivered again after it', async () => {
    const id = await nextId();
    await clientWrites();
    const echo = echoOf(id);
    await hear(echo);
    await answer();
    await hear(echo);
    await world.drain();

    expect(echoes()).toMatchObject([{ by: 'us' }]);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('is not told if it turns out in time', async () => {
    const id = await nextId();
    await clientWrites();
    await hear(echoOf(id));
    await world.drain({ deliver: false });
    // Replies leave before events do.
    await answer();

    expect(toldOfChat()).toHaveLength(2);
    expect(await world.deliveries('state=failed')).toEqual([]);
  });

  test('is marked by the receipt that refuses its reply, if the record of the send broke off before', async () => {
    const id = await nextId();
    await clientWrites();
    await hear(echoOf(id));
    await world.drain();
    world.failing = ({ input: { UpdateExpression = '' } }) => UpdateExpression.includes('#by = :us');
    await expect(answer()).rejects.toThrow('did not answer');
    world.failing = undefined;
    expect(echoes()[0]).not.toHaveProperty('by');

    const error = { reason: 'BAD_CONTACT', code: '131026', description: 'not there' } as const;
    await hear({ kind: 'receipt', of: { providerId: id }, ids, time: world.clock.now(), status: 'failed', error });
    await world.drain({ deliver: false });

    expect(echoes()).toMatchObject([{ by: 'us' }]);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('an edit of it is an edit of the reply, and leaves no line', async () => {
    const id = await nextId();
    await clientWrites();
    await answer();
    const time = world.clock.now() + 1_000;
    const content = { type: 'text', text: 'edited' } as const;
    const message = { kind: 'echo', author: { name: 'Shop' }, time: world.clock.now() } as const;
    await hear({ kind: 'edit', ids, providerId: id, time, content, message });
    await world.drain();

    expect(await lines()).toEqual([OURS[0], ['edited', 'sent']]);
    expect(await world.chat(CHAT)).toMatchObject({ preview: 'edited' });
  });

  test('an echo of a person answers, and stays', async () => {
    await clientWrites();
    await answer();
    await hear(echoOf('other'));
    await world.drain();

    expect(await lines()).toHaveLength(3);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
    expect(toldOfChat()).toHaveLength(3);
  });
});

test('a messenger whose echoes are never ours pays nothing for that', async () => {
  await events.stop();
  events = await createEventWorld({ telegram: toldMessenger() });
  ({ world } = events);
  const asked: string[] = [];
  world.failing = ({ kind, input: { TableName } }) => {
    if (TableName === 'messages' || kind === 'BatchGetCommand') asked.push(kind);
    return false;
  };

  await hear(echoOf('1'));

  expect(asked).toEqual(['PutCommand']);
});
