import { describe, expect, test } from 'vitest';
import { readMadeContact, readMadeDeal } from '#api/read-made';

const NO_ID = { description: 'The answer is no JSON object with an id of 1 to 100 characters' };
const ADDRESS = { chatType: 'telegram', chatId: '501' };

describe("the contact in a CRM's answer (D10)", () => {
  test.each<[string, unknown, unknown]>([
    ['an id alone', { id: 'c-5' }, { id: 'c-5' }],
    ['an id that is a number', { id: 5 }, { id: '5' }],
    ['an id of 100 characters', { id: 'x'.repeat(100) }, { id: 'x'.repeat(100) }],
    [
      'everything',
      { id: '5', responsibleUserId: 17, name: 'Ivan', contactData: [ADDRESS], uri: 'https://crm/5', source: 'auto' },
      { id: '5', responsibleUserId: '17', name: 'Ivan', contactData: [ADDRESS], uri: 'https://crm/5' },
    ],
    [
      'nulls and empty texts as left out',
      { id: '5', responsibleUserId: null, name: '', contactData: null, uri: '' },
      { id: '5' },
    ],
    [
      'fields of another kind as left out',
      { id: '5', responsibleUserId: {}, name: 7, contactData: 'none', uri: ['x'] },
      { id: '5' },
    ],
    ['a name that is too long, cut', { id: '5', name: 'n'.repeat(201) }, { id: '5', name: 'n'.repeat(200) }],
    ['an address of the CRM that is too long as left out', { id: '5', uri: 'u'.repeat(201) }, { id: '5' }],
    ['a user id that is too long as left out', { id: '5', responsibleUserId: 'u'.repeat(101) }, { id: '5' }],
    [
      'the addresses that can be used',
      { id: '5', contactData: [null, {}, { chatType: 'pigeon', chatId: '1' }, { ...ADDRESS, phone: '' }, ADDRESS] },
      { id: '5', contactData: [ADDRESS, ADDRESS] },
    ],
    [
      'a number as the id of a chat, a username',
      { id: '5', contactData: [{ chatType: 'telegram', chatId: 501, username: 'ivan' }] },
      { id: '5', contactData: [{ ...ADDRESS, username: 'ivan' }] },
    ],
    [
      'at most 45 addresses',
      { id: '5', contactData: Array(100).fill(ADDRESS) },
      { id: '5', contactData: Array(45).fill(ADDRESS) },
    ],
  ])('reads %s', (_, answer, made) => {
    expect(readMadeContact(JSON.stringify(answer))).toStrictEqual({ made });
  });

  test('replaces half a character, which the table could not hold', () => {
    expect(readMadeContact(String.raw`{"id": "5", "name": "\ud83d"}`)).toEqual({ made: { id: '5', name: '�' } });
  });

  test.each([
    ['nothing', ''],
    ['a page', '<!doctype html><title>Welcome</title>'],
    ['a text', 'OK'],
    ['JSON that was cut off', '{"id": "5", "name": "Iv'],
    ['no id', '{"name": "Ivan"}'],
    ['an empty id', '{"id": ""}'],
    ['an id that is null', '{"id": null}'],
    ['an id of 101 characters', `{"id": "${'x'.repeat(101)}"}`],
    ['an id that is an object', '{"id": {"value": 5}}'],
    ['an id that is true', '{"id": true}'],
    ['an id that JSON can only round', '{"id": 90071992547409931}'],
    ['an id with a fraction', '{"id": 5.5}'],
    ['an array', '[{"id": "5"}]'],
    ['null', 'null'],
    ['a text in JSON', '"5"'],
    ['JSON that is nested too deep', `{"id": "5", "more": ${'['.repeat(100)}${']'.repeat(100)}}`],
  ])('finds no contact in %s', (_, answer) => {
    expect(readMadeContact(answer)).toEqual(NO_ID);
    expect(readMadeDeal(answer)).toEqual(NO_ID);
  });
});

describe("the deal in a CRM's answer (D10)", () => {
  test.each<[string, unknown, unknown]>([
    ['an id alone', { id: 7 }, { id: '7' }],
    [
      'everything',
      { id: '7', name: 'Sale', responsibleUserId: '17', contacts: ['5', 6], closed: true, uri: 'https://crm/7' },
      { id: '7', name: 'Sale', responsibleUserId: '17', contacts: ['5', '6'], closed: true, uri: 'https://crm/7' },
    ],
    ['at most ten contacts', { id: '7', contacts: [...Array(20).keys()] }, { id: '7', contacts: [...'0123456789'] }],
    ['what cannot be used as left out', { id: '7', contacts: [{}, '', null], closed: 'yes' }, { id: '7' }],
  ])('reads %s', (_, answer, made) => {
    expect(readMadeDeal(JSON.stringify(answer))).toStrictEqual({ made });
  });
});
