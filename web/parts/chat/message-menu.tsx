import { MenuButton, type MenuItem } from '../../kit/menu.tsx';
import type { App, ChatModel, Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { copyText } from './copy.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly message: Message;
}

/** What can be done with a message. The button shows when the message is pointed at or has the focus. */
export function MessageMenu({ app, chat, message }: Props) {
  const items = itemsOf();
  if (items.length === 0) return null;
  return (
    <div class="message-menu">
      <MenuButton icon="dots" label={t('chat.message-menu')} items={items} />
    </div>
  );

  function itemsOf(): MenuItem[] {
    const { text, isDeleted } = message;
    const reply: MenuItem = { label: t('chat.reply'), icon: 'reply', choose: quote };
    const copy: MenuItem = { label: t('kit.copy'), icon: 'copy', choose: () => void copyText(app, text ?? '') };
    return [...(chat.mayWrite.value && !isDeleted ? [reply] : []), ...(text === undefined ? [] : [copy])];
  }

  function quote(): void {
    chat.draft.quoted.value = message;
    document.querySelector<HTMLTextAreaElement>('.composer-text')?.focus();
  }
}
