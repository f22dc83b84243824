import type { JSX } from 'preact';

/** A text in which the words between two stars stand out: what a messenger calls its own menus. */
export function Marked({ text }: { text: string }): JSX.Element {
  return <>{text.split('**').map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part))}</>;
}
