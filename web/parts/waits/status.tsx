import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../../kit/button.tsx';
import { now as clock, serverNow } from '../../kit/clock.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icon.tsx';
import { type MenuGroup, type MenuItem, useMenu } from '../../kit/menu.tsx';
import type { App, PresenceModel } from '../../models.ts';
import type { StatusNow } from '../../settings-models/team.ts';
import { type Key, t } from '../../words/words.ts';
import { awayItems } from '../away/choices.ts';
import { UntilDialog } from '../away/until-dialog.tsx';
import { statusWords, untilWords } from '../away/words.ts';
import { chime } from '../shell/sound.ts';
import { usePresence } from './presence-of.ts';
import { setStatus } from './set-status.ts';

/** Whether the user receives clients, in the head of the page, and saying otherwise (T10). */
export function Status({ app }: { app: App }): JSX.Element | null {
  const presence = usePresence(app);
  useEffect(() => presence?.onCall(chime), [presence]);
  const now = presence?.status.value;
  // Who only watches receives nobody, whatever they say.
  const mayReceive = now?.duty === 'receives' || now?.duty === 'answers';
  return presence && now && mayReceive ? <StatusMenu app={app} presence={presence} now={now} /> : null;
}

interface Props {
  readonly app: App;
  readonly presence: PresenceModel;
  readonly now: StatusNow;
}

function StatusMenu({ app, presence, now }: Props): JSX.Element {
  const isAsking = useSignal(false);
  /** How many clients may go to others, of a user who has just gone away: it is asked whether they do. */
  const asked = useSignal(0);
  const words = statusWords(now, clock.value);
  const { returnable = 0 } = now;
  const go = async (until: number) => {
    if (await setStatus(app, presence, 'away', until)) asked.value = presence.status.peek()?.returnable ?? 0;
  };
  const giveBack = async () => {
    asked.value = 0;
    if (await setStatus(app, presence, 'away', presence.status.peek()?.until, true)) app.toast(t('waits.given-back'));
  };
  const back: MenuItem = {
    label: t('away.back'),
    icon: 'check',
    choose: () => void setStatus(app, presence, 'on'),
  };
  const give: MenuItem = {
    label: t('waits.give-back', { count: returnable }),
    icon: 'people',
    note: t('waits.give-back-means'),
    choose: () => void giveBack(),
  };
  const isAway = now.status === 'away';
  const ask = () => {
    isAsking.value = true;
  };
  const groups: MenuGroup[] = [
    ...(isAway ? [{ label: words, items: [back, ...(returnable > 0 ? [give] : [])] }] : []),
    { label: t('away.go'), items: awayItems(serverNow(), (until) => void go(until), ask) },
  ];
  const head = (
    <div class="status-head">
      <b>{words}</b>
      <p>
        {t(explained(now))} {whyWords(now)}
      </p>
    </div>
  );
  const { opener, menu } = useMenu(t('waits.status', { status: words }), { groups, head });
  return (
    <>
      <button type="button" class={`status is-${now.status}`} title={t('waits.status', { status: words })} {...opener}>
        <Icon name="person" />
        <span class="status-dot" />
        <span class="hidden-words">{t('waits.status', { status: words })}</span>
        {isAway && (
          <span class="status-until" aria-hidden="true">
            {now.until === undefined ? t('away.away') : untilWords(now.until, clock.value)}
          </span>
        )}
      </button>
      {menu}
      {isAsking.value && (
        <UntilDialog
          go={(until) => void go(until)}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
      {asked.value > 0 && (
        <Dialog
          title={words}
          onClose={() => {
            asked.value = 0;
          }}
        >
          <p>{t('waits.give-back-asked')}</p>
          <div class="give-back">
            <Button
              onClick={() => {
                asked.value = 0;
              }}
            >
              {t('waits.keep')}
            </Button>
            <Button look="main" onClick={() => void giveBack()}>
              {t('waits.give-back', { count: asked.value })}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function explained({ status, duty }: StatusNow): Key {
  if (status === 'away') return 'waits.explained-away';
  return duty === 'receives' ? 'waits.explained-on' : 'waits.explained-answers';
}

const WHY: Readonly<Record<string, Key>> = {
  head: 'waits.by-head',
  crm: 'waits.by-crm',
  konvert: 'waits.by-konvert',
  schedule: 'waits.by-schedule',
};

function whyWords({ by }: StatusNow): string {
  const key = WHY[by ?? ''];
  return key === undefined ? '' : t(key);
}
