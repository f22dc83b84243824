import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a screen, with what it is about. It is a region by that name. */
export function Card({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  return (
    <section class="settings-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p class="settings-hint">{hint}</p>}
      {children}
    </section>
  );
}
