const AT_ONCE = 8;

/**
 * Runs it for each card in their order, for some at once where they touch nothing in common: what is pushed later counts
 * (D10). Resolves or rejects when nothing is under way any more: what went on alone could undo the CRM's next request.
 */
export async function inOrder<C>(
  cards: readonly C[],
  touches: (card: C) => readonly string[],
  run: (card: C) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < cards.length; ) {
    const batch = independent(cards.slice(first, first + AT_ONCE), touches);
    const failed = (await Promise.allSettled(batch.map(run))).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    first += batch.length;
  }
}

/** The cards up to the first that touches what one before it touches. */
function independent<C>(cards: readonly C[], touches: (card: C) => readonly string[]): readonly C[] {
  const touched = new Set<string>();
  const end = cards.findIndex((card) => {
    const own = touches(card);
    if (own.some((key) => touched.has(key))) return true;
    for (const key of own) touched.add(key);
    return false;
  });
  return end === -1 ? cards : cards.slice(0, end);
}
