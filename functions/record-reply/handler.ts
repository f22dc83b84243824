import { authenticate } from '#api/authenticate';
import { findNamed, writerOf } from '#api/named-user';
import { readSeen } from '#api/seen-token';
import type { Messenger } from '#channels/channel';
import type { Clock } from '#clock';
import { openMessages } from '#domain/chat';
import {
  type Fact,
  FIRST_KEY,
  factKey,
  idOfKey,
  isOwnEcho,
  leastKey,
  type NoReplyNeeded,
  type Seen,
  timeOfKey,
} from '#domain/fact';
import { type Author, chatKey, type Quoted, quote } from '#domain/message';
import { messageIdOf, readMessageId } from '#domain/message-id';
import { SEEN_NOTHING, seenOf, timeAfter } from '#domain/seen';
import { type Actor, authorOf } from '#domain/sight';
import type { Roots } from '#flows/identity/roots';
import type { Admit, Lost } from '#flows/take-client';
import { noAccess, RequestError } from '#http/errors';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings } from '#store/accounts/channel-settings';
import type { Installation } from '#store/accounts/installation';
import type { ChatRow, Chats } from '#store/chats/chats';
import type { Facts, NewFact } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';
import type { Users } from '#store/directory/users';
import { type CheckChannelDeps, checkText, findSender } from './check-channel.ts';
import { invalidMessage, type NewMessage, readMessage } from './read-message.ts';

export interface RecordReplyDeps extends CheckChannelDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly installation: Pick<Installation, 'secret'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
  readonly facts: Pick<Facts, 'put' | 'putClaimed' | 'readFrom' | 'newestKey'>;
  readonly outcomes: Pick<Outcomes, 'outcomeOf'>;
  readonly admit: Admit;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

type Message = Exclude<Fact, NoReplyNeeded>;

/** Accepts a reply of the team and stores it with what it covers. The reply leaves by the outbox. */
export function createHandler(deps: RecordReplyDeps): HttpHandler {
  return createRoute(
    async (request) => {
      const actor = await authenticate(request, deps);
      const message = await deps.roots.resolveChat(actor.account, readMessage(request.body));
      const sender = await findSender(deps, actor, message);
      checkText(sender, message.text);
      const key = chatKey(message);
      const [row, { settings }, named] = await Promise.all([
        deps.chats.get(key),
        deps.settings.read(message.channelId),
        findNamed(deps, actor, message, invalidMessage),
      ]);
      const writer = writerOf(actor, named, settings);
      const admission = writer && (await deps.admit(writer, message, row, settings));
      if (admission?.outcome === 'no-access') throw noAccess();
      if (admission?.outcome === 'lost') throw await alreadyTaken(deps, actor, admission);
      const covers = await seenBy(deps, sender.messenger, key, row, message);
      const author = named ? authorOf(named) : authorOf(actor);
      const fact = await toReply(deps, author, key, row, covers, message);
      // Decided before anything is stored or sent: a user who loses a client must not have written to them.
      const taken = await admission?.takeClient();
      if (taken?.outcome === 'lost') throw await alreadyTaken(deps, actor, taken);
      await store(deps, actor, key, fact, message.crmMessageId);
      return { status: 201, body: { messageId: messageIdOf(key, fact.key), chatId: message.chatId } };
    },
    { ...deps, errors: 'message' },
  );
}

async function alreadyTaken(
  { users }: RecordReplyDeps,
  { account }: Actor,
  { responsibleUserId }: Lost,
): Promise<RequestError> {
  const winner = await users.get(account, responsibleUserId);
  return new RequestError(409, 'ALREADY_TAKEN', 'Somebody else has taken this client', {
    responsibleUserId,
    name: winner?.name ?? null,
  });
}

/** What the reply covers: what its writer had seen, or without `seenUpTo` everything that is stored now. */
async function seenBy(
  deps: RecordReplyDeps,
  messenger: Messenger,
  key: string,
  row: ChatRow | undefined,
  { clearUnanswered, seenUpTo }: NewMessage,
): Promise<Seen | undefined> {
  if (seenUpTo === undefined) return clearUnanswered === false ? undefined : seenNow(deps, messenger, key, row);
  const seen = await readSeen(deps, key, row, seenUpTo);
  if (!seen) throw invalidMessage(['seenUpTo']);
  return clearUnanswered === false ? undefined : seen;
}

async function seenNow(
  { facts: stored, clock }: RecordReplyDeps,
  { inbound: { latestDeliveryMs } }: Messenger,
  key: string,
  row: ChatRow | undefined,
): Promise<Seen> {
  const startedAt = clock.now();
  // What is older is not delivered for the first time any more.
  const facts = await stored.readFrom(key, leastKey(row?.chat.openKey, factKey(startedAt - latestDeliveryMs, '')));
  const openKey = leastKey(row?.chat.openKey, openMessages(facts)[0]?.key);
  // Messages from before the part that was read were stored long ago, so they are covered without being named.
  return seenOf({ facts, low: FIRST_KEY, openKey, startedAt }, facts.length);
}

async function toReply(
  deps: RecordReplyDeps,
  author: Author,
  key: string,
  row: ChatRow | undefined,
  covers: Seen | undefined,
  { text, refMessageId }: NewMessage,
): Promise<NewFact> {
  const quoted = refMessageId === undefined ? undefined : await findQuoted(deps, key, refMessageId);
  const via = row?.chat.client?.via;
  const topic = quoted ? topicOf(quoted, via) : row?.chat.client?.topic;
  return {
    kind: 'reply',
    key: factKey(timeAfter(covers ?? SEEN_NOTHING, deps.clock.now()), deps.newId()),
    author,
    content: { type: 'text', text, ...(quoted && { quoted: await toQuoted(deps, key, quoted) }) },
    attempt: 1,
    ...(covers && { covers }),
    ...(via !== undefined && { via }),
    ...(topic !== undefined && { topic }),
  };
}

/** The message that the reply quotes. */
async function findQuoted({ facts: stored }: RecordReplyDeps, key: string, messageId: string): Promise<Message> {
  const named = readMessageId(messageId);
  const facts = named ? await stored.readFrom(key, factKey(named.time, ''), factKey(named.time + 1, '')) : [];
  const fact = facts.find((there) => messageIdOf(key, there.key) === messageId.toLowerCase());
  if (!fact || fact.kind === 'no-reply-needed' || isOwnEcho(fact)) {
    throw new RequestError(400, 'REFERENCE_MESSAGE_NOT_FOUND', 'There is no such message in this chat', {
      fields: ['refMessageId'],
    });
  }
  return fact;
}

/** The topic of a quoted message. If it has none, or came by another connection, the reply stands outside of topics. */
function topicOf(quoted: Message, via: string | undefined): string | undefined {
  return quoted.kind !== 'echo' && quoted.via === via ? quoted.topic : undefined;
}

async function toQuoted({ outcomes }: RecordReplyDeps, key: string, fact: Message): Promise<Quoted> {
  // The key of a reply holds Konvert's id. The messenger's id stands in the outcome once the reply was sent.
  const { providerId, edit } = (await outcomes.outcomeOf(key, fact.key)) ?? {};
  const known =
    providerId === undefined ? { providerId: idOfKey(fact.key), time: timeOfKey(fact.key) } : { providerId };
  return { ...quote(edit?.content ?? fact.content), ...known };
}

async function store(
  { facts }: RecordReplyDeps,
  { account }: Actor,
  key: string,
  fact: NewFact,
  crmMessageId: string | undefined,
): Promise<void> {
  if (crmMessageId === undefined) {
    // The id is new, so a "duplicate" is our own first try, of which only the answer was lost.
    await facts.put(key, fact);
    return;
  }
  if ((await facts.putClaimed(key, fact, { account, crmMessageId })) === 'repeated') {
    throw new RequestError(400, 'REPEATED_CRM_MESSAGE_ID', 'You have already sent message with same crmMessageId', {
      crmMessageId,
    });
  }
}
