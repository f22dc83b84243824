/** A text that users put into their messages by its title. */
export interface QuickReply {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** The most characters that the quick replies of an account may have together: they are one item of a table. */
export const MOST_CHARACTERS = 100_000;

/** What is wrong with a list of quick replies, by fields; none if it can be stored. */
export function faultsOf(replies: readonly QuickReply[]): string[] {
  const seen = new Set<string>();
  const repeated = replies.flatMap(({ id }, index) => {
    if (seen.has(id)) return [`quickReplies.${index}.id`];
    seen.add(id);
    return [];
  });
  const characters = replies.reduce((sum, { id, title, text }) => sum + id.length + title.length + text.length, 0);
  return characters > MOST_CHARACTERS ? [...repeated, 'quickReplies'] : repeated;
}
