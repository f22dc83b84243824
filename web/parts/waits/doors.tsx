import { later } from '../../kit/later.tsx';

/** All that is about clients who wait for too long comes after the page, or with the first of them. */
const waits = async () => {
  const loaded = await import('./waits.tsx');
  await loaded.speakWaits();
  return loaded;
};

export const Status = later(async () => (await waits()).Status);
export const SetAway = later(async () => (await waits()).SetAway);
export const Leaving = later(async () => (await waits()).Leaving);
export const WaitMark = later(async () => (await waits()).WaitMark);
export const WhyDialog = later(async () => (await waits()).WhyDialog);
