/**
 * Puts a text at the caret of a field, in the place of the last `replaced` characters before it. The browser's own way
 * keeps what can be undone; Firefox has it for text fields too, and elsewhere the value is set.
 */
export function insertAtCaret(field: HTMLTextAreaElement, text: string, replaced = 0): void {
  field.focus();
  const end = field.selectionEnd;
  field.setSelectionRange(Math.max(0, field.selectionStart - replaced), end);
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
