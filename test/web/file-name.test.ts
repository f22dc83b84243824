import { expect, test } from 'vitest';
import { plainName } from '../../web/core/file-name.ts';

test.each([
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['\u2067a\u2069\u200f.pdf', 'a.pdf'],
  ['a\r\nb\u0000.pdf', 'a  b .pdf'],
  ['договор 1.pdf', 'договор 1.pdf'],
  ['צילום.jpg', 'צילום.jpg'],
])('the name %j is shown and saved as %j', (given, shown) => {
  expect(plainName(given)).toBe(shown);
});
