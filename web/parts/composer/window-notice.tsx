import { messengerName } from '../../kit/mark.tsx';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import type { ReplyWindow } from './reply-window.ts';
import { TemplateStrip } from './template-strip.tsx';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly window: ReplyWindow;
}

/** Says what the messenger takes once the client has been silent for long. */
export function WindowNotice({ app, chat, window }: Props) {
  const messenger = messengerName(chat.id.chatType);
  if (window === 'open') return null;
  if (window === 'template') return <TemplateStrip app={app} chat={chat} messenger={messenger} />;
  return (
    <div class="notice">
      <p class="notice-words">{t(`composer.window-${window}`, { messenger })}</p>
    </div>
  );
}
