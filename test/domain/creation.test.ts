import { describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { cardOfMade, dealOfMade } from '#domain/creation';

const KEY = addressKey('shop', 'whatsapp', '+7 900 111-22-33');
const OURS = { chatType: 'whatsapp', chatId: '79001112233' };
const OTHER = { chatType: 'telegram', chatId: '501' };
const asked = { name: 'Ivan', responsibleUserId: 'anna', contactData: [OURS] };

describe('the card of a contact that a CRM made (D10)', () => {
  test('is what was asked for, if the answer holds only an id', () => {
    expect(cardOfMade({ id: '5' }, undefined, asked, [KEY])).toEqual(asked);
  });

  test("is what the CRM's answer says", () => {
    const made = { name: 'Ivan P.', responsibleUserId: 'boris', contactData: [OTHER, OURS], uri: 'https://crm/5' };

    expect(cardOfMade({ id: '5', ...made }, undefined, asked, [KEY])).toEqual(made);
  });

  test('keeps of a contact that was pushed before what the answer leaves out, and gets the address', () => {
    const now = { name: 'Old', responsibleUserId: 'clara', contactData: [OTHER], uri: 'https://crm/5' };

    expect(cardOfMade({ id: '5', name: 'New' }, now, asked, [KEY])).toEqual({
      ...now,
      name: 'New',
      contactData: [OURS, OTHER],
    });
  });

  test('has the address once, however the CRM writes the number', () => {
    const contactData = [{ chatType: 'whatsapp', chatId: '+7 (900) 111-22-33' }];

    expect(cardOfMade({ id: '5', contactData }, undefined, asked, [KEY]).contactData).toEqual(contactData);
  });

  test('has at most 45 addresses, the asked one among them', () => {
    const contactData = Array.from({ length: 45 }, (_, index) => ({ chatType: 'telegram', chatId: String(index) }));
    const card = cardOfMade({ id: '5', contactData }, undefined, asked, [KEY]);

    expect([card.contactData.length, card.contactData[0]]).toEqual([45, OURS]);
  });
});

describe('the deal that a CRM made', () => {
  const asked = { name: 'Ivan', responsibleUserId: 'anna', contacts: ['5'], closed: false };

  test('is what was asked for, if the answer holds only an id', () => {
    expect(dealOfMade({ id: '7' }, undefined, asked)).toEqual({ id: '7', ...asked });
  });

  test('is about its contact, also if the answer names others only', () => {
    const contacts = ['5', 'other-0', ...Array.from({ length: 10 }, (_, index) => `other-${index}`)];

    expect(dealOfMade({ id: '7', contacts, closed: true }, undefined, asked)).toEqual({
      ...asked,
      id: '7',
      closed: true,
      contacts: ['5', ...contacts.slice(2, 11)],
    });
  });

  test('keeps of a deal that was pushed before what the answer leaves out', () => {
    const now = { id: '7', name: 'Sale', responsibleUserId: 'boris', contacts: ['4'], closed: true };

    expect(dealOfMade({ id: '7' }, now, asked)).toEqual({ ...now, contacts: ['5', '4'] });
  });
});
