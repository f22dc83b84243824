import { isToNote, lookWindow } from '#domain/look';
import { MINUTE_MS } from '#domain/schedule';
import { createLooks } from '#store/accounts/looks';
import { createLateChats } from '#store/chats/late-chats';
import type { StoreDeps } from '#store/dynamo/client';
import { type ArmDeps, createArm } from './arm.ts';
import { createMindUnmanned } from './mind-unmanned.ts';

/** Finds clients who have become late, and who wait while nobody is on, and puts the tasks by which something is done. */
export type Look = () => Promise<void>;

/** It costs as much as the look itself. */
const UNMANNED_EVERY_MINUTES = 2;

/** Makes `look`. It has to run every minute; one that fails, or does not run, is made good by the next. */
export function createLook(deps: StoreDeps & ArmDeps): Look {
  const { clock } = deps;
  const looks = createLooks(deps);
  const lateChats = createLateChats(deps);
  const { arm } = createArm(deps);
  const mindUnmanned = createMindUnmanned(deps);

  return async function look() {
    const startedAt = clock.now();
    const { channels, lookedAt } = await looks.read();
    if (channels.length === 0) return;
    for (const { channelId, dueAfterMinutes } of channels) {
      const window = lookWindow(startedAt, dueAfterMinutes * MINUTE_MS, lookedAt);
      for await (const page of lateChats.between(channelId, window)) {
        await arm(
          page.map(({ key }) => key),
          dueAfterMinutes,
        );
      }
    }
    if (Math.floor(startedAt / MINUTE_MS) % UNMANNED_EVERY_MINUTES === 0) await mindUnmanned(channels);
    if (isToNote(startedAt, lookedAt)) await looks.note(startedAt);
  };
}
