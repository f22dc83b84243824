import { expect, test } from 'vitest';
import { commandOf, type KeyPress, SHORTCUTS } from '../../web/core/keys.ts';

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

const press = (code: string, key: string, held: Partial<KeyPress> = {}): KeyPress => ({ ...NONE, code, key, ...held });

test.each([
  ['Alt+↓', press('ArrowDown', 'ArrowDown', { altKey: true }), 'next'],
  ['Alt+↑', press('ArrowUp', 'ArrowUp', { altKey: true }), 'previous'],
  ['Alt+Shift+↓', press('ArrowDown', 'ArrowDown', { altKey: true, shiftKey: true }), 'next-unanswered'],
  ['Alt+E', press('KeyE', 'e', { altKey: true }), 'envelope'],
  ['Alt+E on a Cyrillic layout', press('KeyE', 'у', { altKey: true }), 'envelope'],
  ['Alt+E on a Mac, which would type an accent', press('KeyE', 'Dead', { altKey: true }), 'envelope'],
  ['Alt+R on a Cyrillic layout', press('KeyR', 'к', { altKey: true }), 'quote'],
  ['Ctrl+K', press('KeyK', 'k', { ctrlKey: true }), 'search'],
  ['⌘K', press('KeyK', 'k', { metaKey: true }), 'search'],
  ['Ctrl+K on a Cyrillic layout', press('KeyK', 'л', { ctrlKey: true }), 'search'],
  ['F6', press('F6', 'F6'), 'next-pane'],
  ['Shift+F6', press('F6', 'F6', { shiftKey: true }), 'previous-pane'],
  ['?', press('Slash', '?', { shiftKey: true }), 'shortcuts'],
  ['? on a Cyrillic layout, by its place', press('Slash', ',', { shiftKey: true }), 'shortcuts'],
  ['? on a Cyrillic layout, by what it types', press('Digit7', '?', { shiftKey: true }), 'shortcuts'],
] as const)('%s is a shortcut', (_, pressed, command) => {
  expect(commandOf(pressed, false)).toBe(command);
});

test.each([
  ['a letter', press('KeyE', 'e')],
  ['a letter of a Cyrillic layout', press('BracketLeft', 'х')],
  ['AltGr+E, which types €', press('KeyE', '€', { altKey: true, ctrlKey: true })],
  ['Ctrl+Shift+K, which is the browser’s', press('KeyK', 'K', { ctrlKey: true, shiftKey: true })],
  ['Ctrl+R, which loads the page again', press('KeyR', 'r', { ctrlKey: true })],
  ['Alt+Shift+E', press('KeyE', 'E', { altKey: true, shiftKey: true })],
  ['an arrow', press('ArrowDown', 'ArrowDown')],
  ['a slash', press('Slash', '/')],
])('%s is none', (_, pressed) => {
  expect(commandOf(pressed, false)).toBeUndefined();
});

test('in a field, what types a character is none, and the rest is as before', () => {
  expect(commandOf(press('Slash', '?', { shiftKey: true }), true)).toBeUndefined();
  expect(commandOf(press('KeyE', 'у', { altKey: true }), true)).toBe('envelope');
  expect(commandOf(press('KeyK', 'k', { ctrlKey: true }), true)).toBe('search');
  expect(commandOf(press('F6', 'F6'), true)).toBe('next-pane');
});

test('every shortcut is listed once', () => {
  const commands = SHORTCUTS.map(([command]) => command);
  expect(new Set(commands).size).toBe(commands.length);
});
