import type { JSX } from 'preact';
import { Marked } from './marked.tsx';

/** Why something did not work. A screen reader reads it as soon as it is there. */
export function Problem({ words }: { words: string }): JSX.Element | null {
  if (words === '') return null;
  return (
    <p class="settings-problem" role="alert">
      <Marked text={words} />
    </p>
  );
}

interface NoteProps {
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

/** What stands below a field: what is wrong with it, else its hint. `attributes` tie the field to it. */
export function noteOf(id: string, { hint, problem }: NoteProps) {
  const words = problem || hint;
  return {
    attributes: {
      'aria-describedby': words ? `${id}-note` : undefined,
      'aria-invalid': problem ? true : undefined,
    },
    note: words && (
      <p id={`${id}-note`} class={problem ? 'settings-problem' : 'settings-hint'} role={problem ? 'alert' : undefined}>
        <Marked text={words} />
      </p>
    ),
  } as const;
}
