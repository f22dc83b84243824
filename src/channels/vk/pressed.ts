import { fieldsOf, isObject, stringOf } from '#channels/fields';

/** Our own payload of a button: its label, and what it gives back if that is something else. */
export interface OwnPayload {
  readonly t: string;
  readonly p?: string;
}

/** What a pressed button says. */
export interface Pressed {
  /** Its label, if it is one of our own. */
  readonly label?: string;
  readonly gives: string;
}

/** No client sends longer ones: a payload has at most 255 characters. */
const MAX_PAYLOAD = 4096;

/**
 * Reads the payload of a button, which is JSON in a message and an object in the press of a callback button. A client that
 * has no callback buttons sends a message instead, with the payload inside another: that one is unwrapped, once, because
 * VK may nest it without end. https://github.com/negezor/vk-io/issues/358
 */
export function readPressed(payload: unknown): Pressed | undefined {
  const outer = jsonIn(payload);
  const { command, payload: wrapped } = fieldsOf<{ command: unknown; payload: unknown }>(outer);
  const value = command === 'not_supported_button' && wrapped !== undefined ? jsonIn(wrapped) : outer;
  if (value === undefined) return undefined;
  const { t, p } = fieldsOf<OwnPayload>(value);
  const label = stringOf(t);
  if (label !== '') return { label, gives: stringOf(p) || label };
  const gives = typeof value === 'string' ? value : JSON.stringify(value);
  return gives === '' || gives.length > MAX_PAYLOAD ? undefined : { gives };
}

function jsonIn(payload: unknown): unknown {
  if (typeof payload !== 'string') return isObject(payload) ? payload : undefined;
  if (payload === '' || payload.length > MAX_PAYLOAD) return undefined;
  try {
    const value: unknown = JSON.parse(payload);
    return value === null ? undefined : value;
  } catch {
    return payload;
  }
}
