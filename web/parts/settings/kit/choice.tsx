import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { noteOf } from './note.tsx';

/** One of several, in a list that opens. */
export function Choice({
  label,
  value,
  options,
  hint,
  problem,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
  hint?: string;
  problem?: string;
  onChoose: (value: string) => void;
}): JSX.Element {
  const id = useId();
  const { attributes, note } = noteOf(id, { hint, problem });
  return (
    <div class="settings-field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="field"
        value={value}
        {...attributes}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {note}
    </div>
  );
}
