const AT_ONCE = 8;

/**
 * Runs `run` for every card in order, because the last push counts (D10). Cards that touch nothing in common run at the
 * same time. Resolves or rejects when nothing is under way any more: work that went on alone could undo the CRM's next
 * request.
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

/** The cards before the first one that touches what an earlier card touches. */
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
