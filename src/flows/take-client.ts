import { addressKey } from '#domain/address';
import { type ChatId, chatKey } from '#domain/message';
import { isUnowned } from '#domain/ownership';
import { type ChannelSettings, mayWrite } from '#domain/settings';
import { type Actor, isInPool, receivesNewClients, responsibleOf, roleOf, sightOf } from '#domain/sight';
import { createHandOver } from '#flows/sight/hand-over';
import type { ChatRow } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';

/** A user who writes. The CRM itself is always let in, and makes nobody responsible (R4, D4). */
export type Writer = Required<Pick<Actor, 'account' | 'userId'>>;

/** The reply that the writer wants to send, as far as it matters here. */
export interface Wanted extends ChatId {
  readonly clearUnanswered?: boolean | undefined;
}

/** Makes the writer responsible, if the reply does that. It runs before the reply is stored. */
export type TakeClient = () => Promise<{ readonly outcome: 'taken' } | Lost>;

/** Another user has taken the client before. */
export interface Lost {
  readonly outcome: 'lost';
  readonly responsibleUserId: string;
}

/**
 * Whether the writer may write in the chat. `no-access` is the answer both for a chat that they may not write in and
 * for one that they do not see.
 */
export type Admission =
  | { readonly outcome: 'admitted'; readonly takeClient: TakeClient }
  | { readonly outcome: 'no-access' }
  | Lost;

/** Says whether the writer may write in the chat. If so, `takeClient` has to run before their reply is stored. */
export type Admit = (
  writer: Writer,
  wanted: Wanted,
  row: ChatRow | undefined,
  settings: ChannelSettings,
) => Promise<Admission>;

const TAKEN = { outcome: 'taken' } as const;
const NO_ACCESS: Admission = { outcome: 'no-access' };
/** The writer may write, and the reply makes nobody responsible. */
const UNCHANGED: Admission = { outcome: 'admitted', takeClient: async () => TAKEN };
const TRIES = 20;

/** Makes `admit`. A row that shows no responsible user may be behind; then the address decides. */
export function createAdmit(deps: StoreDeps): Admit {
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);
  const handOver = createHandOver(deps);

  /** Makes the writer responsible, if theirs is the first reply (D4). */
  async function take(
    read: Address,
    { userId }: Writer,
    wanted: Wanted,
    settings: ChannelSettings,
  ): ReturnType<TakeClient> {
    const why = { userId, chatKey: chatKey(wanted), rule: 'first-reply' as const, place: null, passedOver: [] };
    let free = read;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { decided, address } = await addresses.decide(free, why);
      if (decided) return TAKEN;
      if (!isUnowned(address)) {
        // The CRM may have named this very user at the same moment, or a user who could not answer.
        const winner = address.owner ?? responsibleOf(address.viewers, settings);
        return winner !== undefined && winner !== userId ? { outcome: 'lost', responsibleUserId: winner } : TAKEN;
      }
      // A contact came and went meanwhile: try again in the present generation.
      free = address;
    }
    throw new ContentionError('An address');
  }

  /** Makes the writer responsible for a client in the pool, if Konvert keeps the contact (D8). */
  async function takeKept(
    { contact, viewers }: Address,
    { account, userId }: Writer,
    { clearUnanswered, ...chat }: Wanted,
    settings: ChannelSettings,
  ): ReturnType<TakeClient> {
    if (!contact || clearUnanswered === false || !isInPool(viewers, settings)) return TAKEN;
    if ((await contacts.load(account, contact.id)).own === undefined) return TAKEN;
    await handOver(account, chat, { userId, rule: 'first-reply' });
    return TAKEN;
  }

  return async function admit(writer, wanted, row, settings) {
    const { account, userId } = writer;
    const role = roleOf(userId, settings);
    if (!role || !mayWrite(role)) return NO_ACCESS;
    const owned = row && !isInPool(row.viewers, settings);
    if (owned && sightOf(writer, row, settings) === 'writes') return UNCHANGED;
    const receives = receivesNewClients(userId, settings);
    if (owned && !receives) return NO_ACCESS;
    const address = await addresses.get(addressKey(account, wanted.chatType, wanted.chatId));
    const sees = sightOf(writer, { account, viewers: address.viewers }, settings) === 'writes';
    if (isUnowned(address)) {
      // Every writer may start a chat with an unowned client (R6). In a chat of the pool, only those who see it may
      // write.
      if (row && !sees) return NO_ACCESS;
      // A seller who starts a chat answers nobody, so `clearUnanswered` has no say (D4, R6). The chat becomes theirs,
      // or they would not see it.
      const starts = !row && role === 'seller';
      const takes = starts || (row && wanted.clearUnanswered !== false);
      return takes ? { outcome: 'admitted', takeClient: () => take(address, writer, wanted, settings) } : UNCHANGED;
    }
    if (sees) return { outcome: 'admitted', takeClient: () => takeKept(address, writer, wanted, settings) };
    if (isTakenByReply(address) && role === 'seller' && receives) {
      return { outcome: 'lost', responsibleUserId: address.owner };
    }
    return NO_ACCESS;
  };
}

/** Whether a first reply gave the client to their owner, and nothing has changed that since. */
function isTakenByReply(address: Address): address is Address & { readonly owner: string } {
  const { owner, why } = address;
  return why?.rule === 'first-reply' && owner === why.userId;
}
