import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Marked } from './marked.tsx';

/** Something that is on or off, with what that means. The whole line can be pressed. */
export function Switch({
  label,
  hint,
  isOn,
  isDisabled = false,
  onChange,
}: {
  label: string;
  hint?: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}): JSX.Element {
  const id = useId();
  return (
    <label class="settings-switch">
      <span class="settings-switch-words">
        <span id={id}>{label}</span>
        {hint && (
          <small id={`${id}-hint`} class="settings-hint">
            <Marked text={hint} />
          </small>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        class="hidden-words"
        checked={isOn}
        aria-checked={isOn}
        disabled={isDisabled}
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          // What is stored decides what is shown.
          event.currentTarget.checked = isOn;
          onChange(checked);
        }}
      />
      <span class="switch-track" />
    </label>
  );
}
