import { expect, test } from 'vitest';
import { PrivateAddressError, reasonOf } from '#calls/errors';

const ADDRESS = 'https://crm.example/hook?key=secret';
const withCode = (message: string, code: unknown) => Object.assign(new Error(message), { code });

test.each([
  {
    name: 'a connection',
    error: new TypeError('fetch failed', { cause: withCode(ADDRESS, 'ECONNREFUSED') }),
    is: 'ECONNREFUSED',
  },
  { name: 'a private address', error: new PrivateAddressError(), is: 'PRIVATE_ADDRESS' },
  { name: 'no code', error: new TypeError(ADDRESS, { cause: new Error(ADDRESS) }), is: 'TypeError' },
  { name: 'a deadline', error: new DOMException('Too late', 'TimeoutError'), is: 'TimeoutError' },
  {
    name: 'a deadline as the cause',
    error: new Error('x', { cause: new DOMException('', 'TimeoutError') }),
    is: 'Error',
  },
  { name: 'a code that is a text of somebody', error: withCode('x', ADDRESS), is: 'unknown' },
  { name: 'no error', error: ADDRESS, is: 'unknown' },
])('a call without an answer is told by a word and never by its address: $name', ({ error, is }) => {
  expect(reasonOf(error)).toBe(is);
});
