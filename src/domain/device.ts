import { createHmac, hash } from 'node:crypto';

/**
 * The value of a device's cookie that counts, and its neighbours, as hashes. The next value follows from the one that is
 * shown and from `key`, so that two requests at once get the same one, and a lost answer loses nothing.
 */
export interface Rotation {
  readonly key: string;
  readonly before?: string;
  readonly present: string;
  readonly next: string;
  /** When `present` became that (epoch ms). */
  readonly steppedAt: number;
}

/** The value takes no more than one step in this time. A request under way is answered long before the second. */
export const STEP_MS = 3_600_000;

/** A device that nobody used for so long has to be signed in anew. */
export const DEVICE_MS = 90 * 24 * 3_600_000;

/** The rotation of a new device, which is given the value `first`. */
export function beginRotation(first: string, key: string, now: number): Rotation {
  return { key, present: hashOf(first), next: hashOf(following(first, key)), steppedAt: now };
}

/**
 * The value to give to a device that shows `shown`, and the rotation after it. The value of before may come from a
 * request that another one has overtaken. Undefined for every other value.
 */
export function rotate(rotation: Rotation, shown: string, now: number): { give: string; after: Rotation } | undefined {
  const { key, before, present, next, steppedAt } = rotation;
  const given = hashOf(shown);
  if (given === before) return { give: following(shown, key), after: rotation };
  if (given === present) return { give: now - steppedAt < STEP_MS ? shown : following(shown, key), after: rotation };
  if (given !== next) return undefined;
  const after = { key, before: present, present: given, next: hashOf(following(shown, key)), steppedAt: now };
  return { give: shown, after };
}

function following(value: string, key: string): string {
  return createHmac('sha256', key).update(value).digest('base64url');
}

function hashOf(value: string): string {
  return hash('sha256', value);
}
