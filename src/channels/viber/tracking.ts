import { fieldsOf, isObject, listOf } from '#channels/fields';
import type { Buttons } from '#domain/message';

/** Viber takes so many characters: https://creators.viber.com/docs/bots-api/resources/messaging/send-message */
const MOST = 4000;

/** What Viber gives back with the person's next message. */
interface Tracked {
  /** `Outgoing.key`, to find a message of ours by. */
  readonly key: string;
  /** The buttons that give back something else than their labels: label and payload of each. */
  readonly buttons: readonly unknown[];
}

/**
 * What is sent along with a message. A person sees what a button sends, so it sends its label, and what it stands for is
 * kept here. Payloads for which there is no room are left out: their buttons are texts then.
 */
export function trackingOf(key: string, buttons?: Buttons): string {
  const given = (buttons?.rows ?? []).flat().flatMap(({ text, payload }) => (payload ? [[text, payload]] : []));
  const tracked = JSON.stringify({ key, ...(given.length > 0 && { buttons: given }) });
  return tracked.length <= MOST ? tracked : JSON.stringify({ key });
}

/** What the button with that label gives back. Undefined if the last message had none such, or two. */
export function pressedIn(tracking: unknown, label: string): string | undefined {
  const found = listOf(fieldsOf<Tracked>(jsonOf(tracking)).buttons).filter(
    (one): one is [string, string] => Array.isArray(one) && one[0] === label && typeof one[1] === 'string',
  );
  return new Set(found.map(([, payload]) => payload)).size === 1 ? found[0]?.[1] : undefined;
}

function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > MOST) return undefined;
  try {
    const read = JSON.parse(value);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
