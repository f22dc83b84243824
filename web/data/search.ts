import { batch, computed, signal } from '@preact/signals';
import type { Lines } from '../core/threads.ts';
import { type Chat, keyOf, type Line, type SearchModel } from '../models.ts';
import { answerOf } from './api.ts';
import type { Context } from './context.ts';

const ASKED_AFTER_MS = 250;
/** A page of a search may be short and not the last. */
const ENOUGH = 30;
const MOST_PAGES = 5;

/** Makes the search: names that are loaded are found at once, then whatever the server finds. */
export function createSearch({ api, rows }: Context, lines: Lines): SearchModel {
  const text = signal('');
  const found = signal<ReadonlySet<string>>(new Set());
  const asking = signal<'searching' | 'ready' | 'failed'>('ready');
  const wanted = computed(() => text.value.trim().toLowerCase());
  let timer: ReturnType<typeof setTimeout> | undefined;

  wanted.subscribe((find) => {
    clearTimeout(timer);
    found.value = new Set();
    asking.value = find === '' ? 'ready' : 'searching';
    if (find !== '') timer = setTimeout(() => void ask(find), ASKED_AFTER_MS);
  });

  async function ask(find: string): Promise<void> {
    let cursor: string | undefined;
    let count = 0;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const asked = rows.ask();
      const query = { find, ...(cursor !== undefined && { cursor }) };
      const answer = await answerOf(api.GET('/v1/chats', { params: { query } }));
      // Another text is searched for by now.
      if (wanted.peek() !== find) return;
      if (answer.kind !== 'ok') {
        asking.value = 'failed';
        return;
      }
      batch(() => {
        for (const chat of answer.body.chats) rows.put(chat, asked);
        found.value = new Set([...found.peek(), ...answer.body.chats.map(keyOf)]);
      });
      count += answer.body.chats.length;
      cursor = answer.body.nextCursor;
      if (cursor === undefined || count >= ENOUGH) break;
    }
    asking.value = 'ready';
  }

  return {
    text,
    state: computed(() => (wanted.value === '' ? 'idle' : asking.value)),
    lines: computed((): readonly Line[] => {
      const [find, keys] = [wanted.value, found.value];
      const fits = (chat: Chat) => keys.has(keyOf(chat)) || chat.name.toLowerCase().includes(find);
      return find === '' ? [] : lines.all().filter(({ chats }) => chats.some(fits));
    }),
  };
}
