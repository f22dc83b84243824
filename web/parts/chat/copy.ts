import type { App } from '../../models.ts';
import { t } from '../../words/words.ts';

/** Copies a text. A frame may be refused the clipboard: then it is done the old way, by a selection. */
export async function copyText(app: App, text: string): Promise<void> {
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => copyBySelection(text),
  );
  app.toast(t(isCopied ? 'kit.copied' : 'chat.not-copied'));
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden-words';
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
