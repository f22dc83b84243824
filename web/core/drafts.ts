import type { Message } from '../models.ts';

/** What is kept of a draft. Its files are kept apart from it. */
export interface KeptDraft {
  readonly text: string;
  readonly quoted?: Message | undefined;
  /** When the server stored the text that this one comes from, in its own words. */
  readonly storedAt?: string | undefined;
  /** It was changed since then. */
  readonly isChanged?: boolean | undefined;
}

/** The draft as the server has it; an empty text if it has none. */
export interface StoredDraft {
  readonly text: string;
  readonly savedAt: string | null;
}

/** The beginning of all names under which something of that user is kept. */
export function ownPrefix(accountId: string, userId: string): string {
  return `konvert/${encodeURIComponent(accountId)}/${encodeURIComponent(userId)}/`;
}

/** A draft as a text. Undefined: there is nothing to keep. */
export function writeDraft(draft: KeptDraft): string | undefined {
  return draft.text === '' && !draft.quoted && !draft.isChanged ? undefined : JSON.stringify(draft);
}

/** A draft from its text, which another version of the page may have written. */
export function readDraft(kept: string | undefined): KeptDraft | undefined {
  const draft = parse(kept);
  return typeof draft?.text === 'string' ? (draft as unknown as KeptDraft) : undefined;
}

/**
 * The text after a look at the server, where another device may have written. What nobody changed here follows the
 * server. What was written in both places stays, both of it: an older device never takes the place of a newer text.
 */
export function mergeDraft(here: KeptDraft, { text, savedAt }: StoredDraft): string {
  const isSame = savedAt === (here.storedAt ?? null);
  if (isSame) return here.text;
  if (!here.isChanged) return text;
  if (here.text.includes(text)) return here.text;
  return text.includes(here.text) ? text : joinTexts(text, here.text);
}

/** A text that comes back from the outbox, before what has been written since. */
export function joinTexts(back: string, since: string): string {
  return since === '' || since === back ? back : `${back}\n${since}`;
}

function parse(kept: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(kept ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there is anything to see in a text: blanks and marks without width are no message. */
export function saysSomething(text: string): boolean {
  return /[^\s\p{Cf}]/u.test(text);
}
