import { useSignal } from '@preact/signals';
import { Icon } from '../../kit/icon.tsx';
import { type MenuItem, useMenu } from '../../kit/menu.tsx';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { WhyDialog } from '../waits/doors.tsx';
import { channelOf, userName } from './chat-of.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
}

/** Who answers for the client: why, and handing them over to somebody else. */
export function Responsible({ app, chat }: Props) {
  const showsWhy = useSignal(false);
  const row = chat.row.value;
  const name = userName(app.me, row?.responsibleUserId);
  const items = row ? itemsOf() : [];
  const { opener, menu } = useMenu(t('chat.responsible'), { items });
  if (!row) return null;
  return (
    <>
      <button type="button" class="responsible" title={t('chat.responsible')} disabled={items.length === 0} {...opener}>
        <Icon name="person" />
        <span class="hidden-words">{t('chat.responsible')}: </span>
        <span class="responsible-name" dir="auto">
          {name ?? t('chat.nobody')}
        </span>
      </button>
      {menu}
      {showsWhy.value && (
        <WhyDialog
          app={app}
          chat={chat}
          onClose={() => {
            showsWhy.value = false;
          }}
        />
      )}
    </>
  );

  function itemsOf(): MenuItem[] {
    const why: MenuItem = {
      label: t('chat.why-responsible'),
      icon: 'people',
      choose: () => {
        showsWhy.value = true;
      },
    };
    const whyIfAny = name === undefined ? [] : [why];
    if (!chat.mayWrite.value) return whyIfAny;
    const writers = channelOf(app.me, chat.id.channelId)?.writers ?? [];
    const others = app.me.users.filter(({ id }) => id !== row?.responsibleUserId && writers.includes(id));
    return [
      ...whyIfAny,
      ...others.map(
        (user): MenuItem => ({
          label: t('chat.hand-over', { name: user.name }),
          icon: 'person',
          choose: () => void handOver(user),
        }),
      ),
    ];
  }

  async function handOver(user: { readonly id: string; readonly name: string }): Promise<void> {
    await chat.handOver(user.id);
    // Refused: the notice says why.
    if (chat.row.peek()?.responsibleUserId !== user.id && chat.state.peek() !== 'lost') return;
    app.toast(t('chat.handed-over', { name: user.name }));
  }
}
