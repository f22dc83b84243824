import type * as z from 'zod/mini';
import { type Asker, authenticate } from '#api/authenticate';
import type { newMessageAnswer } from '#api/message-routes';
import { findNamed, type Named, writerOf } from '#api/named-user';
import { readSeen } from '#api/seen-token';
import type { Messenger } from '#channels/channel';
import type { Clock } from '#clock';
import { FIRST_KEY, factKey, leastKey, type Seen } from '#domain/fact';
import { type Author, chatKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { openMessages } from '#domain/open-messages';
import { SEEN_NOTHING, seenOf, timeAfter } from '#domain/seen';
import { type Actor, authorOf } from '#domain/sight';
import type { ComeBack } from '#flows/due/set-away';
import type { Roots } from '#flows/identity/roots';
import type { Admit, Lost } from '#flows/take-client';
import { fileOwner } from '#flows/take-file';
import { invalidMessage, noAccess, RequestError } from '#http/errors';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings } from '#store/accounts/channel-settings';
import type { Installation } from '#store/accounts/installation';
import type { SignsOfLife } from '#store/accounts/signs-of-life';
import type { ChatRow, Chats } from '#store/chats/chats';
import type { Claim, Claims } from '#store/chats/claims';
import type { Facts, NewFact } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';
import type { Users } from '#store/directory/users';
import type { PageTokens } from '#store/pages/tokens';
import { findQuoted, type QuotedMessage, topicOf } from './find-quoted.ts';
import { type FindSenderDeps, findSender } from './find-sender.ts';
import { type KeepClientDeps, keepClient } from './keep-client.ts';
import { type PrepareContentDeps, type Prepared, prepareContent } from './prepare-content.ts';
import { type NewMessage, readMessage } from './read-message.ts';
import { checkSettled, claimOf, endOf, settleOnce } from './settle.ts';

export interface RecordReplyDeps extends FindSenderDeps, PrepareContentDeps, KeepClientDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly installation: Pick<Installation, 'secret'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
  readonly facts: Pick<Facts, 'put' | 'readFrom' | 'newestKey'>;
  readonly claims: Pick<Claims, 'putReply' | 'putRefusal' | 'settled'>;
  readonly outcomes: Pick<Outcomes, 'outcomeOf'>;
  readonly signsOfLife: Pick<SignsOfLife, 'note'>;
  /** Ends that Konvert has set the user away. */
  readonly comeBack: ComeBack;
  readonly admit: Admit;
  /** The base of our own addresses, if it is not the address that the caller used. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * Accepts a reply of the team and stores it with what it covers. The reply leaves by the outbox. A page that asks again
 * with the same `crmMessageId` is told what became of the first request.
 */
export function createHandler(deps: RecordReplyDeps): HttpHandler {
  return createRoute(
    async (request) => {
      const asker = await authenticate(request, deps);
      const message = readMessage(request.body);
      const claim = claimOf(asker, message);
      const body = await settleOnce(deps, claim, () => accept(deps, asker, message, claim, request.origin));
      return { status: 201, body };
    },
    { ...deps, errors: () => 'message' },
  );
}

async function accept(
  deps: RecordReplyDeps,
  actor: Asker,
  said: NewMessage,
  claim: Claim | undefined,
  origin: string,
): Promise<z.infer<typeof newMessageAnswer>> {
  const message = await deps.roots.resolveChat(actor.account, said);
  const sender = await findSender(deps, actor, message);
  const key = chatKey(message);
  const readAt = deps.clock.now();
  const [row, { settings }, named] = await Promise.all([
    deps.chats.get(key),
    deps.settings.read(message.channelId),
    findNamed(deps, actor, message, invalidMessage),
  ]);
  // A chat that is known is written to as it is: its person may have another id, too.
  if (!row && sender.messenger.outbound.reaches?.(message.chatId) === false) throw invalidMessage(['chatId']);
  const writer = writerOf(actor, named, settings);
  const admission = writer && (await deps.admit(writer, message, row, settings));
  if (admission?.outcome === 'no-access') throw noAccess();
  if (admission?.outcome === 'lost') throw await alreadyTaken(deps, actor, admission);
  // Before the file is fetched: what comes meanwhile has not been seen.
  const covers = await seenBy(deps, sender.messenger, key, row, message);
  const quoted = await findQuoted(deps, key, message);
  const prepared = await prepareContent(deps, sender, fileOwner(actor.account, deps.publicUrl, origin), message);
  const author = named ? authorOf(named) : authorOf(actor);
  const how = { ...message, fromPage: actor.page !== undefined };
  const fact = toReply(deps, author, row, covers, prepared, quoted, how);
  // A request that was refused before must neither take the client now nor keep a file.
  await checkSettled(deps, claim);
  await prepared.keep?.(key, fact.key);
  // Decided before anything is stored or sent: a user who loses a client must not have written to them.
  const taken = await admission?.takeClient();
  if (taken?.outcome === 'lost') throw await alreadyTaken(deps, actor, taken);
  await keepClient(deps, writer, { row, readAt }, covers !== undefined, settings);
  await store(deps, key, fact, claim);
  if (settings.waiting) await noteLife(deps, actor, named);
  return { messageId: messageIdOf(key, fact.key), chatId: message.chatId };
}

/** Notes that the user is there, in whatever way the request names them (T11). Nothing of this fails the reply: it is stored. */
async function noteLife({ signsOfLife, comeBack }: RecordReplyDeps, actor: Asker, named: Named | undefined) {
  const { account, userId = named?.isUser ? named.userId : undefined } = actor;
  if (userId === undefined || !(await signsOfLife.note(account, userId))) return;
  await comeBack(account, userId).catch(() => undefined);
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

function toReply(
  { clock, newId }: RecordReplyDeps,
  author: Author,
  row: ChatRow | undefined,
  covers: Seen | undefined,
  { content, sends }: Prepared,
  quoted: QuotedMessage | undefined,
  { crmMessageId, fromPage }: Pick<NewMessage, 'crmMessageId'> & { readonly fromPage: boolean },
): NewFact {
  const via = row?.chat.client?.via;
  const topic = quoted ? topicOf(quoted, via) : row?.chat.client?.topic;
  return {
    kind: 'reply',
    key: factKey(timeAfter(covers ?? SEEN_NOTHING, clock.now()), newId()),
    author,
    content: { ...content, ...(quoted && { quoted: quoted.quote }) },
    attempt: 1,
    ...(covers && { covers }),
    ...(crmMessageId !== undefined && { crmMessageId }),
    ...(fromPage && { fromPage }),
    ...(via !== undefined && { via }),
    ...(topic !== undefined && { topic }),
    ...(sends && { sends }),
  };
}

async function store({ facts, claims }: RecordReplyDeps, key: string, fact: NewFact, claim: Claim | undefined) {
  // The id is new, so a "duplicate" is our own first try, of which only the answer was lost.
  const stored = claim ? await claims.putReply(key, fact, claim) : await facts.put(key, fact);
  if (claim && typeof stored === 'object') throw endOf(claim, stored);
}
