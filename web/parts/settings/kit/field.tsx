import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { noteOf } from './note.tsx';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly problem?: string;
  /** A secret is not shown, and no password to save. */
  readonly isSecret?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** It has the focus when its dialog comes. */
  readonly isFirst?: boolean;
  onText(text: string): void;
}

/** A line to write in, with what it is called, a hint below it, and what is wrong with it. */
export function Field(props: FieldProps): JSX.Element {
  const { label, value, hint, problem, isSecret = false, maxLength, placeholder, isFirst = false, onText } = props;
  const id = useId();
  const { attributes, note } = noteOf(id, { hint, problem });
  return (
    <div class="settings-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        // The types of Preact know no input that is one of two.
        type={(isSecret ? 'password' : 'text') as 'text'}
        autocomplete="off"
        value={value}
        {...(maxLength !== undefined && { maxLength })}
        {...(placeholder !== undefined && { placeholder })}
        {...attributes}
        data-first={isFirst || undefined}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {note}
    </div>
  );
}
