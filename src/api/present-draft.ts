import type * as z from 'zod/mini';
import type { storedDraft } from '#api/desk-routes';
import { presentTime } from '#api/present-time';
import type { NoFields } from '#no-fields';
import type { Draft } from '#store/pages/drafts';

/** A draft, or that there is none. */
export function presentDraft(draft: Draft | undefined): z.infer<typeof storedDraft> {
  if (!draft) return { text: '', savedAt: null };
  const { text, quotedMessageId, savedAt, ...rest } = draft;
  rest satisfies NoFields;
  return { text, ...(quotedMessageId !== undefined && { quotedMessageId }), savedAt: presentTime(savedAt) };
}
