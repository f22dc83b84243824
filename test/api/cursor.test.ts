import { expect, test } from 'vitest';
import { factPlace, readCursor, writeCursor } from '#api/cursor';

test('a cursor with half a character names another place, and no impossible one', () => {
  expect(readCursor(factPlace, writeCursor('1791000000000#\ud800'))).toBe('1791000000000#\ufffd');
});
