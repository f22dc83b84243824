import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { moveFocus } from '../../kit/focus.ts';
import { t } from '../../words/words.ts';
import groups from './emoji.json' with { type: 'json' };

interface Props {
  readonly choose: (emoji: string) => void;
  readonly onClose: () => void;
}

const ALL = groups.map((group) => group.map((line) => ({ emoji: line.slice(0, line.indexOf(' ')), line })));

/** Emoji to choose from, found by their words in both languages. Esc closes it. */
export function EmojiPanel({ choose, onClose }: Props) {
  const wanted = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = ALL.map((group) => group.filter(({ line }) => words.every((word) => line.includes(word))));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of what is inside.
    <div class="emoji" onKeyDown={onKeyDown}>
      <input
        ref={field}
        class="field"
        type="search"
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value;
        }}
      />
      <div class="emoji-all">
        {found.map((group, index) => (
          <div key={ALL[index]?.[0]?.emoji} class="emoji-group">
            {group.map(({ emoji, line }) => (
              <button key={emoji} type="button" class="emoji-one" title={line} onClick={() => choose(emoji)}>
                {emoji}
              </button>
            ))}
          </div>
        ))}
        {found.every((group) => group.length === 0) && <p class="quick-none">{t('emoji.none')}</p>}
      </div>
    </div>
  );

  function onKeyDown(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
      return;
    }
    if (event.target === field.current && event.key !== 'ArrowDown') return;
    moveFocus(event, event.currentTarget, '.emoji-one');
  }
}
