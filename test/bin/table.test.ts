import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { fieldsOf, onLines, tableOf } from '../../bin/terminal/table.ts';

const COLUMNS = [{ head: 'NAME', shrinks: true }, { head: 'SAID', shrinks: true }, { head: 'ID' }];
const ROWS = [
  ['Анна Петрова', 'Здравствуйте! 👋', 'a'],
  ['山田太郎', 'はい、お願いします', 'b'],
  ['👩‍👩‍👧 Family 👨‍💻', 'Ok', 'c'],
  ['e\u0301cole', '🇩🇪 ja', 'd'],
];

/** In how many characters of a terminal the last column begins, in each line. */
function placesOfLast(table: string): number[] {
  return table.split('\n').map((line) => stringWidth(line.slice(0, line.search(/\S+$/))));
}

describe('a table', () => {
  test('has straight columns, whatever the letters', () => {
    expect(new Set(placesOfLast(tableOf(COLUMNS, ROWS))).size).toBe(1);
  });

  test.each([80, 40, 33, 30, 26])('fits into %d characters; ids are whole, and what is cut says so', (width) => {
    const table = tableOf(COLUMNS, ROWS, width);

    expect(Math.max(...table.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(new Set(placesOfLast(table)).size).toBe(1);
    for (const id of ['a', 'b', 'c', 'd']) expect(table).toMatch(new RegExp(` ${id}$`, 'm'));
    expect(table.includes('…')).toBe(width < 36);
    // No emoji and no letter is cut in two.
    expect(table).not.toMatch(/\p{Cs}|\u200d…|\u200d /u);
  });

  test('is never cut if it goes elsewhere than to a terminal', () => {
    const long = 'x'.repeat(500);

    expect(tableOf(COLUMNS, [[long, long, 'a']])).toContain(`${long}  ${long}  a`);
  });

  test('holds nothing that a terminal obeys, in any cell', () => {
    const table = tableOf(COLUMNS, [['\u001b[31mred', 'two\nlines\r', '\u202Eevil\u0007']]);

    expect(table.split('\n')).toHaveLength(2);
    expect(table).toContain('·[31mred  two·lines·  ·evil·');
  });
});

test('fields and texts of several lines are kept apart from what a terminal obeys, too', () => {
  expect(
    fieldsOf([
      ['имя', 'Anna\u001b'],
      ['x', 'y'],
    ]),
  ).toBe('имя  Anna·\nx    y');
  expect(onLines('one\ntwo\u009b')).toBe('one\ntwo·');
});
