import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { headerFile, renderTemplate, variablesOf } from '../../../src/domain/template-text.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import type { App, ChatModel, Template } from '../../models.ts';
import { t } from '../../words/words.ts';
import { isRefused } from './add-files.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly onClose: () => void;
}

/** Chooses a template of WhatsApp, fills it and sends it. */
export function TemplateChooser({ app, chat, onClose }: Props) {
  const templates = useSignal<readonly Template[] | 'loading' | 'failed'>('loading');
  const chosen = useSignal<Template | undefined>(undefined);
  useEffect(load, []);
  return (
    <Dialog title={chosen.value?.title ?? t('template.choose')} onClose={onClose}>
      {chosen.value ? (
        <Fill app={app} template={chosen.value} chat={chat} onClose={onClose} />
      ) : (
        <List
          templates={templates.value}
          load={load}
          choose={(template) => {
            chosen.value = template;
          }}
        />
      )}
    </Dialog>
  );

  function load(): void {
    templates.value = 'loading';
    app.templates(chat.id.channelId).then(
      (found) => {
        templates.value = found.filter(canBeSent);
      },
      () => {
        templates.value = 'failed';
      },
    );
  }
}

interface ListProps {
  readonly templates: readonly Template[] | 'loading' | 'failed';
  readonly load: () => void;
  readonly choose: (template: Template) => void;
}

function List({ templates, load, choose }: ListProps) {
  if (templates === 'loading') return <p>{t('chat.loading')}</p>;
  if (templates === 'failed') return <Button onClick={load}>{t('kit.retry')}</Button>;
  if (templates.length === 0) return <p>{t('template.none')}</p>;
  return (
    <ul class="templates">
      {templates.map((template) => (
        <li key={template.templateGuid}>
          <button type="button" class="template" onClick={() => choose(template)}>
            <span class="template-title">
              {template.title} <span class="template-language">{template.language}</span>
            </span>
            <span class="template-text" dir="auto">
              {renderTemplate(template.components, placesOf(template))}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface FillProps {
  readonly app: App;
  readonly template: Template;
  readonly chat: ChatModel;
  readonly onClose: () => void;
}

function Fill({ app, template, chat, onClose }: FillProps) {
  const form = useRef<HTMLFormElement>(null);
  const names = variablesOf(template.components);
  const wanted = headerFile(template.components);
  const file = useSignal<File | undefined>(undefined);
  const values = useSignal<readonly string[]>(names.map(() => ''));
  const shown = placesOf(template).map((place, index) => values.value[index] || place);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
  return (
    <form
      ref={form}
      class="template-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (file.value && isRefused(app, chat, file.value)) return;
        chat.sendTemplate(template, values.peek(), file.value);
        onClose();
      }}
    >
      {wanted && (
        <label class="template-field">
          {t(`template.${wanted}`)}
          <input
            class="field"
            type="file"
            accept={ACCEPTED[wanted]}
            required={!hasExample(template)}
            onChange={(event) => {
              file.value = event.currentTarget.files?.[0];
            }}
          />
          {hasExample(template) && <span class="file-size">{t('template.example')}</span>}
        </label>
      )}
      {names.map((name, index) => (
        <label key={`${index} ${name}`} class="template-field">
          {t('template.value', { name })}
          <input
            class="field"
            required
            maxLength={1024}
            value={values.value[index]}
            onInput={(event) => {
              values.value = values.peek().with(index, event.currentTarget.value);
            }}
          />
        </label>
      ))}
      <p class="template-shown" dir="auto">
        {renderTemplate(template.components, shown)}
      </p>
      <Button type="submit" look="main" icon="send">
        {t('template.send')}
      </Button>
    </form>
  );
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
const ACCEPTED = { image: 'image/jpeg,image/png', video: 'video/mp4,video/3gpp', document: undefined } as const;

/** Without a file the server sends the example with which the template was approved. */
function hasExample({ components }: Template): boolean {
  return components.some(({ type, example }) => type === 'HEADER' && example?.[0] !== undefined);
}

function canBeSent({ status }: Template): boolean {
  return status.toUpperCase() === 'APPROVED';
}

function placesOf({ components }: Template): readonly string[] {
  return variablesOf(components).map((name) => `{{${name}}}`);
}
