import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import { Button } from '../../../kit/button.tsx';
import { messengerName } from '../../../kit/mark.tsx';
import type { Exported, StoredModel } from '../../../settings-models/stored.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { Choice } from '../kit/choice.tsx';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { saveAs } from './save-as.ts';

const LONGEST_ID = 200;

/** A person, by the id that their messenger has for them: what is known of them, and the end of it. */
export function OnePerson({ stored, path }: { stored: StoredModel; path: readonly string[] }): JSX.Element {
  const chatType = useSignal(stored.chatTypes[0]!);
  const chatId = useSignal('');
  const isAsked = useSignal(false);
  const count = useSignal(0);
  const saved = useSignal<Exported | undefined>(undefined);
  const { isBusy, problem, run, forget } = useAct();
  useEffect(() => {
    const [type, id] = path;
    if (type === undefined || id === undefined) return;
    if (stored.chatTypes.includes(type)) chatType.value = type;
    chatId.value = id;
    saved.value = undefined;
    // The id of a person stays in no address.
    navigate(addressOf('data'), { replace: true });
  }, [path.join('/')]);

  const person = () => {
    const id = chatId.value.trim();
    if (id === '') throw new Error(t('stored.id-missing'));
    return { chatType: chatType.value, chatId: id };
  };
  const exportAll = async () => {
    count.value = 0;
    saved.value = undefined;
    const isDone = await run(async () => {
      const asked = person();
      const exported = await stored.exported(asked, (messages) => {
        count.value = messages;
      });
      saved.value = exported;
      saveAs(`${asked.chatType}-${asked.chatId}.json`, exported);
    });
    if (!isDone) focusProblem();
  };
  const ask = async () => {
    if (await run(async () => void person())) isAsked.value = true;
    else focusProblem();
  };
  const edited = () => {
    saved.value = undefined;
    forget();
  };
  return (
    <Card title={t('stored.person')} hint={t('stored.person-hint')}>
      <form class="settings-form" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={t('stored.messenger')}
          value={chatType.value}
          options={stored.chatTypes.map((value) => ({ value, label: messengerName(value) }))}
          onChoose={(value) => {
            chatType.value = value;
            edited();
          }}
        />
        <Field
          label={t('stored.id')}
          value={chatId.value}
          hint={t('stored.id-hint')}
          problem={problem}
          maxLength={LONGEST_ID}
          onText={(text) => {
            chatId.value = text;
            edited();
          }}
        />
        <div class="settings-buttons">
          <Button aria-disabled={isBusy} onClick={() => void exportAll()}>
            {t('stored.export')}
          </Button>
          <Button aria-disabled={isBusy} onClick={() => void ask()}>
            {t('stored.erase')}
          </Button>
        </div>
      </form>
      <p role="status">
        {isBusy && count.value > 0 && t('stored.exporting', { count: count.value })}
        {saved.value && t('stored.exported', { count: saved.value.messages.length })}
      </p>
      {saved.value && <Files exported={saved.value} />}
      {isAsked.value && (
        <EraseDialog
          stored={stored}
          person={person()}
          onClose={() => {
            isAsked.value = false;
          }}
        />
      )}
    </Card>
  );
}

/** The files of the export. A page cannot write a folder, so each is fetched by a press. */
function Files({ exported: { files } }: { exported: Exported }): JSX.Element | null {
  const there = files.flatMap(({ messageId, name, contentUri, state }) =>
    contentUri !== undefined && state === 'stored' ? [{ messageId, name, contentUri }] : [],
  );
  if (there.length === 0) return null;
  return (
    <details>
      <summary>{t('stored.files', { count: there.length })}</summary>
      <ul class="settings-list">
        {there.map(({ messageId, name, contentUri }) => (
          <li key={`${messageId} ${contentUri}`}>
            <a class="link" href={contentUri} target="_blank" rel="noreferrer" download={name}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
