import type { QuickReply } from '../../models.ts';

/** What is typed after a slash that begins a word, right before the caret; undefined if there is no such slash. */
export function slashWords(beforeCaret: string): string | undefined {
  return /(?:^|\s)\/((?:[^\s/][^/\n]{0,40})?)$/u.exec(beforeCaret)?.[1];
}

/** The quick replies that have all these words. Those that begin with them come first. */
export function matchingReplies(replies: readonly QuickReply[], words: string): readonly QuickReply[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = replies.filter(({ title, text }) => {
    const said = `${title} ${text}`.toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
  const begins = ({ title }: QuickReply) => title.toLowerCase().startsWith(words.toLowerCase());
  return [...found.filter(begins), ...found.filter((reply) => !begins(reply))];
}
