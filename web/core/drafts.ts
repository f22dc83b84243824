import type { Message } from '../models.ts';

/** What is kept of a draft. Its files are kept apart from it. */
export interface KeptDraft {
  readonly text: string;
  readonly quoted?: Message | undefined;
  /** When it was changed (epoch ms). */
  readonly at: number;
}

/** The beginning of all names under which something of that user is kept. */
export function ownPrefix(accountId: string, userId: string): string {
  return `konvert/${encodeURIComponent(accountId)}/${encodeURIComponent(userId)}/`;
}

/** A draft as a text. Undefined: there is nothing to keep. */
export function writeDraft(draft: KeptDraft): string | undefined {
  return draft.text === '' && !draft.quoted ? undefined : JSON.stringify(draft);
}

/** A draft from its text, which another version of the page may have written. */
export function readDraft(kept: string | undefined): KeptDraft | undefined {
  const draft = parse(kept);
  return typeof draft?.text === 'string' && typeof draft.at === 'number' ? (draft as unknown as KeptDraft) : undefined;
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
