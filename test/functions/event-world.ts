import { subjectOfChat } from '#domain/event';
import { chatKey } from '#domain/message';
import type { Subscriptions } from '#domain/receiver';
import type { App } from '#functions/app';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { asideLane, eventLane } from '#store/outbox/lane-names';
import { type Row, readRow } from '#store/outbox/row-item';
import { type ReceivedCall, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { createWorld, textUpdate, type World, type WorldOptions } from '#test/world';

const ALL: Subscriptions = {
  messagesAndStatuses: true,
  contactsAndDealsCreation: true,
  channelsUpdates: true,
  templateStatus: true,
  assignments: true,
  waiting: true,
};

/** A world in which the account has a receiver. */
export interface EventWorld {
  readonly world: World;
  readonly receiver: ReceiverDouble;
  readonly secret: string;
  readonly lane: string;
  /** Stores a registration in the place of the one before. */
  register(options?: { uri?: string; crmKey?: string; subscriptions?: Partial<Subscriptions> }): Promise<void>;
  /** Clients write these texts: `3 hello` is a text of client 3. The events wait, and their lane is rung. */
  happens(...words: string[]): Promise<void>;
  /** The channel is switched on or off. */
  switchChannel(enabled: boolean): Promise<void>;
  /** Lets everything leave that can leave now. */
  deliver(): Promise<void>;
  /** Lets a process follow one bell of the lane. */
  ring(app?: App, lane?: string): Promise<void>;
  /** The lane of what is set aside of that client. */
  asideOf(client: number): string;
  /** The texts that a receiver has which knows ids, in its order. */
  texts(): string[];
  /** What a lane remembers; undefined if there is nothing, or nothing but the last answers of the receiver. */
  laneItem(lane?: string): Readonly<Record<string, unknown>> | undefined;
  /** The rows of a lane. */
  rows(lane?: string): Row[];
  stop(): Promise<void>;
}

/** The texts in a call. */
export function textsOf({ body }: Pick<ReceivedCall, 'body'>): string[] {
  return (body?.messages ?? []).map(({ text }: { text: string }) => text);
}

/** Makes a world with a receiver that answers 200. */
export async function createEventWorld(options: WorldOptions = {}): Promise<EventWorld> {
  const world = await createWorld(options);
  const receiver = await startReceiver();
  const secret = newSigningSecret();
  const { store, account, channel } = world;
  const lane = eventLane(account.accountId);
  let lastUpdate = 0;
  const chatOf = (client: number) =>
    chatKey({ channelId: channel.channelId, chatType: 'telegram', chatId: String(client) });

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
      for (const word of words) {
        lastUpdate += 1;
        world.clock.advance(1);
        const client = Number(word.split(' ')[0]);
        const { status } = await world.webhook(textUpdate(client, word, lastUpdate, world.clock.now()));
        if (status !== 200) throw new Error(`The webhook answered ${status}`);
      }
      await world.drain({ deliver: false });
    },

    async switchChannel(enabled) {
      world.clock.advance(1);
      const path = `/v1/channels/${channel.channelId}`;
      const { status } = await world.call('PATCH', path, { key: account.apiKey, body: { enabled } });
      if (status !== 200) throw new Error(`The channel answered ${status}`);
    },

    deliver: () => world.drain(),
    ring: (app = world.app, of = lane) => app.listeners['deliver-event']({ Records: [{ body: of }] }),
    asideOf: (client) => asideLane(account.accountId, subjectOfChat(account.accountId, chatOf(client))),
    texts: () => receiver.kept.flatMap(textsOf),
    laneItem(of = lane) {
      const item = world.db.items('outbox').find(({ l, e }) => l === of && e === '-');
      const { w, answers, kept = {} } = item ?? {};
      const isOver = w === undefined && answers !== undefined && Object.keys(kept as object).length === 0;
      return isOver ? undefined : item;
    },
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
