import type * as z from 'zod/mini';
import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import { chatKey } from '#domain/message';
import { type ChannelSettings, mayWrite } from '#domain/settings';
import { type Actor, isInPool, receivesNewClients, responsibleOf, roleOf, sightOf } from '#domain/sight';
import type { SightChanges } from '#flows/sight-changes';
import type { newMessage } from '#http/contract';
import { noAccess, RequestError } from '#http/errors';
import type { ChatRow } from '#store/chats/chats';
import { type Address, type Addresses, isNobodys } from '#store/clients/addresses';
import type { Assignments } from '#store/clients/assignments';
import type { Contacts } from '#store/directory/contacts';
import type { Users } from '#store/directory/users';
import { ContentionError } from '#store/dynamo/errors';

export interface AdmitDeps {
  readonly users: Pick<Users, 'get'>;
  readonly addresses: Pick<Addresses, 'get' | 'decide'>;
  readonly contacts: Pick<Contacts, 'load'>;
  readonly assignments: Pick<Assignments, 'write'>;
  readonly sightChanges: Pick<SightChanges, 'handOver'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A user who writes; the CRM itself is always let in, and makes nobody responsible (R4, D4). */
export type Writer = Required<Pick<Actor, 'account' | 'userId'>>;

/** Makes the writer responsible where the reply does that; comes before the reply is stored. Throws 409. */
export type TakeClient = () => Promise<void>;

type Wanted = Pick<z.infer<typeof newMessage>, 'channelId' | 'chatType' | 'chatId' | 'clearUnanswered'>;

const NOTHING: TakeClient = async () => undefined;
const TRIES = 20;

/**
 * Lets the writer into the chat, and answers with what has to be settled before their reply is stored. Throws 403, one
 * answer for a chat that they may not write and for one that they do not see, and 409 where a first reply has been
 * there before theirs (D4). Where the row says that nobody is responsible, the address knows better.
 */
export async function admit(
  deps: AdmitDeps,
  writer: Writer,
  message: Wanted,
  row: ChatRow | undefined,
  settings: ChannelSettings,
): Promise<TakeClient> {
  const { account, userId } = writer;
  const role = roleOf(userId, settings);
  if (!role || !mayWrite(role)) throw noAccess();
  const owned = row && !isInPool(row.viewers, settings);
  if (owned && sightOf(writer, row, settings) === 'writes') return NOTHING;
  if (!owned || receivesNewClients(userId, settings)) {
    const address = await deps.addresses.get(addressKey(account, message.chatType, message.chatId));
    const sees = sightOf(writer, { account, viewers: address.viewers }, settings) === 'writes';
    if (isNobodys(address)) {
      // Nobody's client may be written to by whoever may write at all (R6); a chat of the pool by those who see it.
      if (row && !sees) throw noAccess();
      // Whoever starts a chat answers nobody, so what it clears says nothing (D4): it is theirs, or they would not see it.
      const starts = !row && role === 'seller';
      return starts || (row && message.clearUnanswered !== false)
        ? () => take(deps, address, writer, message, settings)
        : NOTHING;
    }
    if (sees) return () => takeKept(deps, address, writer, message, settings);
    if (isTakenByReply(address) && role === 'seller' && receivesNewClients(userId, settings)) {
      throw await alreadyTaken(deps, account, address.owner);
    }
  }
  throw noAccess();
}

/** The first reply makes its writer responsible: one wins (D4). */
async function take(
  deps: AdmitDeps,
  read: Address,
  { account, userId }: Writer,
  message: Wanted,
  settings: ChannelSettings,
): Promise<void> {
  const why = { userId, chatKey: chatKey(message), rule: 'first-reply' as const, place: null, passedOver: [] };
  let free = read;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { decided, address } = await deps.addresses.decide(free, why);
    if (decided) return;
    if (!isNobodys(address)) {
      // The CRM may have named this very user in the same moment, or nobody who could answer.
      const winner = address.owner ?? responsibleOf(address.viewers, settings);
      if (winner !== undefined && winner !== userId) throw await alreadyTaken(deps, account, winner);
      return;
    }
    // Its contact came and went meanwhile.
    free = address;
  }
  throw new ContentionError('An address');
}

/** A client of nobody who could answer becomes the writer's, where Konvert keeps the contact (D8). */
async function takeKept(
  { contacts, sightChanges, assignments, clock, newId }: AdmitDeps,
  { key, contact, viewers }: Address,
  { account, userId }: Writer,
  { channelId, chatType, chatId, clearUnanswered }: Wanted,
  settings: ChannelSettings,
): Promise<void> {
  if (!contact || clearUnanswered === false || !isInPool(viewers, settings)) return;
  if ((await contacts.load(account, contact.id)).own === undefined) return;
  const at = clock.now();
  const chat = { channelId, chatType, chatId };
  const record = { ...chat, userId, rule: 'first-reply' as const, place: null, passedOver: [] };
  const assignmentId = newId();
  await sightChanges.handOver(key, {
    userId,
    at,
    recordOf: (contactId) => assignments.write(account, { assignmentId, at, ...record, contactId }),
  });
}

/** Whether a first reply made the client somebody's, and nothing has changed that since. */
function isTakenByReply(address: Address): address is Address & { readonly owner: string } {
  const { owner, why } = address;
  return why?.rule === 'first-reply' && owner === why.userId;
}

async function alreadyTaken({ users }: AdmitDeps, account: string, responsibleUserId: string): Promise<RequestError> {
  const winner = await users.get(account, responsibleUserId);
  return new RequestError(409, 'ALREADY_TAKEN', 'Somebody else has taken this client', {
    responsibleUserId,
    name: winner?.name ?? null,
  });
}
