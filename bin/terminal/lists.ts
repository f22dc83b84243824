/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | undefined;
}

/** What was found, and whether there is more. */
export interface Found<Item> {
  readonly items: readonly Item[];
  readonly isMore: boolean;
}

/** Asks for page after page until there are enough, or no more. A page may be empty and not the last. */
export async function gathered<Item>(
  most: number,
  ask: (cursor: { readonly cursor?: string }) => Promise<Page<Item>>,
): Promise<Found<Item>> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor === undefined ? {} : { cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < most);
  return { items: found.slice(0, most), isMore: cursor !== undefined || found.length > most };
}

/** What is said beside a list that was not shown whole. */
export function moreNote({ items, isMore }: Found<unknown>): string[] {
  return isMore ? [`There is more: --limit ${items.length * 10}`] : [];
}
