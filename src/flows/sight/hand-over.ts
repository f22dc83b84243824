import { addressKey } from '#domain/address';
import type { ChatId } from '#domain/message';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { createCommit } from './commit.ts';
import { createMoving } from './moving.ts';
import { untilDone } from './until-done.ts';

/** The user who becomes responsible, and by which rule. */
export interface HandOverTo {
  readonly userId: string;
  readonly rule: 'handed-over' | 'first-reply';
}

/** Makes the user responsible for the client of the chat, on all channels of that messenger, and records it (D9). */
export type HandOver = (account: string, chat: ChatId, to: HandOverTo) => Promise<void>;

/**
 * Makes `handOver`, which rings the lanes of what it tells. A contact that Konvert keeps changes with the address. A CRM's
 * contact stays as it is, and takes the address back when the CRM pushes it again.
 */
export function createHandOver(
  deps: StoreDeps,
  ring: (lane: string) => Promise<void> = async () => undefined,
): HandOver {
  const { clock, newId } = deps;
  const addresses = createAddresses(deps);
  const committing = createCommit(deps);
  const moving = createMoving(deps, committing);

  return async function handOver(account, { channelId, chatType, chatId }, { userId, rule }) {
    const assignmentId = newId();
    const at = clock.now();
    const about = { assignmentId, at, channelId, chatType, chatId, rule, place: null, passedOver: [] };
    const record = { ...about, ...(rule === 'first-reply' && { known: true as const }) };
    const key = addressKey(account, chatType, chatId);
    let lanes: readonly string[] = [];
    await untilDone('An address', async () => {
      const moved = await moving(account, await addresses.get(key), { userId, record });
      if (!moved) return 'overtaken';
      lanes = moved.lanes;
      return committing.commit(moved.change);
    });
    for (const lane of lanes) await ring(lane);
  };
}
