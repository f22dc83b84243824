import type { JSX } from 'preact';
import { messengerName } from '../../kit/mark.tsx';
import { Menu, type MenuItem } from '../../kit/menu.tsx';
import type { App, Line } from '../../models.ts';
import { t } from '../../words/words.ts';

/** What can be done with a line without opening it. */
export function RowMenu({
  app,
  line,
  anchor,
  onClose,
}: {
  app: App;
  line: Line;
  anchor: DOMRect;
  onClose: () => void;
}): JSX.Element {
  const waiting = line.chats.filter((chat) => chat.unanswered && (chat.mayWrite || chat.channelDeleted));
  const open = waiting.reduce((sum, { unansweredCount }) => sum + unansweredCount, 0);
  const several = line.chats.length > 1 ? line.chats : [];
  const items: MenuItem[] = [
    ...(waiting.length > 0
      ? [
          {
            label: t('list.no-reply-needed', { count: open }),
            icon: 'envelope' as const,
            choose: () => waiting.forEach((chat) => void app.list.noReplyNeeded(chat)),
          },
        ]
      : []),
    ...(several.length === 0
      ? [{ label: t('list.open-chat'), icon: 'right' as const, choose: () => app.open(line.chats[0]) }]
      : []),
    ...several.map((chat) => ({
      label: t('list.open-in', { channel: channelOf(app, chat.channelId, chat.chatType) }),
      icon: 'right' as const,
      choose: () => app.open(chat),
    })),
  ];
  return <Menu label={line.chats[0].name} anchor={anchor} items={items} onClose={onClose} />;
}

function channelOf({ me }: App, channelId: string, chatType: string): string {
  const channel = me.channels.find((one) => one.channelId === channelId);
  return [messengerName(chatType), channel?.name].filter(Boolean).join(' · ');
}
