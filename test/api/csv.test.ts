import { expect, test } from 'vitest';
import { csvOf } from '#api/csv';

test.each([
  [[['a', 1, null]], 'a,1,\r\n'],
  [[['a,b', 'say "no"', 'two\nlines']], '"a,b","say ""no""","two\nlines"\r\n'],
  [[['=1+1', '+7', '-3', '@sum', '\tx']], "'=1+1,'+7,'-3,'@sum,'\tx\r\n"],
  [[['a=b', -3]], 'a=b,-3\r\n'],
  [[['=a,"b"']], `"'=a,""b"""\r\n`],
  [[['a'], ['b']], 'a\r\nb\r\n'],
])('S5 %j is %j', (lines, csv) => {
  expect(csvOf(lines)).toBe(csv);
});
