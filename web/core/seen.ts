const LOOKED_MS = 500;

/**
 * Which answers of a history the writer has seen: those with an end that stood on the screen of a visible page for half
 * a second. A message below the screen, or one that was painted in the moment of the key press, has not been seen.
 */
export class Seen {
  #token: string | undefined;
  /** The answers with an end that is on the screen now, and since when, the oldest first. */
  #looking: { readonly token: string; readonly since: number }[] = [];
  #newest: string | undefined;
  #isInView = false;

  /** A newer answer is on the page. */
  show(token: string, now: number): void {
    this.#settle(now);
    this.#newest = token;
    if (this.#isInView) this.#looking.push({ token, since: now });
  }

  /** Whether the end of the newest answer is on the screen of a visible page. */
  inView(isInView: boolean, now: number): void {
    this.#settle(now);
    if (isInView === this.#isInView) return;
    this.#isInView = isInView;
    this.#looking = isInView && this.#newest !== undefined ? [{ token: this.#newest, since: now }] : [];
  }

  /** The token of the newest answer that was seen. Undefined: none was. */
  at(now: number): string | undefined {
    this.#settle(now);
    return this.#token;
  }

  /** Whether the page holds a newer answer than the one that was seen. */
  isBehind(now: number): boolean {
    return this.at(now) !== this.#newest;
  }

  #settle(now: number): void {
    const seen = this.#looking.findLastIndex(({ since }) => now - since >= LOOKED_MS);
    if (seen < 0) return;
    this.#token = this.#looking[seen]!.token;
    this.#looking.splice(0, seen + 1);
  }
}
