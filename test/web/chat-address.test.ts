import { describe, expect, test } from 'vitest';
import { chatInAddress } from '../../web/parts/shell/chat-address.ts';

describe('the chat in an address', () => {
  test('is named by its three parts', () => {
    const id = { channelId: 'c', chatType: 'telegram', chatId: 'a/b %' };
    expect(chatInAddress('#/chat/c/telegram/a%2Fb%20%25')).toEqual(id);
  });

  // Anybody can make somebody follow a link to the page.
  test.each([
    '#/chat/../devices/d',
    '#/chat/%2e%2e/push-subscriptions/x',
    '#/chat/c/../x',
    '#/chat/c/telegram/%2E%2E',
    '#/chat/./telegram/7',
    '#/chat/c/telegram/%D0%',
    '#/chat/c/telegram',
    '#/chat/c/telegram/7/messages',
    '#/chat/c//7',
  ])('is none in %s', (hash) => {
    expect(chatInAddress(hash)).toBeUndefined();
  });
});
