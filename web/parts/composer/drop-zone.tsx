import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../kit/icon.tsx';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { addFiles } from './add-files.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly children: ComponentChildren;
}

/** Takes files that are dropped on the chat. They go into the draft, and are not sent by that. */
export function DropZone({ app, chat, children }: Props) {
  /** Every child tells of enter and leave as well: files are over the chat while more entered than left. */
  const depth = useSignal(0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button for files does the same for the keyboard.
    <div class="drop-zone" onDragEnter={enter} onDragOver={allow} onDragLeave={leave} onDrop={drop}>
      {children}
      {depth.value > 0 && chat.mayWrite.value && (
        <div class="drop-veil" aria-hidden="true">
          <Icon name="clip" />
          {t('composer.drop-here')}
        </div>
      )}
    </div>
  );

  function enter(event: DragEvent): void {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.value += 1;
  }

  function allow(event: DragEvent): void {
    if (carriesFiles(event)) event.preventDefault();
  }

  function leave(event: DragEvent): void {
    if (carriesFiles(event)) depth.value = Math.max(0, depth.peek() - 1);
  }

  function drop(event: DragEvent): void {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.value = 0;
    if (chat.mayWrite.peek()) addFiles(app, chat, [...(event.dataTransfer?.files ?? [])]);
  }
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
