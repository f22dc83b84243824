/** What a shortcut does. */
export type Command =
  | 'previous'
  | 'next'
  | 'next-unanswered'
  | 'envelope'
  | 'quote'
  | 'search'
  | 'shortcuts'
  | 'next-pane'
  | 'previous-pane';

/** What is known of a key press. `code` is the place of the key, which is the same on every layout. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Shortcuts as they are listed, `Mod` being Ctrl or ⌘. */
export const SHORTCUTS: readonly (readonly [Command, ...string[]])[] = [
  ['next', 'Alt', '↓'],
  ['previous', 'Alt', '↑'],
  ['next-unanswered', 'Alt', 'Shift', '↓'],
  ['search', 'Mod', 'K'],
  ['envelope', 'Alt', 'E'],
  ['quote', 'Alt', 'R'],
  ['next-pane', 'F6'],
  ['shortcuts', '?'],
];

/** The command of a key press, if it has one. In a field, what types a character is no command. */
export function commandOf(press: KeyPress, isInField: boolean): Command | undefined {
  const { code, altKey, shiftKey } = press;
  const isMod = press.ctrlKey || press.metaKey;
  if (code === 'F6' && !altKey && !isMod) return shiftKey ? 'previous-pane' : 'next-pane';
  if (isMod) return code === 'KeyK' && !altKey && !shiftKey ? 'search' : undefined;
  // AltGr, which types characters, is Ctrl and Alt at once, and has left above.
  if (altKey) return shiftKey ? (code === 'ArrowDown' ? 'next-unanswered' : undefined) : ofAlt(code);
  // On a Cyrillic layout the key of the question mark types a comma.
  const asks = press.key === '?' || (code === 'Slash' && shiftKey);
  return asks && !isInField ? 'shortcuts' : undefined;
}

function ofAlt(code: string): Command | undefined {
  if (code === 'ArrowDown') return 'next';
  if (code === 'ArrowUp') return 'previous';
  if (code === 'KeyE') return 'envelope';
  return code === 'KeyR' ? 'quote' : undefined;
}
