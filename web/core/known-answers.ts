const KEPT = 20;

/**
 * The answers of colleagues that a writer knows: those that were there when they opened the chat, and those of the
 * newest history that they have seen. One that came below the screen, or in the moment of the key press, is none.
 */
export class KnownAnswers {
  #atOpening: readonly string[] = [];
  #isOpening = true;
  /** What each history showed, by its token, the newest last. */
  readonly #shown = new Map<string, readonly string[]>();

  /** The user opens the chat: what its next history shows was there before they wrote anything. */
  open(): void {
    this.#isOpening = true;
  }

  show(token: string, answers: readonly string[]): void {
    if (this.#isOpening) this.#atOpening = answers;
    this.#isOpening = false;
    this.#shown.delete(token);
    this.#shown.set(token, answers);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > KEPT && oldest !== undefined) this.#shown.delete(oldest);
  }

  /** The ids of what a writer knows who has seen the history of that token, at least the newest of them. */
  of(seenToken: string | undefined): readonly string[] {
    return [...new Set([...this.#atOpening, ...(this.#shown.get(seenToken ?? '') ?? [])])].slice(-50);
  }
}
