import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { mergeHistories } from '../core/threads.ts';
import type { ChatModel, Entry, ThreadModel } from '../models.ts';

/** Makes the open conversation. `known` are the chats of the same person, `unknownAs` is the name of who never wrote. */
export function createThread(
  key: string,
  first: ChatModel,
  known: ReadonlySignal<readonly ChatModel[]>,
  unknownAs: string,
): ThreadModel {
  const active = signal(first);
  const isMerged = signal(false);
  // The chat that is written in stays, whatever happens to the list.
  const chats = computed(() => (known.value.includes(active.value) ? known.value : [active.value, ...known.value]));
  /** Kept when the chat goes out of sight, and for a new dialog of the same person. */
  let lastName = unknownAs;
  const shown = computed(() => (isMerged.value ? chats.value : [active.value]));
  return {
    key,
    name: computed(() => {
      lastName = active.value.row.value?.name ?? lastName;
      return lastName;
    }),
    chats,
    active,
    isMerged,
    entries: computed((): readonly Entry[] => {
      const histories = shown.value.map(({ entries }) => entries.value);
      return histories.length === 1 ? histories[0]! : mergeHistories(histories);
    }),
    hasOlder: computed(() => shown.value.some(({ hasOlder }) => hasOlder.value)),
    async loadOlder() {
      await Promise.all(shown.peek().map((chat) => chat.loadOlder()));
    },
  };
}
