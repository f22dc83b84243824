import { expect, test } from 'vitest';
import { attributesOf, isChat, readRow } from '#store/chats/chat-row';

const seen = { from: ':', low: '0', upTo: '0', at: 0, ids: [] };
const row = { c: 'c1#telegram#51', account: 'a1', ver: 3, viewers: [], v: 's', r: '1#h' };
const chat = { unansweredCount: 0, lastMessageAt: 1, lastKey: '1', preview: '', wordKey: '1', seen };
const profile = { key: '9', name: 'Zoe', username: 'zoe' };

test('a key that the row has already takes one character of it', () => {
  const [oldest, newest] = ['1790000000000#wamid.oldest', '1790000000001#wamid.newest'];
  const whole = {
    ...chat,
    openKey: oldest,
    lastKey: newest,
    wordKey: newest,
    client: { key: newest },
    profile: { key: oldest, name: 'Anna' },
    noReplyNeeded: { key: newest, at: 1 },
    seen: { from: oldest, low: '0', upTo: newest, at: 1, ids: [] },
  };
  const made = readRow({ ...row, chat: whole });

  const stored = isChat(made) && attributesOf(made);
  const again = readRow({ ...row, ...JSON.parse(JSON.stringify(stored)) });

  expect(JSON.stringify(stored).split('wamid.newest')).toHaveLength(3);
  expect(JSON.stringify(stored).split('wamid.oldest')).toHaveLength(2);
  expect(isChat(again) && again.chat).toEqual(whole);
});

test.each([
  ['the name of the newest message', { client: { key: '1', name: 'Anna', via: 'v' } }, { key: '1', name: 'Anna' }],
  ['a name of which nothing can be seen', { client: { key: '1', name: '\u3164', via: 'v' } }, undefined],
  ['no name', { client: { key: '1', via: 'v' } }, undefined],
  ['a profile since', { client: { key: '1', via: 'v' }, profile }, profile],
])('a chat that version 0.1.0 stored with %s is read', (_name, stored, read) => {
  const found = readRow({ ...row, chat: { ...chat, ...stored } });

  expect(isChat(found) && found.chat.client).toEqual({ key: '1', via: 'v' });
  expect(isChat(found) && found.chat.profile).toEqual(read);
});

test('what a timer needs is stored beside the chat, and absent where there is none', () => {
  const timer = { of: 7, leavesAt: 9, told: 8 };
  const made = readRow({ ...row, chat, e: 7, spoken: true, nobodysAt: 6, t: timer });
  const plain = readRow({ ...row, chat });

  expect(made).toMatchObject({ enteredAt: 7, spoken: true, nobodysAt: 6, timer });
  expect(isChat(made) && attributesOf(made)).toMatchObject({ e: 7, spoken: true, nobodysAt: 6, t: timer });
  expect(isChat(plain) && attributesOf(plain)).toMatchObject({ e: undefined, spoken: undefined, t: undefined });
});
