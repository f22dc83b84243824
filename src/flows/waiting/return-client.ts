import { addressOfChat } from '#domain/address';
import { uuidOf } from '#domain/hash';
import type { Had } from '#domain/returns';
import type { PassedOver } from '#domain/rotation';
import { waitOf } from '#domain/waiting';
import { createCommit } from '#flows/sight/commit';
import { createMoving, createRingCrm } from '#flows/sight/moving';
import { type ChatRow, createChats, waitIn } from '#store/chats/chats';
import type { Address } from '#store/clients/addresses';
import { createDispensers, type Dispenser, type Lapses } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';

/** A client who leaves their responsible user because nobody has answered, with everything as it was read. */
export interface Return {
  /** The chat in which the client waits. It still waits, is marked, and was folded. */
  readonly row: ChatRow;
  /** The address of its client. */
  readonly address: Address;
  /** The rotation of the chat's channel. */
  readonly dispenser: Dispenser;
  readonly from: string;
  /** The user who gets the client; undefined: they fall into the pool. */
  readonly to?: { readonly userId: string; readonly place: number } | undefined;
  readonly passedOver: readonly PassedOver[];
  /** Those from whom the client was returned in this wait, without this return. */
  readonly had: readonly Had[];
  /** How many returns in a row the user has had by now, with this one (T11). */
  readonly lapse: Lapses[string];
  readonly waitedMinutes: number;
}

/**
 * Moves the client with all their chats, contact and deal to the next user or into the pool, and records it (T3, T14), in one
 * step. `overtaken` if anything has changed since it was read, a reply above all: then nothing has happened (I8).
 */
export type ReturnClient = (returning: Return) => Promise<'done' | 'overtaken'>;

/** Makes `returnClient`. `ringCrm` rings the lane of a connected CRM, which hears of it. */
export function createReturnClient(
  deps: StoreDeps,
  ringCrm: (lane: string) => Promise<void> = async () => undefined,
): ReturnClient {
  const { clock } = deps;
  const chats = createChats(deps);
  const dispensers = createDispensers(deps);
  const committing = createCommit(deps);
  const moving = createMoving(deps, committing);
  const ring = createRingCrm(deps, ringCrm);

  return async function returnClient({ row, address, dispenser, from, to, passedOver, had, lapse, waitedMinutes }) {
    if (
      addressOfChat(row.account, row.key) !== address.key &&
      !address.aliases.includes(addressOfChat(row.account, row.key))
    ) {
      throw new Error('The chat is not one of that address');
    }
    const at = clock.now();
    const { channelId, chatType, chatId, account } = row;
    const name = ['returned', address.key, address.generation, waitOf(waitIn(row)), had.length].join('#');
    const about = { assignmentId: uuidOf(name), at, channelId, chatType, chatId, rule: 'returned' as const };
    const record = { ...about, place: to?.place ?? null, passedOver: [...passedOver], from, waitedMinutes };
    const change = await moving(account, address, { userId: to?.userId, record, had: [...had, [from, at]] });
    if (!change) return 'overtaken';
    const turned = dispensers.returned(dispenser, { to: to?.userId, from, lapse });
    const rows = await chats.loadAll(address.chats);
    const done = await committing.commit({
      ...change,
      more: [...change.more, turned],
      chats: rows.set(row.key, row),
      waits: row,
    });
    if (done !== 'done') return 'overtaken';
    await ring(account);
    return 'done';
  };
}
