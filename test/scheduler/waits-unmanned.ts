/** A time in which the rotation of a channel has nobody. */
interface Stretch {
  readonly since: number;
  told: number;
}

/**
 * Knows since when the rotation of each channel has nobody, and how often the heads were told of that alone (T7). Other
 * settings begin another stretch.
 */
export class Stretches {
  readonly #stretches = new Map<string, Stretch>();

  /** Notes who is in the rotation now. */
  changed(channelId: string, order: readonly string[], at: number): void {
    if (order.length > 0) this.#stretches.delete(channelId);
    else if (!this.#stretches.has(channelId)) this.#stretches.set(channelId, { since: at, told: 0 });
  }

  /** Notes that the channel has other settings. */
  restart(channelId: string, at: number): void {
    if (this.#stretches.has(channelId)) this.#stretches.set(channelId, { since: at, told: 0 });
  }

  /** Notes that the heads were told, for no other reason than that nobody is on. How often that was so in this stretch. */
  told(channelId: string): number {
    const stretch = this.#stretches.get(channelId);
    if (!stretch) return 1;
    stretch.told += 1;
    return stretch.told;
  }

  /** Since when nobody is on; undefined if somebody is. */
  sinceOf(channelId: string): number | undefined {
    return this.#stretches.get(channelId)?.since;
  }
}
