import type { Entry } from '../../models.ts';

/** The number of the client's profile at Avito, as the newest message tells it. It is the same in all their chats. */
export function profileOf(entries: readonly Entry[]): string | undefined {
  const told = entries.map((entry) => (entry.kind === 'message' ? entry.message.avitoProfileId : undefined));
  return told.filter((id) => id !== undefined).at(-1);
}
