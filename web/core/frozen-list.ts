import type { Line } from '../models.ts';

const STILL_MS = 5_000;

/**
 * The two orders of the list, true and shown. Under a moving pointer or keyboard, what is shown keeps its order: lines
 * change in place, new ones wait behind the pill, lost ones are dimmed.
 */
export class FrozenList {
  #truth: readonly Line[] = [];
  #shown: readonly Line[] = [];
  #places: ReadonlyMap<string, number> | undefined;
  #hidden = 0;
  #frozenUntil = 0;

  get shown(): readonly Line[] {
    return this.#shown;
  }

  /** How many lines wait behind the pill. */
  get hidden(): number {
    return this.#hidden;
  }

  /** When the list is released by itself (epoch ms). */
  get frozenUntil(): number {
    return this.#frozenUntil;
  }

  /** Takes the true order. The lines that `paged` names were loaded below the others, so they are shown at the end. */
  update(truth: readonly Line[], now: number, paged: ReadonlySet<string> = new Set()): void {
    this.#truth = truth;
    if (now >= this.#frozenUntil) {
      this.#showTruth();
      return;
    }
    const present = this.#shown.slice();
    const isThere = new Uint8Array(present.length);
    const appended: Line[] = [];
    let hidden = 0;
    for (const line of truth) {
      const at = this.#placeOf(line.key);
      if (at !== undefined) {
        present[at] = line;
        isThere[at] = 1;
      } else if (paged.has(line.key)) appended.push(line);
      else hidden++;
    }
    isThere.forEach((there, at) => {
      if (!there && !present[at]!.isLost) present[at] = { ...present[at]!, isLost: true };
    });
    this.#hidden = hidden;
    this.#shown = [...present, ...appended];
    if (appended.length > 0) this.#places = undefined;
  }

  /** Another list takes the place of this one: nothing of it stays. */
  replace(truth: readonly Line[]): void {
    this.#truth = truth;
    this.#showTruth();
  }

  /** The pointer is over the list or has left it, which releases it. */
  pointerOver(isOver: boolean, now: number): void {
    this.#frozenUntil = isOver ? now + STILL_MS : 0;
    if (!isOver) this.#showTruth();
  }

  /** The pointer or the keyboard moved in the list. */
  touched(now: number): void {
    this.#frozenUntil = now + STILL_MS;
  }

  /** Time has passed: five seconds of stillness release the list, also under a pointer. */
  tick(now: number): void {
    if (now >= this.#frozenUntil) this.#showTruth();
  }

  /** The pill was pressed. The pointer is still over the list, so it is frozen again as it is then. */
  release(): void {
    this.#showTruth();
  }

  /** Where a line stands. While the list is frozen none moves, so the places are looked up once. */
  #placeOf(key: string): number | undefined {
    this.#places ??= new Map(this.#shown.map((line, at) => [line.key, at]));
    return this.#places.get(key);
  }

  #showTruth(): void {
    this.#shown = this.#truth;
    this.#places = undefined;
    this.#hidden = 0;
  }
}
