import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { PeopleModel, Person } from '../../../settings-models/people.ts';
import { t } from '../../../words/words.ts';
import { openWindow } from '../../shell/open-window.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { Choice } from '../kit/choice.tsx';
import { Problem } from '../kit/note.tsx';

/** Opens the chats of one of the people, by a fresh link. */
export function IntoChats({ people, model }: { people: readonly Person[]; model: PeopleModel }): JSX.Element {
  const chosen = useSignal('');
  const { problem, run } = useAct();
  const { id } = people.find((person) => person.id === chosen.value) ?? people[0] ?? { id: '' };
  if (people.length === 0) {
    return (
      <Card title={t('start.chats')}>
        <p>{t('start.chats-nobody')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('start.chats')} hint={t('start.chats-more')}>
      <div class="into-chats">
        <Choice
          label={t('start.chats-who')}
          value={id}
          options={people.map((person) => ({ value: person.id, label: person.name }))}
          onChoose={(value) => {
            chosen.value = value;
          }}
        />
        <Button icon="window" onClick={() => void run(() => openWindow(() => model.linkOf(id)))}>
          {t('start.chats-open')}
        </Button>
      </div>
      <Problem words={problem} />
    </Card>
  );
}
