import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bracketKeys } from '#crms/bracket-keys';

describe('keys with brackets, as CRMs post them', () => {
  test('are maps in maps', () => {
    expect(bracketKeys('leads[add][0][id]=1&leads[add][1][id]=2&account[id]=7')).toEqual({
      leads: { add: { 0: { id: '1' }, 1: { id: '2' } } },
      account: { id: '7' },
    });
  });

  test('change no prototype', () => {
    const read = bracketKeys('__proto__[admin]=1&constructor[prototype][admin]=1&a[__proto__][admin]=1&a[b]=2');

    expect(({} as { admin?: string }).admin).toBeUndefined();
    expect(Object.getPrototypeOf(read)).toBeNull();
    expect(read.a).toMatchObject({ b: '2' });
  });

  test('make no list of the length that a number says', () => {
    expect(bracketKeys('a[4000000000]=1&a[]=2')).toEqual({ a: { 4000000000: '1', 0: '2' } });
  });

  test('of a note that stands twice keep both', () => {
    expect(bracketKeys('leads[note][0][note][id]=1&leads[note][0][note][id]=2')).toEqual({
      leads: { note: { 0: { note: { id: ['1', '2'] } } } },
    });
  });

  test('are read up to a number and a depth', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `k${at}=1`).join('&');
    expect(Object.keys(bracketKeys(many)).length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(bracketKeys(`a${'[b]'.repeat(10_000)}=1`)).split('{').length).toBeLessThan(15);
  });

  test('of any text are read without an error', () => {
    const part = fc.constantFrom('leads', '[add]', '[0]', '[', ']', '=', '&', '%', '%00', '__proto__', '[]', '1', '.');
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (form) => {
        const read = bracketKeys(form);
        expect(typeof read).toBe('object');
        JSON.stringify(read);
      }),
      { numRuns: 500 },
    );
    expect(({} as { add?: string }).add).toBeUndefined();
  });
});
