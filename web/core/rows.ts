import { type Chat, keyOf } from '../models.ts';

interface Known {
  /** Undefined: the chat is out of sight. */
  readonly row: Chat | undefined;
  /** The number of the request that this is the answer to. */
  readonly asked: number;
}

/**
 * What is known of each chat. Answers arrive in any order: an older `version` never takes the place of a newer one, and
 * where there is no version to compare (out of sight, or the same), the order of asking decides.
 */
export class Rows {
  readonly #known = new Map<string, Known>();

  get(key: string): Chat | undefined {
    return this.#known.get(key)?.row;
  }

  /** When the chat was last asked for successfully, by the number of the request. */
  askedAt(key: string): number {
    return this.#known.get(key)?.asked ?? -1;
  }

  keys(): Iterable<string> {
    return this.#known.keys();
  }

  /** Takes an answer. False: something newer is known. */
  put(row: Chat, asked: number): boolean {
    const key = keyOf(row);
    const known = this.#known.get(key);
    if (known?.row && known.row.version !== row.version) {
      // Erased, and begun anew: it counts its versions from one again.
      const isAnew = asked > known.asked && row.lastMessageAt > known.row.lastMessageAt;
      if (known.row.version > row.version && !isAnew) return false;
    } else if (known && known.asked > asked) {
      return false;
    }
    this.#known.set(key, { row, asked: Math.max(asked, known?.asked ?? asked) });
    return true;
  }

  /** The chat was asked for and is out of sight. False: it has been seen by a later request. */
  lose(key: string, asked: number): boolean {
    const known = this.#known.get(key);
    if (known && known.asked > asked) return false;
    this.#known.set(key, { row: undefined, asked });
    return known?.row !== undefined;
  }
}
