/** The number of the write since which a user waits for a return. Where that is open, it is one of several. */
interface Since {
  readonly least: number;
  readonly most: number;
}

/** A user who receives nobody for a while: since which write, and how they stood. */
interface Left {
  readonly number: number;
  readonly since: Since;
}

/**
 * How long the users of a channel have waited for a return (T5). Who joins or comes back waits since then. Of those who come
 * back together, who left later has waited longer; those who left together keep their order.
 */
export class ReturnsQueue {
  readonly #since = new Map<string, Since>();
  readonly #left = new Map<string, Left>();

  /** Whether that user has waited longer than the other, without any doubt. */
  isLonger(userId: string, other: string): boolean {
    const [one, two] = [this.#since.get(userId), this.#since.get(other)];
    return one !== undefined && two !== undefined && one.most < two.least;
  }

  /** Notes that the user got a return by the write of that number. */
  returned(userId: string, number: number): void {
    this.#since.set(userId, { least: number, most: number });
    this.#left.delete(userId);
  }

  /** Notes a change of the rotation. `isOut` tells whether somebody who leaves it will come back by themselves. */
  changed(before: readonly string[], now: readonly string[], number: number, isOut: (userId: string) => boolean): void {
    for (const userId of before.filter((one) => !now.includes(one))) {
      const since = this.#since.get(userId);
      if (since && isOut(userId)) this.#left.set(userId, { number, since });
      this.#since.delete(userId);
    }
    const come = now.filter((one) => !before.includes(one));
    const places = come.map((userId) => this.#placeAmong(userId, come, number));
    for (const [index, userId] of come.entries()) this.#since.set(userId, places[index] as Since);
    for (const userId of come) this.#left.delete(userId);
  }

  /** Forgets how everybody else stood who is out. */
  keepOnly(isOut: (userId: string) => boolean): void {
    for (const userId of this.#left.keys()) if (!isOut(userId)) this.#left.delete(userId);
  }

  #placeAmong(userId: string, others: readonly string[], number: number): Since {
    const before = others.filter((other) => this.#comesBefore(other, userId)).length;
    const behind = others.filter((other) => this.#comesBefore(userId, other)).length;
    const placed = (place: number) => number + place / 1_000;
    return { least: placed(before), most: placed(others.length - 1 - behind) };
  }

  #comesBefore(userId: string, other: string): boolean {
    const [one, two] = [this.#left.get(userId), this.#left.get(other)];
    if (!one || !two) return false;
    return one.number > two.number || (one.number === two.number && one.since.most < two.since.least);
  }
}
