import { useSignal } from '@preact/signals';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Menu, type MenuItem } from '../../kit/menu.tsx';
import type { App, Assignment, ChatModel } from '../../models.ts';
import { fullTime } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { explain } from './assignment-words.ts';
import { channelOf, userName } from './chat-of.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
}

/** Who answers for the client: why, and handing them over to somebody else. */
export function Responsible({ app, chat }: Props) {
  const anchor = useSignal<DOMRect | undefined>(undefined);
  const showsWhy = useSignal(false);
  const row = chat.row.value;
  if (!row) return null;
  const name = userName(app.me, row.responsibleUserId);
  const items = itemsOf();
  return (
    <>
      <button
        type="button"
        class="responsible"
        aria-haspopup="menu"
        aria-expanded={anchor.value !== undefined}
        title={t('chat.responsible')}
        disabled={items.length === 0}
        onClick={(event) => {
          anchor.value = event.currentTarget.getBoundingClientRect();
        }}
      >
        <Icon name="person" />
        <span class="hidden-words">{t('chat.responsible')}: </span>
        <span class="responsible-name" dir="auto">
          {name ?? t('chat.nobody')}
        </span>
      </button>
      {anchor.value && (
        <Menu
          label={t('chat.responsible')}
          anchor={anchor.value}
          items={items}
          onClose={() => {
            anchor.value = undefined;
          }}
        />
      )}
      {showsWhy.value && (
        <Dialog
          title={t('chat.why-responsible')}
          onClose={() => {
            showsWhy.value = false;
          }}
        >
          <Why app={app} chat={chat} />
        </Dialog>
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

/** The records of how the client came to their users, in sentences (D9). */
function Why({ app, chat }: Props) {
  const records = useSignal<readonly Assignment[] | 'loading' | 'failed'>('loading');
  if (records.value === 'loading') {
    chat.assignments().then(
      (found) => {
        records.value = found;
      },
      () => {
        records.value = 'failed';
      },
    );
    return <p>{t('chat.loading')}</p>;
  }
  if (records.value === 'failed') {
    return (
      <Button
        onClick={() => {
          records.value = 'loading';
        }}
      >
        {t('kit.retry')}
      </Button>
    );
  }
  if (records.value.length === 0) return <p>{t('why.none')}</p>;
  return (
    <ol class="why">
      {records.value.map((record) => (
        <li key={record.assignmentId} class="why-one">
          <p class="why-time">{fullTime(Date.parse(record.at))}</p>
          {explain(record, (userId) => userName(app.me, userId) ?? userId).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </li>
      ))}
    </ol>
  );
}
