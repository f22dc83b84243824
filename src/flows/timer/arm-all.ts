import { createLooks } from '#store/accounts/looks';
import type { StoreDeps } from '#store/dynamo/client';
import { type ArmDeps, createArm } from './arm.ts';

/** Puts tasks for all late clients who have none, in all channels with a timer: the proof that no look has missed one. */
export type ArmAll = () => Promise<void>;

/** Makes `armAll`. */
export function createArmAll(deps: StoreDeps & ArmDeps): ArmAll {
  const looks = createLooks(deps);
  const { armChannel } = createArm(deps);
  return async function armAll() {
    const { channels } = await looks.read();
    for (const { channelId } of channels) await armChannel(channelId, { which: 'new' });
  };
}
