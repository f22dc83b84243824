import type { VirtualClock } from '../virtual-clock.ts';

/** Somebody at Viber. */
export interface ViberPerson {
  readonly id: string;
  readonly name: string;
  /** Who never wrote, or has left, cannot be written to. */
  isSubscribed: boolean;
  /** Without it Viber takes no message: `receiverNoSuitableDevice`. */
  hasDevice: boolean;
  /** When messages were sent since the person last wrote (epoch ms). */
  sent: number[];
}

/** A message of the bot's that was taken. */
export interface Taken {
  /** The digits of 64 bits. */
  readonly token: string;
  readonly receiver: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Everything that the double knows. */
export interface World {
  readonly clock: VirtualClock;
  readonly authToken: string;
  readonly people: Map<string, ViberPerson>;
  readonly taken: Taken[];
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly until: number }>;
  webhook: string;
  events: readonly string[];
  /** What was sent along last to each person, which comes back with their next message. */
  readonly tracking: Map<string, unknown>;
  /** A status that everything is answered with: the bot is blocked, or suspended. */
  status: number;
  nextToken(): string;
}

/** JSON in which `message_token` is a number with all of its digits, as Viber writes it. */
export function jsonOf(body: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(body).replace(/"message_token":"(\d+)"/, '"message_token":$1');
}
