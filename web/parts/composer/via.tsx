import { useSignal } from '@preact/signals';
import { Icon } from '../../kit/icon.tsx';
import { messengerName } from '../../kit/mark.tsx';
import { Menu } from '../../kit/menu.tsx';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { channelName } from '../chat/chat-of.ts';

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
  readonly chat: ChatModel;
}

/** Names the channel that a merged conversation is answered in, and offers the others. */
export function Via({ app, thread, chat }: Props) {
  const anchor = useSignal<DOMRect | undefined>(undefined);
  const wordsOf = ({ id }: ChatModel) => `${messengerName(id.chatType)} · ${channelName(app.me, id.channelId)}`;
  return (
    <>
      <button
        type="button"
        class="via"
        aria-haspopup="menu"
        aria-expanded={anchor.value !== undefined}
        onClick={(event) => {
          anchor.value = event.currentTarget.getBoundingClientRect();
        }}
      >
        {t('composer.via', { channel: wordsOf(chat) })} <Icon name="down" />
      </button>
      {anchor.value && (
        <Menu
          label={t('chat.channels')}
          anchor={anchor.value}
          items={thread.chats.value
            .filter((one) => one.mayWrite.value)
            .map((one) => ({
              label: wordsOf(one),
              isOn: one === chat,
              choose: () => app.open(one.id),
            }))}
          onClose={() => {
            anchor.value = undefined;
          }}
        />
      )}
    </>
  );
}
