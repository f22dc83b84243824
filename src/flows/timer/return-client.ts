import { uuidOf } from '#domain/hash';
import type { Lapse } from '#domain/lapse';
import type { Had } from '#domain/returns';
import type { PassedOver } from '#domain/rotation';
import { waitOf } from '#domain/timer';
import { createCommit } from '#flows/sight/commit';
import { createMoving } from '#flows/sight/moving';
import { type ChatRow, type Stub, waitIn } from '#store/chats/chats';
import type { Address } from '#store/clients/addresses';
import { createDispensers, type Dispenser } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';

/** A client who leaves their responsible user because nobody has answered, with everything as it was read. */
export interface Return {
  /** The chat in which the client waits. It still waits, is marked, and was folded. */
  readonly row: ChatRow;
  /** Their other chats in which they wait: folded, and guarded for long enough. */
  readonly beside: readonly ChatRow[];
  /** All their chats, by key. */
  readonly chats: ReadonlyMap<string, ChatRow | Stub>;
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
  readonly lapse: Lapse;
  readonly waitedMinutes: number;
}

/**
 * Moves the client with all their chats, contact and deal to the next user or into the pool, and records it (T3, T14), in one
 * step. `overtaken` if anything has changed since it was read, a reply above all: then nothing has happened (I8).
 */
export type ReturnClient = (returning: Return) => Promise<'done' | 'overtaken'>;

/** Makes `returnClient`. `ring` rings the lanes of what tells of it: of the account's events, of its CRM. */
export function createReturnClient(
  deps: StoreDeps,
  ring: (lane: string) => Promise<void> = async () => undefined,
): ReturnClient {
  const { clock } = deps;
  const dispensers = createDispensers(deps);
  const committing = createCommit(deps);
  const moving = createMoving(deps, committing);

  return async function returnClient(returning) {
    const { row, beside, chats, address, dispenser, from, to, passedOver, had, lapse, waitedMinutes } = returning;
    const at = clock.now();
    const { channelId, chatType, chatId, account } = row;
    const name = ['returned', address.key, address.generation, waitOf(waitIn(row)), had.length].join('#');
    const about = { assignmentId: uuidOf(name), at, channelId, chatType, chatId, rule: 'returned' as const };
    const record = { ...about, place: to?.place ?? null, passedOver: [...passedOver], from, waitedMinutes };
    const moved = await moving(account, address, { userId: to?.userId, record, had: [...had, [from, at]] });
    if (!moved) return 'overtaken';
    const { change, lanes } = moved;
    const turned = dispensers.returned(dispenser, { to: to?.userId, from, lapse });
    const more = [...change.more, turned];
    if ((await committing.commit({ ...change, more, chats, waits: row, beside })) !== 'done') return 'overtaken';
    for (const lane of lanes) await ring(lane);
    return 'done';
  };
}
