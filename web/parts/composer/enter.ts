/** Which keys send: Enter alone, or Ctrl/⌘ and Enter. */
export type EnterMode = 'enter' | 'ctrl-enter';

/** A key as it was pressed. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'keyCode' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'
>;

/**
 * Whether a key sends what is written. Never while an input method composes: its Enter chooses a word. WebKit tells that
 * by the code 229 only. Where there is no keyboard Enter breaks the line.
 */
export function isSend(pressed: Pressed, mode: EnterMode, isTouch: boolean): boolean {
  const { key, keyCode, isComposing, shiftKey, altKey, ctrlKey, metaKey } = pressed;
  if (key !== 'Enter' || isComposing || keyCode === 229 || shiftKey || altKey) return false;
  if (ctrlKey || metaKey) return true;
  return mode === 'enter' && !isTouch;
}
