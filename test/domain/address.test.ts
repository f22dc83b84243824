import { describe, expect, test } from 'vitest';
import { accountOfKey, addressKey, addressKeys, personOfKey } from '#domain/address';

const phoneOf = (chatId: string, chatType = 'whatsapp') => addressKey('shop', chatType, chatId);

/** D1: all ways to write a number are one address. Numbers of different rows are different addresses. */
const PHONES: [string, string[]][] = [
  ['Russia', ['79001112233', '+7 (900) 111-22-33', '7 900 111 22 33']],
  ['Brazil, a mobile with and without its ninth digit', ['5511987654321', '551187654321', '+55 (11) 98765-4321']],
  ['Brazil, another area', ['5585987654321', '558587654321']],
  ['Brazil, a fixed line', ['551134567890', '+55 11 3456-7890']],
  ['Brazil, eight digits that begin with 9', ['551191234567', '5511991234567']],
  ['Mexico, a mobile with and without its 1', ['5215512345678', '525512345678', '+52 1 55 1234 5678']],
  ['Mexico, another area', ['5218112345678', '528112345678']],
  ['Mexico, a number that begins with 1', ['521234567890']],
  ['Argentina, a mobile with and without its 9', ['5491123456789', '541123456789', '+54 9 11 2345-6789']],
  ['Argentina, another area', ['5493515123456', '543515123456']],
  ['Argentina, a number that begins with 9', ['549123456789']],
  ['Germany, where a 9 means nothing', ['4991123456789']],
  ['Germany, with the zero that is dialled at home', ['4915112345678', '+49 (0)151 1234-5678', '+49.151.12345678']],
  ['Peru, whose code begins with a 5 too', ['51987654321']],
];

describe('D1 addressKey of a phone', () => {
  test.each(PHONES)('%s: all ways to write the number are one address', (_, written) => {
    expect(new Set(written.map((one) => phoneOf(one))).size).toBe(1);
  });

  test('numbers of different rows are different addresses', () => {
    expect(new Set(PHONES.map(([, [written = '']]) => phoneOf(written))).size).toBe(PHONES.length);
  });

  test('the messenger and the account are part of the key', () => {
    const keys = [
      phoneOf('79001112233'),
      phoneOf('79001112233', 'viber'),
      addressKey('other', 'whatsapp', '79001112233'),
    ];

    expect(new Set(keys).size).toBe(3);
  });
});

describe('D1 addressKey of a messenger’s own id', () => {
  test.each(['telegram', 'instagram', 'vk', 'viber', 'max', 'avito', 'telegroup', 'whatsgroup'])(
    'ids of %s are kept as they are',
    (chatType) => {
      for (const chatId of ['5511987654321', '551187654321', 'Anna', 'anna', '+1 2', '00', 'a#b', 'я']) {
        expect(personOfKey(addressKey('shop', chatType, chatId))).toEqual({ chatType, chatId });
      }
    },
  );

  test.each(['a#b#c', '#', ''])('the id «%s» leads to no other account or messenger', (chatId) => {
    const key = addressKey('shop', 'vk', chatId);

    expect(accountOfKey(key)).toBe('shop');
    expect(personOfKey(key)).toEqual({ chatType: 'vk', chatId });
  });
});

describe('D1 the id of a WhatsApp user without a phone', () => {
  test.each(['US.70412295513308', 'US.ENT.70412295513308', 'dana_k', '-', ''])(
    '«%s» is its own normal form',
    (chatId) => {
      expect(personOfKey(phoneOf(chatId))).toEqual({ chatType: 'whatsapp', chatId });
    },
  );
});

test('addressKeys holds each address once, and none for an entry without a chat id', () => {
  const contactData = [
    { chatType: 'whatsapp', chatId: '5511987654321' },
    { chatType: 'whatsapp', chatId: '551187654321' },
    { chatType: 'telegram', username: 'anna' },
    { chatType: 'max', phone: '79001112233' },
    { chatType: 'telegram', chatId: '501', username: 'anna' },
  ];

  expect(addressKeys('shop', contactData)).toEqual([phoneOf('551187654321'), 'shop#telegram#501']);
});
