import { eventKey, eventsOfFact, placeOfChannelEvent, subjectOfChannel, subjectOfChat } from '#domain/event';
import { FIRST_KEY } from '#domain/fact';
import { chatKey } from '#domain/message';
import type { Subscriptions } from '#domain/receiver';
import type { App } from '#functions/app';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { asideLane, eventLane, queueOf } from '#store/outbox/lane-names';
import { type Row, readRow } from '#store/outbox/row-item';
import { type ReceivedCall, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { createWorld, textUpdate, type World } from '#test/world';

const ALL: Subscriptions = {
  messagesAndStatuses: true,
  contactsAndDealsCreation: true,
  channelsUpdates: true,
  templateStatus: true,
};

/** A world whose account has a receiver. */
export interface EventWorld {
  readonly world: World;
  readonly receiver: ReceiverDouble;
  readonly secret: string;
  readonly lane: string;
  /** Stores a registration in the place of the one before. */
  register(options?: { uri?: string; crmKey?: string; subscriptions?: Partial<Subscriptions> }): Promise<void>;
  /** Clients write these texts: `3 hello` is a text of client 3. The events wait, and their lane is rung. */
  happens(...words: string[]): Promise<void>;
  /** Channels change their state. */
  channelChanges(...states: string[]): Promise<void>;
  /** Lets everything leave that can leave now. */
  deliver(): Promise<void>;
  /** Lets a process follow one bell of the lane. */
  ring(app?: App, lane?: string): Promise<void>;
  /** The lane of what is set aside of that client. */
  asideOf(client: number): string;
  /** The texts that a receiver has which knows ids, in its order. */
  texts(): string[];
  /** The rows of a lane. */
  rows(lane?: string): Row[];
  stop(): Promise<void>;
}

/** The texts in a call. */
export function textsOf({ body }: Pick<ReceivedCall, 'body'>): string[] {
  return (body?.messages ?? []).map(({ text }: { text: string }) => text);
}

/** Makes a world with a receiver that answers 200. */
export async function createEventWorld(): Promise<EventWorld> {
  const world = await createWorld();
  const receiver = await startReceiver();
  const secret = newSigningSecret();
  const { store, account, channel } = world;
  const lane = eventLane(account.accountId);
  let lastUpdate = 0;
  const chatOf = (client: number) =>
    chatKey({ channelId: channel.channelId, chatType: 'telegram', chatId: String(client) });

  async function announce(events: readonly string[]): Promise<void> {
    const [first, ...more] = events;
    if (first === undefined) return;
    const { ring, slow } = await store.lanes.announce(lane, [first, ...more]);
    if (ring) world.sent[queueOf(lane, slow)].push(lane);
  }

  const made: EventWorld = {
    world,
    receiver,
    secret,
    lane,

    async register({ uri = receiver.url, crmKey, subscriptions = {} } = {}) {
      const before = await store.receivers.now(account.accountId);
      const signing = [{ secret }];
      const registration = { uri, crmKey, signing, endedAt: undefined, subscriptions: { ...ALL, ...subscriptions } };
      if (!(await store.receivers.save(before, registration, 'test'))) throw new Error('Not saved');
    },

    async happens(...words) {
      const added: string[] = [];
      for (const word of words) {
        const client = Number(word.split(' ')[0]);
        lastUpdate += 1;
        world.clock.advance(1);
        await world.webhook(textUpdate(client, word, lastUpdate, world.clock.now()));
        const chat = chatOf(client);
        const fact = (await store.facts.readFrom(chat, FIRST_KEY))
          .sort((one, two) => one.storedAt - two.storedAt)
          .at(-1)!;
        for (const placed of eventsOfFact(chat, fact)) {
          const event = eventKey(placed);
          const about = { account: account.accountId, subject: subjectOfChat(account.accountId, chat) };
          const row = { kind: 'event', lane, event, storedAt: placed.order, ...about, ...placed.event } as const;
          if ((await store.rows.add(row as never)) !== 'ended') added.push(event);
        }
      }
      await world.drain({ deliver: false });
      await announce(added);
    },

    async channelChanges(...states) {
      const added: string[] = [];
      for (const state of states) {
        world.clock.advance(1);
        const { channelId } = channel;
        const placed = placeOfChannelEvent({ what: 'channel', channelId, state, at: world.clock.now() });
        const event = eventKey(placed);
        const about = { account: account.accountId, subject: subjectOfChannel(channelId) };
        await store.rows.add({ kind: 'event', lane, event, storedAt: placed.order, ...about, ...placed.event });
        added.push(event);
      }
      await announce(added);
    },

    deliver: () => world.drain(),
    ring: (app = world.app, of = lane) => app.listeners['deliver-event']({ Records: [{ body: of }] }),
    asideOf: (client) => asideLane(account.accountId, subjectOfChat(account.accountId, chatOf(client))),
    texts: () => receiver.kept.flatMap(textsOf),
    rows: (of = lane) =>
      world.db
        .items('outbox')
        .filter(({ l, e }) => l === of && e !== '-')
        .map(readRow),

    async stop() {
      await receiver.stop();
      await world.stop();
    },
  };
  await made.register();
  return made;
}
