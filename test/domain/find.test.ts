import { describe, expect, test } from 'vitest';
import { comparable, isClientMeant, isContactMeant } from '#domain/find';
import { openPlace, sealPlace } from '#domain/sealed-place';

describe('names are compared', () => {
  test.each([
    ['Ольга', 'ольга'],
    ['АЛЁНА  Семёнова', 'алена семенова'],
    ['  Ｏｌｇａ ', 'olga'],
    ['\u00a0', ''],
  ])('%j as %j', (name, expected) => {
    expect(comparable(name)).toBe(expected);
  });
});

describe('a contact is meant', () => {
  const card = {
    name: 'Семён Петров',
    contactData: [
      { chatType: 'telegram', username: 'Semyon_P' },
      { chatType: 'max', phone: '+7 (916) 123-45-67' },
    ],
  };

  test.each([
    ['семен', true],
    ['ПЕТРОВ', true],
    ['н п', true],
    ['Сидоров', false],
    ['@semyon_p', true],
    ['semyon_P', true],
    ['semyon', false],
    ['79161234567', true],
    ['+7 916 123 45 67', true],
    ['9161234567', false],
    ['', true],
  ])('by %j: %s', (find, expected) => {
    expect(isContactMeant(card, find)).toBe(expected);
  });
});

describe('a client without a contact is meant', () => {
  test.each([
    [{ name: 'Ольга', username: 'olga_k' }, 'оль', true],
    [{ name: 'Ольга', username: 'olga_k' }, '@olga_k', true],
    [{ username: 'olga_k' }, 'lga', true],
    [undefined, '501', true],
    [{ name: 'Ольга' }, '501', false],
  ])('%o by %j: %s', (profile, find, expected) => {
    expect(isClientMeant(profile, '501', find)).toBe(expected);
  });
});

describe('a sealed place', () => {
  const secret = Buffer.alloc(32, 1);
  const token = sealPlace(secret, 'for olga', 'contact-17');

  test('is opened by its maker, for what it was made', () => {
    expect(openPlace(secret, 'for olga', token)).toBe('contact-17');
  });

  test.each([
    ['for another purpose', secret, 'for anna', token],
    ['by another installation', Buffer.alloc(32, 2), 'for olga', token],
    ['after a change', secret, 'for olga', `${token.slice(0, -2)}AA`],
    ['cut off', secret, 'for olga', token.slice(0, 20)],
    ['empty', secret, 'for olga', ''],
  ])('is none %s', (_, by, bound, sealed) => {
    expect(openPlace(by, bound, sealed)).toBeUndefined();
  });

  test('shows nothing, and is never the same', () => {
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('contact');
    expect(sealPlace(secret, 'for olga', 'contact-17')).not.toBe(token);
  });
});
