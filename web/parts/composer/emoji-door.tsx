import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../kit/button.tsx';
import { later } from '../../kit/later.tsx';
import { t } from '../../words/words.ts';

const EmojiPanel = later(async () => (await import('./emoji-panel.tsx')).EmojiPanel);

/** Opens the emoji, which are loaded when they are first wanted. */
export function EmojiDoor({ insert }: { readonly insert: (emoji: string) => void }) {
  const isOpen = useSignal(false);
  const door = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const closeOutside = (event: Event) => {
      if (!door.current?.contains(event.target as Node)) isOpen.value = false;
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  return (
    <div class="emoji-door" ref={door}>
      <IconButton
        icon="smile"
        label={t('emoji.title')}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.peek();
        }}
      />
      {isOpen.value && (
        <EmojiPanel
          choose={insert}
          onClose={() => {
            isOpen.value = false;
            insert('');
          }}
        />
      )}
    </div>
  );
}
