import type { VirtualClock } from '../virtual-clock.ts';

/** Parameters of a call: all of them texts, as they are in a form. */
export type Given = Readonly<Record<string, string | undefined>>;

/** Somebody at VK. */
export interface VkPerson {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  /** Whether the community may write: the person wrote first, and did not forbid it. */
  mayBeWritten: boolean;
  /** The person's own list of the banned, or privacy. */
  refusesWith?: 900 | 902;
}

/** A message in a dialog of the community. */
export interface VkMessage {
  readonly cmid: number;
  readonly id: number;
  readonly peer: number;
  readonly from: number;
  readonly at: number;
  text: string;
  attachments: readonly string[];
  readonly randomId: number;
  readonly keyboard?: unknown;
  readonly forward?: unknown;
  deleted?: boolean;
}

/** A server that the community calls. */
export interface VkServer {
  readonly id: number;
  url: string;
  title: string;
  secret_key: string;
  status: 'ok' | 'failed';
  settings: Given;
}

/** All that the double knows. */
export interface VkWorld {
  readonly clock: VirtualClock;
  /** Calls the servers. */
  readonly fetch: typeof globalThis.fetch;
  readonly groupId: number;
  readonly tokens: Map<string, readonly string[]>;
  readonly confirmation: { code: string };
  readonly people: Map<number, VkPerson>;
  readonly messages: VkMessage[];
  readonly servers: VkServer[];
  /** Attachments that were saved: `photo1_2_key`. */
  readonly saved: Map<string, { readonly name: string; readonly bytes: Buffer }>;
  /** Uploads that were not saved yet. */
  readonly uploaded: Map<string, { readonly name: string; readonly bytes: Buffer }>;
  /** Presses that wait for an answer. */
  readonly presses: Map<string, number>;
  botFeatures: boolean;
  nextId(): number;
}

/** An error of VK's. */
export class VkError extends Error {
  readonly code: number;

  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }
}

/** Throws what VK says of a parameter that is missing or wrong. */
export function wrong(what: string): never {
  throw new VkError(100, `One of the parameters specified was missing or invalid: ${what}`);
}

/** The parameter, which has to be there. */
export function needed(given: Given, name: string): string {
  return given[name] || wrong(`${name} is a required parameter`);
}
