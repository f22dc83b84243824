import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { writeFailedChat } from '#flows/failed-chat';
import type { FunctionName } from '#lib/functions';
import { queues } from '#lib/listeners';
import type { MetricName } from '#metrics';
import { answer } from '#test/calls/receiver-double';
import { openHookedWorld } from '#test/crms/kit/hooked-world';
import { createEventWorld } from '#test/functions/event-world';
import { toldMessenger } from '#test/functions/told-messenger';
import { createWaitsWorld } from '#test/functions/waits-world';
import { createWorld, OPERATOR_KEY, START, textUpdate, type World, type WorldOptions } from '#test/world';

const CLIENT = 5;
const HOUR_MS = 3_600_000;

/** A fault, or a thing that is counted, played against a function's own code. */
export interface Fault {
  readonly metric: MetricName;
  readonly writtenBy: FunctionName;
  readonly how: string;
  /** Plays it, and resolves to every line that the function logged meanwhile. */
  play(): Promise<Lines>;
}

type Lines = readonly Readonly<Record<string, unknown>>[];

interface Around {
  readonly world: World;
  stop(): Promise<void>;
}

/** A fault that is played in surroundings of its own. */
function fault<A extends Around>(
  named: Omit<Fault, 'play'>,
  open: () => Promise<A>,
  play: (around: A) => Promise<unknown>,
): Fault {
  return {
    ...named,
    async play() {
      const around = await open();
      const { logs, loggedBy } = around.world;
      const before = logs.length;
      try {
        await play(around);
        return logs.slice(before).filter((line) => loggedBy(line) === named.writtenBy);
      } finally {
        await around.stop();
      }
    },
  };
}

async function openWorld(options?: WorldOptions): Promise<Around> {
  const world = await createWorld(options);
  return { world, stop: () => world.stop() };
}

function inWorld(
  metric: MetricName,
  writtenBy: FunctionName,
  how: string,
  play: (world: World) => Promise<unknown>,
  options?: WorldOptions,
): Fault {
  return fault(
    { metric, writtenBy, how },
    () => openWorld(options),
    ({ world }) => play(world),
  );
}

/** A sign-in that is refused. */
function refused(writtenBy: FunctionName, how: string, play: (world: World) => Promise<unknown>): Fault {
  return inWorld('RefusedSignIns', writtenBy, how, play);
}

const asPage = { origin: 'https://konvert.example', 'sec-fetch-site': 'same-origin' };

/** A row for each function that writes a metric, and for each way to be refused. */
export const faults: readonly Fault[] = [
  inWorld('Inbound', 'receive-message', 'a client writes', (world) => world.say(CLIENT, 'hello')),
  inWorld('Folded', 'fold-chat', 'a chat has news', (world) => world.say(CLIENT, 'hello')),
  inWorld(
    'OldestWithoutOwnerSeconds',
    'sweep-lanes',
    'a client waits for an hour, and nobody is responsible',
    async (world) => {
      await world.say(CLIENT, 'hello');
      world.clock.advance(HOUR_MS);
      await world.app.listeners['sweep-lanes']();
    },
  ),
  inWorld('FailedDeliveries', 'deliver-message', 'the channel is switched off while a reply waits', async (world) => {
    await world.say(CLIENT, 'hello');
    await world.reply(CLIENT);
    const path = `/v1/channels/${world.channel.channelId}`;
    await world.call('PATCH', path, { key: world.account.apiKey, body: { enabled: false } });
    await world.pass(20_000);
  }),
  inWorld(
    'FailedDeliveries',
    'publish-events',
    'the messenger reports that a reply was not delivered',
    async (world) => {
      await world.say(CLIENT, 'hello');
      await world.reply(CLIENT);
      await world.drain();
      const { providerId } = world.db.items('messages').findLast((item) => item.providerId !== undefined)!;
      const ids = [{ chatType: 'telegram', chatId: String(CLIENT) }];
      await world.webhook({ received: [{ kind: 'receipt', of: { providerId }, ids, time: START, status: 'failed' }] });
      await world.drain();
    },
    { telegram: toldMessenger({ receiptsUpTo: true }) },
  ),
  fault(
    { metric: 'FailedDeliveries', writtenBy: 'deliver-event', how: 'the receiver wants nothing any more' },
    createEventWorld,
    async (events) => {
      events.receiver.rule = () => answer(410);
      await events.happens('1 one');
      await events.deliver();
    },
  ),
  fault(
    { metric: 'FailedDeliveries', writtenBy: 'call-crm', how: 'the CRM is silent for a day' },
    () => openHookedWorld('hubspot'),
    async (at) => {
      at.rig.double.down({ status: 503, body: {} });
      await at.world.say(CLIENT, 'hello');
      await at.wait(20_000);
      at.world.clock.advance(25 * HOUR_MS);
      await at.world.app.listeners['sweep-lanes']();
      await at.wait(20_000);
    },
  ),
  inWorld('DeadChats', 'retry-fold', 'a chat cannot be folded at the last of ninety tries', async (world) => {
    await world.say(CLIENT, 'hello');
    const { c: chatKey } = world.db.items('chats').find(({ s }) => s === '-')!;
    const body = writeFailedChat({ chatKey: String(chatKey), newsFrom: '' });
    const attributes = { ApproximateReceiveCount: String(queues.failedChats.deadLetters.afterTries) };
    world.failing = () => true;
    await world.app.listeners['retry-fold']({ Records: [{ body, attributes }] }).catch(() => undefined);
  }),
  inWorld('ChecksFailed', 'watch-chats', 'a chat does not equal what was said in it', async (world) => {
    await world.say(CLIENT, 'hello');
    const row = world.db.items('chats').find(({ s }) => s === '-')!;
    world.db.apply(
      new PutCommand({ TableName: 'chats', Item: { ...row, chat: { ...(row.chat as object), unansweredCount: 7 } } }),
    );
    // What is younger may be on its way.
    world.clock.advance(120_000);
    await world.call('POST', '/v1/checks', { key: OPERATOR_KEY });
    await world.drain();
  }),
  inWorld('ErasuresLate', 'erase-data', 'a person is not erased after an hour', async (world) => {
    await world.say(CLIENT, 'hello');
    await world.call('DELETE', `/v1/people/telegram/${CLIENT}`, { key: world.account.apiKey });
    world.sent.erasures.splice(0);
    world.clock.advance(2 * HOUR_MS);
    await world.app.listeners['sweep-lanes']();
    await world.drain();
  }),
  fault(
    { metric: 'ActsLate', writtenBy: 'sweep-lanes', how: 'a client is late, and the bells of mind-waits are lost' },
    async () => {
      const world = await createWaitsWorld();
      return { world, stop: () => world.stop() };
    },
    async ({ world }) => {
      await world.choose({ returnAfterMinutes: 15 });
      await world.say(CLIENT, 'hello');
      await world.play(13);
      world.later.splice(0);
      world.clock.advance(HOUR_MS);
      await world.app.listeners['sweep-lanes']();
    },
  ),
  refused('read-chats', 'a wrong API key', (world) => world.call('GET', '/v1/chats', { key: 'wrong' })),
  refused('read-chats', 'an unknown user', ({ call, account }) =>
    call('GET', '/v1/chats', { key: account.apiKey, headers: { 'Konvert-User': 'nobody' } }),
  ),
  refused('manage-accounts', 'a wrong operator key', ({ call }) =>
    call('POST', '/v1/accounts', { key: 'wrong', body: { name: 'Company' } }),
  ),
  refused('read-chats', 'a page token that has ended', ({ call }) =>
    call('GET', '/v1/chats', { key: `kp_${'a'.repeat(43)}` }),
  ),
  refused('open-page', 'a link that was used', ({ call }) =>
    call('POST', '/v1/page-tokens', { body: { link: 'a'.repeat(43) } }),
  ),
  refused('open-page', 'a device that nobody knows', ({ call }) =>
    call('POST', '/v1/page-tokens/renew', { headers: asPage }),
  ),
  refused('receive-message', "a messenger's webhook with a wrong secret", (world) =>
    world.webhook(textUpdate(CLIENT, 'hello', 1, START), { secret: 'wrong' }),
  ),
  refused('answer-doorbell', 'a socket without a ticket', (world) => world.openPage({ url: 'wss://konvert.example' })),
  fault(
    { metric: 'RefusedSignIns', writtenBy: 'receive-crm-event', how: "a CRM's hook with a wrong secret" },
    () => openHookedWorld('hubspot'),
    async ({ world, hooksUrl }) => world.call('POST', `${new URL(hooksUrl).pathname.slice(0, -1)}_`, { body: '[]' }),
  ),
  fault(
    { metric: 'RefusedSignIns', writtenBy: 'open-frame', how: 'a frame that the CRM has not signed' },
    () => openHookedWorld('amocrm'),
    async ({ world, desk }) => {
      const { body } = await desk.ask('GET', '/v1/crm');
      const { pathname } = new URL((body as { frameUrl: string }).frameUrl);
      await world.call('GET', pathname, { headers: { accept: 'text/html' } });
    },
  ),
];
