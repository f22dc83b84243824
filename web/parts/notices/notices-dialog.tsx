import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Dialog } from '../../kit/dialog.tsx';
import type { PushChoice, PushModel } from '../../models.ts';
import { t } from '../../words/words.ts';

const NOTICES = ['all', 'mine', 'none'] as const;

/** What this device is told of. Each press is saved at once; what was not saved is as it was. */
export function NoticesDialog({ push, onClose }: { push: PushModel; onClose: () => void }): JSX.Element | null {
  const hasFailed = useSignal(false);
  const pressed = useSignal<Partial<PushChoice>>({});
  const { value: stored } = push.choice;
  if (!stored) return null;
  const choice = { ...stored, ...pressed.value };
  const choose = async (wanted: Partial<PushChoice>) => {
    pressed.value = { ...pressed.peek(), ...wanted };
    hasFailed.value = !(await push.choose(wanted));
    // What was pressed since is still on its way.
    const isWanted = ([key, value]: [string, unknown]) => wanted[key as keyof PushChoice] === value;
    pressed.value = Object.fromEntries(Object.entries(pressed.peek()).filter((one) => !isWanted(one)));
  };
  return (
    <Dialog title={t('notices.title')} onClose={onClose}>
      <fieldset class="notices">
        <legend>{t('notices.what')}</legend>
        {NOTICES.map((notices) => (
          <label key={notices}>
            <input
              type="radio"
              name="notices"
              checked={choice.notices === notices}
              onChange={() => void choose({ notices })}
            />
            {t(`notices.${notices}`)}
          </label>
        ))}
        <small>{t('notices.mine-means')}</small>
      </fieldset>
      <div class="notices">
        <Tick
          isOn={choice.outsideHours}
          label={t('notices.outside')}
          onChange={(outsideHours) => choose({ outsideHours })}
        />
        <Tick
          isOn={choice.names}
          label={t('notices.names')}
          means={t('notices.names-means')}
          onChange={(names) => choose({ names })}
        />
      </div>
      {hasFailed.value && (
        <p role="alert" class="notices-failed">
          {t('notices.failed')}
        </p>
      )}
    </Dialog>
  );
}

function Tick({
  isOn,
  label,
  means,
  onChange,
}: {
  isOn: boolean;
  label: string;
  means?: string;
  onChange: (isOn: boolean) => Promise<void>;
}): JSX.Element {
  const id = useId();
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={isOn}
          {...(means !== undefined && { 'aria-describedby': id })}
          onChange={({ currentTarget }) => void onChange(currentTarget.checked)}
        />
        {label}
      </label>
      {means !== undefined && <small id={id}>{means}</small>}
    </>
  );
}
