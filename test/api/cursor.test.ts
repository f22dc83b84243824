import { expect, test } from 'vitest';
import { factPlace, readCursor, writeCursor } from '#api/cursor';

test('half a character in a cursor is replaced, so that it still names a possible place', () => {
  expect(readCursor(factPlace, writeCursor('1791000000000#\ud800'))).toBe('1791000000000#\ufffd');
});
