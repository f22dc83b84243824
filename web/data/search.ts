import { computed, signal } from '@preact/signals';
import type { Lines } from '../core/threads.ts';
import type { Line, SearchModel } from '../models.ts';
import type { Context } from './context.ts';

/** Makes the search. Names that are loaded are found at once. */
export function createSearch(_context: Context, lines: Lines): SearchModel {
  const text = signal('');
  const found = computed((): readonly Line[] => {
    const wanted = text.value.trim().toLowerCase();
    return wanted === ''
      ? []
      : lines.all().filter(({ chats }) => chats.some(({ name }) => name.toLowerCase().includes(wanted)));
  });
  return { text, state: computed(() => (text.value.trim() === '' ? 'idle' : 'ready')), lines: found };
}
