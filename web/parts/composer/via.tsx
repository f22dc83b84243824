import { Icon } from '../../kit/icon.tsx';
import { messengerName } from '../../kit/mark.tsx';
import { useMenu } from '../../kit/menu.tsx';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { channelName } from '../chat/chat-of.ts';

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
  readonly chat: ChatModel;
}

/** Names the channel that a merged conversation is answered in, and offers the writable. */
export function Via({ app, thread, chat }: Props) {
  const wordsOf = ({ id }: ChatModel) => `${messengerName(id.chatType)} · ${channelName(app.me, id.channelId)}`;
  const writable = thread.chats.value.filter((one) => one.mayWrite.value);
  const { opener, menu } = useMenu(t('chat.channels'), {
    items: writable.map((one) => ({ label: wordsOf(one), isOn: one === chat, choose: () => app.open(one.id) })),
  });
  return (
    <>
      <button type="button" class="via" {...opener}>
        {t('composer.via', { channel: wordsOf(chat) })} <Icon name="down" />
      </button>
      {menu}
    </>
  );
}
