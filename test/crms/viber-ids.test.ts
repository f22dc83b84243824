import { describe, expect, test } from 'vitest';
import { phoneOf as amocrm } from '#crms/amocrm/phones';
import { multifieldsOf } from '#crms/bitrix24/map';
import { phoneOf as bitrix24 } from '#crms/bitrix24/phones';
import { phoneOf as hubspot } from '#crms/hubspot/map';

describe.each([
  ['amocrm', amocrm],
  ['bitrix24', bitrix24],
  ['hubspot', hubspot],
] as const)('an id of Viber in %s', (_, phoneOf) => {
  test('is no phone number, though it may be one by its looks', () => {
    expect(phoneOf({ chatType: 'viber', chatId: '79001112233' })).toBeUndefined();
    expect(phoneOf({ chatType: 'whatsapp', chatId: '79001112233' })).toBe('79001112233');
  });

  test('does not hide the number that came with it', () => {
    expect(phoneOf({ chatType: 'viber', chatId: 'Zm9vYmFyMDE=', phone: '79001112233' })).toBe('79001112233');
  });
});

test('Bitrix24 gets an id of Viber as Konvert’s own, and no number', () => {
  expect(multifieldsOf([{ chatType: 'viber', chatId: '79001112233' }])).toEqual([
    { typeId: 'IM', valueType: 'OTHER', value: expect.stringContaining(':viber:79001112233') },
  ]);
});
