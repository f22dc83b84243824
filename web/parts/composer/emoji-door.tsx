import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../kit/button.tsx';
import { t } from '../../words/words.ts';

type Panel = typeof import('./emoji-panel.tsx').EmojiPanel;

/** Opens the emoji, which are loaded when they are first wanted. */
export function EmojiDoor({ insert }: { readonly insert: (emoji: string) => void }) {
  const isOpen = useSignal(false);
  const panel = useSignal<Panel | undefined>(undefined);
  const door = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const closeOutside = (event: Event) => {
      if (!door.current?.contains(event.target as Node)) isOpen.value = false;
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  const EmojiPanel = panel.value;
  return (
    <div class="emoji-door" ref={door}>
      <IconButton
        icon="smile"
        label={t('emoji.title')}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.peek();
          if (!panel.peek()) void load();
        }}
      />
      {isOpen.value && EmojiPanel && (
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

  async function load(): Promise<void> {
    const loaded = await import('./emoji-panel.tsx');
    panel.value = loaded.EmojiPanel;
  }
}
