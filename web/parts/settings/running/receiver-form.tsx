import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import {
  type Receiver,
  type ReceiverModel,
  type SaveProblem,
  SUBSCRIPTIONS,
  type Subscription,
} from '../../../settings-models/running.ts';
import { type Key, t } from '../../../words/words.ts';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import { useLeaving } from '../kit/leaving.tsx';
import { tell } from '../kit/notice.tsx';
import { Switch } from '../kit/switch.tsx';
import { endWords } from './call-words.ts';
import { keyHint } from './key-hint.ts';

const LONGEST_URI = 200;

/** Only Konvert tells these, so a receiver of another program may not take them. */
const OWN_WORDS: ReadonlySet<Subscription> = new Set(['assignments', 'waiting']);

type Switches = Readonly<Record<Subscription, boolean>>;

/** Where events go, and which. What is typed stays when it is refused. */
export function ReceiverForm({ model, receiver }: { model: ReceiverModel; receiver: Receiver }): JSX.Element {
  const saved = useSignal(receiver);
  const uri = useSignal(receiver.webhooksUri ?? '');
  const switches = useSignal(switchesOf(receiver));
  const key = useSignal('');
  const isKeyRemoved = useSignal(false);
  const isSaving = useSignal(false);
  const problem = useSignal<SaveProblem | undefined>(undefined);
  const isChanged = useComputed(
    () =>
      uri.value.trim() !== (saved.value.webhooksUri ?? '') ||
      key.value !== '' ||
      isKeyRemoved.value ||
      isOther(switches.value, switchesOf(saved.value)),
  );
  const leaving = useLeaving(isChanged, () => {
    key.value = '';
    isKeyRemoved.value = false;
    uri.value = saved.value.webhooksUri ?? '';
    switches.value = switchesOf(saved.value);
  });
  const isAllOff = !Object.values(switches.value).includes(true);

  const save = async () => {
    if (isSaving.value) return;
    isSaving.value = true;
    problem.value = undefined;
    const webhooksUri = uri.value.trim();
    const subscriptions = switches.value;
    problem.value = await model.save({
      webhooksUri,
      subscriptions,
      ...(isKeyRemoved.value ? { crmKey: null } : key.value !== '' && { crmKey: key.value }),
    });
    isSaving.value = false;
    if (problem.value) return focusProblem();
    saved.value = {
      webhooksUri,
      subscriptions: answerOf(subscriptions),
    };
    key.value = '';
    isKeyRemoved.value = false;
    tell(t(isAllOff ? 'webhook.saved-off' : 'webhook.saved'));
  };
  const { value: wrong } = problem;
  return (
    <form
      class="running-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t('webhook.uri')}
        value={uri.value}
        hint={t('webhook.uri-hint')}
        {...(wrong?.field === 'uri' && { problem: uriProblem(wrong) })}
        maxLength={LONGEST_URI}
        placeholder="https://crm.example/hook"
        onText={(text) => {
          uri.value = text;
        }}
      />
      <fieldset class="running-switches">
        <legend>{t('webhook.what')}</legend>
        {SUBSCRIPTIONS.map((name) => (
          <Switch
            key={name}
            label={t(`webhook.${name}` as Key)}
            isOn={switches.value[name]}
            onChange={(isOn) => {
              switches.value = { ...switches.value, [name]: isOn };
            }}
          />
        ))}
        {isAllOff && <p class="settings-hint">{t('webhook.all-off')}</p>}
      </fieldset>
      <Field
        label={t('webhook.key')}
        value={key.value}
        isSecret
        hint={t(
          keyHint({ key: key.value, isRemoved: isKeyRemoved.value, before: receiver.webhooksUri, uri: uri.value }),
        )}
        {...(wrong?.field === 'key' && { problem: t('webhook.key-wrong') })}
        onText={(text) => {
          key.value = text;
          if (text !== '') isKeyRemoved.value = false;
        }}
      />
      {receiver.webhooksUri !== null && (
        <Switch
          label={t('webhook.key-remove')}
          isOn={isKeyRemoved.value}
          onChange={(isOn) => {
            isKeyRemoved.value = isOn;
            if (isOn) key.value = '';
          }}
        />
      )}
      {wrong?.field === 'other' && (
        <p class="settings-problem" role="alert">
          {t('webhook.not-passed', { why: wrong.words })}
        </p>
      )}
      {leaving}
      <div class="settings-buttons">
        <Button type="submit" look="main" aria-disabled={isSaving.value}>
          {t(isSaving.value ? 'webhook.saving' : 'settings.save')}
        </Button>
      </div>
    </form>
  );
}

function isOther(one: Switches, other: Switches): boolean {
  return SUBSCRIPTIONS.some((name) => one[name] !== other[name]);
}

function switchesOf({ webhooksUri, subscriptions }: Receiver): Switches {
  // Who saves a first address wants to hear of everything that such programs know, as a rule.
  const all = webhooksUri === null;
  return Object.fromEntries(
    SUBSCRIPTIONS.map((name) => [name, (all && !OWN_WORDS.has(name)) || subscriptions[name] === true]),
  ) as Switches;
}

/** What the server says then: it leaves out what only Konvert has while that is off. */
function answerOf({ assignments, waiting, ...switches }: Switches): Receiver['subscriptions'] {
  return {
    ...switches,
    wabaTemplatesStatus: switches.templateStatus,
    ...(assignments && { assignments }),
    ...(waiting && { waiting }),
  };
}

function uriProblem({ end }: Extract<SaveProblem, { field: 'uri' }>): string {
  if (!end) return t('webhook.uri-wrong');
  // Any 2xx takes an event, but a first call has to be answered with exactly 200.
  if (end.status !== undefined && end.status < 300) return t('webhook.not-200', { status: end.status });
  return t('webhook.not-passed', { why: endWords(end) });
}
