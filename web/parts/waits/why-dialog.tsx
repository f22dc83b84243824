import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import type { App, Assignment, ChatModel } from '../../models.ts';
import { fullTime } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { userName } from '../chat/chat-of.ts';
import { explain } from './assignment-words.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly onClose: () => void;
}

/** Says in sentences how the client came to their users (D9). */
export function WhyDialog({ app, chat, onClose }: Props) {
  const records = useSignal<readonly Assignment[] | 'loading' | 'failed'>('loading');
  useEffect(load, []);
  return (
    <Dialog title={t('chat.why-responsible')} onClose={onClose}>
      <Records app={app} records={records.value} load={load} />
    </Dialog>
  );

  function load(): void {
    records.value = 'loading';
    chat.assignments().then(
      (found) => {
        records.value = found;
      },
      () => {
        records.value = 'failed';
      },
    );
  }
}

interface RecordsProps {
  readonly app: App;
  readonly records: readonly Assignment[] | 'loading' | 'failed';
  readonly load: () => void;
}

function Records({ app, records, load }: RecordsProps) {
  if (records === 'loading') return <p>{t('chat.loading')}</p>;
  if (records === 'failed') return <Button onClick={load}>{t('kit.retry')}</Button>;
  if (records.length === 0) return <p>{t('why.none')}</p>;
  return (
    <ol class="why">
      {records.map((record) => (
        <li key={record.assignmentId}>
          <p class="why-time">{fullTime(Date.parse(record.at))}</p>
          {explain(record, (userId) => userName(app.me, userId) ?? userId).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </li>
      ))}
    </ol>
  );
}
