import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import {
  DEMO_MESSENGERS,
  DEMO_PEOPLE,
  type DemoLine,
  type DemoMessenger,
  readAs,
  refuseNext,
  writeAs,
} from '../../data/demo-messengers.ts';
import { IconButton } from '../../kit/button.tsx';
import { MessengerMark, messengerName } from '../../kit/mark.tsx';
import { timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';

const LOOK_EVERY_MS = 2000;
/** What tells messengers with the same mark apart. */
const SECONDS: Readonly<Partial<Record<DemoMessenger, string>>> = { 'in-turn': '2', 'whatsapp-qr': 'QR' };

/** The phone of a demo client: what is written in it reaches the inbox as from a messenger. It is no part of Konvert. */
export function Demo({ onClose }: { onClose: () => void }): JSX.Element {
  const messenger = useSignal<DemoMessenger>('telegram');
  const personId = useSignal<string>('anna');
  const text = useSignal('');
  const lines = useSignal<readonly DemoLine[]>([]);
  const problem = useSignal('');
  const note = useSignal('');
  const { chatType } = DEMO_MESSENGERS.find(({ name }) => name === messenger.value) ?? DEMO_MESSENGERS[0];
  const person = DEMO_PEOPLE.find(({ id }) => id === personId.value) ?? DEMO_PEOPLE[0];
  const end = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  const look = async () => {
    const of = `${messenger.peek()} ${person.id}`;
    const seen = await readAs(messenger.peek(), person).catch(() => undefined);
    if (seen && of === `${messenger.peek()} ${personId.peek()}` && seen.length !== lines.peek().length)
      lines.value = seen;
  };
  useEffect(() => {
    lines.value = [];
    note.value = '';
    void look();
    const timer = setInterval(() => document.hidden || void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [messenger.value, personId.value]);
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [lines.value]);

  const send = async (file?: File) => {
    const said = text.value.trim();
    if (said === '' && !file) return;
    text.value = '';
    problem.value = '';
    try {
      await writeAs(messenger.value, person, said, file);
      await look();
    } catch {
      text.value = said;
      problem.value = t('demo.failed');
    }
  };

  const refuse = async () => {
    problem.value = '';
    try {
      await refuseNext(messenger.value);
      note.value = t('demo.refused');
    } catch {
      problem.value = t('demo.failed');
    }
  };

  return (
    <section class={`demo demo-${chatType}`} aria-label={t('demo.title')}>
      <header class="demo-head">
        <div>
          <b>{t('demo.title')}</b>
          <p>{t('demo.what')}</p>
        </div>
        <IconButton icon="close" label={t('kit.close')} onClick={onClose} />
      </header>
      <div class="demo-choice">
        <label>
          <span class="hidden-words">{t('demo.who')}</span>
          <select
            class="field"
            value={personId.value}
            onChange={(event) => {
              personId.value = event.currentTarget.value;
            }}
          >
            {DEMO_PEOPLE.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="demo-messengers">
          <legend class="hidden-words">{t('demo.where')}</legend>
          {DEMO_MESSENGERS.map(({ name, chatType: ofChats }) => (
            <label key={name} title={nameOf(name)}>
              <input
                type="radio"
                name="demo-messenger"
                checked={messenger.value === name}
                onChange={() => {
                  messenger.value = name;
                }}
              />
              <span class="hidden-words">{nameOf(name)}</span>
              <MessengerMark chatType={ofChats} />
              {SECONDS[name] && (
                <span class="demo-second" aria-hidden="true">
                  {SECONDS[name]}
                </span>
              )}
            </label>
          ))}
        </fieldset>
        <p class="demo-named" aria-hidden="true">
          {nameOf(messenger.value)}
        </p>
      </div>
      <div class="demo-phone">
        {lines.value.length === 0 && <p class="demo-empty">{t('demo.empty', { name: person.name })}</p>}
        {lines.value.map(({ key, isOwn, text: said, at }) => (
          <p key={key} class={isOwn ? 'demo-line is-own' : 'demo-line'} dir="auto">
            <bdi>{said}</bdi>
            <time>{timeOfDay(at)}</time>
          </p>
        ))}
        <div ref={end} />
      </div>
      {note.value && (
        <p class="demo-problem" role="status">
          {note.value}
        </p>
      )}
      {problem.value && (
        <p class="demo-problem" role="alert">
          {problem.value}
        </p>
      )}
      <form
        class="demo-write"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <IconButton
          icon="clip"
          label={t('demo.attach', { name: person.name })}
          onClick={() => picker.current?.click()}
        />
        <input
          ref={picker}
          type="file"
          hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file) void send(file);
          }}
        />
        <input
          class="field"
          type="text"
          autocomplete="off"
          maxLength={4096}
          aria-label={t('demo.write', { name: person.name })}
          placeholder={t('demo.write', { name: person.name })}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <IconButton icon="send" type="submit" label={t('demo.send', { name: person.name })} />
      </form>
      <button type="button" class="demo-refuse" onClick={() => void refuse()}>
        {t('demo.refuse')}
      </button>
    </section>
  );
}

function nameOf(messenger: DemoMessenger): string {
  if (messenger === 'in-turn') return t('demo.in-turn');
  return messenger === 'whatsapp-qr' ? t('demo.by-qr') : messengerName(messenger);
}
