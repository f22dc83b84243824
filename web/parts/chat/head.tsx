import { Avatar } from '../../kit/avatar.tsx';
import { IconButton } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { MessengerMark, messengerName } from '../../kit/mark.tsx';
import { type MenuItem, useMenu } from '../../kit/menu.tsx';
import type { App, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import type { DealsPane } from '../briefcase/deals-of.ts';
import { channelName, channelsForNewDialog } from './chat-of.ts';
import { profileOf } from './profile-of.ts';
import { Responsible } from './responsible.tsx';
import { StillOwed } from './still-owed.tsx';

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
  readonly pane: DealsPane;
  readonly onBack: () => void;
}

/** Who the conversation is with, in which channel, and who answers for it. */
export function ChatHead({ app, thread, pane, onBack }: Props) {
  const chat = thread.active.value;
  return (
    <header class="chat-head">
      <span class="chat-back">
        <IconButton icon="back" label={t('shell.back')} onClick={onBack} />
      </span>
      <span class="chat-avatar">
        <Avatar name={thread.name.value} seed={thread.key} />
      </span>
      <div class="chat-who">
        <h1 class="chat-name">
          <bdi>{thread.name.value}</bdi>
        </h1>
        <div class="chat-where">
          <ChannelChooser app={app} thread={thread} />
          <ProfileNumber thread={thread} />
        </div>
      </div>
      <Responsible app={app} chat={chat} />
      <StillOwed chat={chat} />
      <IconButton
        icon="briefcase"
        label={t('briefcase.title')}
        aria-expanded={pane.isShown.value}
        onClick={pane.toggle}
      />
    </header>
  );
}

/** By what a client of Avito is found there, unless they are called so already. */
function ProfileNumber({ thread }: Pick<Props, 'thread'>) {
  const id = profileOf(thread.entries.value);
  if (id === undefined || id === thread.name.value) return null;
  return <span class="chat-profile">{t('chat.avito-profile', { id })}</span>;
}

/** The channels in which the person writes, all of them at once, and a new one. */
function ChannelChooser({ app, thread }: Pick<Props, 'app' | 'thread'>) {
  const { id } = thread.active.value;
  const { opener, menu } = useMenu(t('chat.channels'), { items: itemsOf() });
  const words = thread.isMerged.value ? t('chat.all-dialogs') : channelName(app.me, id.channelId);
  return (
    <>
      <button type="button" class="chat-channel" title={t('chat.channels')} {...opener}>
        {!thread.isMerged.value && <MessengerMark chatType={id.chatType} isNamed />}
        <span class="chat-channel-name" dir="auto">
          {words}
        </span>
        <Icon name="down" />
      </button>
      {menu}
    </>
  );

  function itemsOf(): MenuItem[] {
    const chats = thread.chats.value;
    const own = chats.map((chat): MenuItem => {
      const count = chat.row.value?.unansweredCount ?? 0;
      return {
        label: `${messengerName(chat.id.chatType)} · ${channelName(app.me, chat.id.channelId)}`,
        isOn: !thread.isMerged.value && chat === thread.active.value,
        ...(count > 0 && { hint: String(count) }),
        choose: () => {
          thread.isMerged.value = false;
          app.open(chat.id);
        },
      };
    });
    const all: MenuItem = {
      label: t('chat.all-dialogs'),
      isOn: thread.isMerged.value,
      choose: () => {
        thread.isMerged.value = true;
      },
    };
    const ids = chats.map((chat) => chat.id);
    const fresh = channelsForNewDialog(app.me, ids, id).map(
      ({ channelId, name }): MenuItem => ({
        label: t('chat.new-dialog', { channel: name }),
        icon: 'plus',
        choose: () => app.open({ ...id, channelId }),
      }),
    );
    return [...own, ...(chats.length > 1 ? [all] : []), ...fresh];
  }
}
