import { eachAtOnce } from '#at-once';
import { addressOfChat } from '#domain/address';
import {
  type ChatEvent,
  eventKey,
  eventsOfFact,
  eventsOfOutcome,
  type Placed,
  subjectOfChat,
  TOLD_WITHIN_MS,
} from '#domain/event';
import { END_OF_KEYS, type Fact, idOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import type { Receiver } from '#domain/receiver';
import { createOptions } from '#store/accounts/account-options';
import { createChannels } from '#store/accounts/channels';
import { createCrmConnections } from '#store/accounts/crms';
import { createReceivers } from '#store/accounts/receivers';
import { createFacts } from '#store/chats/facts';
import { createFindMessages } from '#store/chats/find-messages';
import type { Outcome } from '#store/chats/outcome-item';
import { createOutcomes } from '#store/chats/outcomes';
import type { StoreDeps } from '#store/dynamo/client';
import { isOfSaid, type News, OUTCOME_PREFIX } from '#store/dynamo/stream';
import { connectorLane, eventLane, noteAtCrm } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';

/**
 * Puts into the outbox what receivers have to be told of. Answers with the sort keys of the rows that wait, by lane: they
 * have to be announced.
 */
export type AddEvents = (news: readonly News[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** The news of one person, in an account with a receiver that listens. */
interface NewsOfPerson {
  readonly account: string;
  readonly subject: string;
  /** The lane of the receiver, or that of the connected CRM for its timelines (C4). */
  readonly lane: string;
  /** What was said before that time (epoch ms) is not told, or was told. */
  readonly since: number;
  /** The keys of the items, by chat. */
  readonly chats: Map<string, Set<string>>;
}

const AT_ONCE = 16;

/**
 * Makes `addEvents(news)`. What is told of one person is put in its order, of sixteen persons at once. Repeating it adds
 * nothing.
 */
export function createAddEvents(deps: StoreDeps): AddEvents {
  const { clock } = deps;
  const channels = createChannels(deps);
  const receivers = createReceivers(deps);
  const connections = createCrmConnections(deps);
  const options = createOptions(deps);
  const facts = createFacts(deps);
  const findMessages = createFindMessages(deps);
  const { outcomes, outcomeOf } = createOutcomes(deps);
  const rows = createRows(deps);

  async function wantedOf(news: readonly News[]): Promise<NewsOfPerson[]> {
    // One that does not listen is not cached, and is looked up once for each batch.
    const known = new Map<string, Receiver | undefined>();
    const timelines = new Map<string, number | undefined>();
    const wanted = new Map<string, NewsOfPerson>();
    for (const { chatKey, key } of news) {
      const { account } = await channels.getKnown(chatOfKey(chatKey).channelId);
      if (!known.has(account)) known.set(account, await receivers.listening(account, 'messagesAndStatuses'));
      if (!timelines.has(account)) timelines.set(account, await timelineSince(account));
      const receiver = known.get(account);
      const wants = [
        { lane: eventLane(account), from: receiver && (receiver.listensSince ?? 0) },
        { lane: connectorLane(account), from: timelines.get(account) },
      ];
      for (const { lane, from } of wants) {
        if (from === undefined) continue;
        const since = Math.max(from, clock.now() - TOLD_WITHIN_MS);
        const subject = subjectOfChat(account, chatKey);
        const name = `${lane}#${subject}`;
        const person = wanted.get(name) ?? { account, subject, lane, since, chats: new Map() };
        person.chats.set(chatKey, (person.chats.get(chatKey) ?? new Set()).add(key));
        wanted.set(name, person);
      }
    }
    return [...wanted.values()];
  }

  /** Since when messages go into the timelines of the account's connected CRM (epoch ms); undefined if they do not. */
  async function timelineSince(account: string): Promise<number | undefined> {
    const connection = await connections.of(account);
    if (!connection || connection.isDisabled) return undefined;
    return (await options.optionsOf(account)).saveMessagesToTimeline ? connection.madeAt : undefined;
  }

  async function eventsOfChat(chat: string, keys: readonly string[], since: number): Promise<Placed<ChatEvent>[]> {
    const said = keys.filter((key) => key < END_OF_KEYS);
    const ids = keys.filter((key) => key >= END_OF_KEYS).map((key) => key.slice(OUTCOME_PREFIX.length));
    const became = await outcomes(chat, [...said.map(idOfKey), ...ids]);
    const nameless = ids.filter((id) => became.get(id)?.deletedAt !== undefined && keyOf(id) === undefined);
    const found = nameless.length > 0 ? await findMessages(chat, nameless) : new Map<string, string>();

    function keyOf(id: string): string | undefined {
      const { reply, fact } = became.get(id) ?? {};
      return reply ?? fact;
    }

    /** Receipts are told behind the send that they speak of, so both have to be known. */
    async function wholeOf(id: string, fact: Fact): Promise<Outcome> {
      const outcome = became.get(id) ?? {};
      if (fact.kind !== 'reply' || !hasReceipts(outcome)) return outcome;
      const whole = await outcomeOf(chat, fact.key);
      return whole && [idOfKey(fact.key), whole.providerId].includes(id) ? whole : outcome;
    }

    async function ofFact(key: string): Promise<Placed<ChatEvent>[]> {
      const fact = await facts.get(chat, key);
      if (!fact || fact.kind === 'reply' || fact.storedAt < since) return [];
      // What came before the message could not be told before it.
      return [...eventsOfFact(chat, fact), ...eventsOfOutcome(chat, fact, became.get(idOfKey(key)) ?? {})];
    }

    async function ofOutcome(id: string): Promise<Placed<ChatEvent>[]> {
      const key = keyOf(id) ?? found.get(id);
      const fact = key === undefined ? undefined : await facts.get(chat, key);
      const events = fact ? eventsOfOutcome(chat, fact, await wholeOf(id, fact)) : [];
      // A reply that left since is told with its status, although it was written before.
      const isReply = fact?.kind === 'reply' && events.some(({ order }) => order >= since);
      return isReply ? events : events.filter(({ order }) => order >= since);
    }

    return (await Promise.all([...said.map(ofFact), ...ids.map(ofOutcome)])).flat();
  }

  /** Adds the rows of a person, and answers with the sort keys of those that wait. */
  async function addRows({ account, subject, lane, since, chats }: NewsOfPerson): Promise<string[]> {
    const ofChats = await Promise.all([...chats].map(([chat, keys]) => eventsOfChat(chat, [...keys], since)));
    const events = new Map(ofChats.flat().map((placed) => [eventKey(placed), placed]));
    const waiting: string[] = [];
    for (const [key, { event, order }] of [...events].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const place = { lane, event: key, account, subject, storedAt: order };
      if (lane === eventLane(account)) {
        if ((await rows.add({ kind: 'event', ...event, ...place })) !== 'ended') waiting.push(key);
        continue;
      }
      if (event.what !== 'message') continue;
      const address = addressOfChat(account, event.chat);
      const note = { kind: 'note' as const, address, chat: event.chat, fact: event.fact };
      const noted = { ...note, ...place, event: noteAtCrm(key) };
      if ((await rows.add(noted)) !== 'ended') waiting.push(noted.event);
    }
    return waiting;
  }

  return async function addEvents(news) {
    const added = new Map<string, string[]>();
    await eachAtOnce(await wantedOf(news.filter(mayBeTold)), AT_ONCE, async (person) => {
      const keys = await addRows(person);
      added.set(person.lane, [...(added.get(person.lane) ?? []), ...keys]);
    });
    return added;
  };
}

/** Whether a receipt says more of a message than that it was sent. */
function hasReceipts({ deliveredAt, readAt, sentAt }: Outcome): boolean {
  return deliveredAt !== undefined || readAt !== undefined || sentAt !== undefined;
}

/** A reply is told by its first status, an import never. */
function mayBeTold(news: News): boolean {
  return !news.history && isOfSaid(news);
}
