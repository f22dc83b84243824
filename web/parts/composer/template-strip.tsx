import { useSignal } from '@preact/signals';
import { Button } from '../../kit/button.tsx';
import { later } from '../../kit/later.tsx';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';

/** Chooses a template, fills it and sends it. */
export const TemplateChooser = later(async () => (await import('./template-chooser.tsx')).TemplateChooser);

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly messenger: string;
}

/** Says that the messenger takes templates only, and offers them. */
export function TemplateStrip({ app, chat, messenger }: Props) {
  const isChoosing = useSignal(false);
  return (
    <div class="notice">
      <p class="notice-words">{t('template.window-closed', { messenger })}</p>
      <Button
        look="main"
        onClick={() => {
          isChoosing.value = true;
        }}
      >
        {t('template.choose')}
      </Button>
      {isChoosing.value && (
        <TemplateChooser
          app={app}
          chat={chat}
          onClose={() => {
            isChoosing.value = false;
          }}
        />
      )}
    </div>
  );
}
