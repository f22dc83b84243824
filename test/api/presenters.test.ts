import { expect, test } from 'vitest';
import { presentNewAccount, presentNewKey } from '#api/account-routes';
import { presentAssignment } from '#api/assignment-routes';
import { presentChannel, presentListedChannel, presentNewChannel } from '#api/channel-routes';
import { presentCounter } from '#api/chat-routes';
import { presentContact } from '#api/contact-routes';
import { presentDeal } from '#api/deal-routes';
import { type Listed, presentDelivery } from '#api/delivery-routes';
import { presentPipeline } from '#api/pipeline-routes';
import { presentChat } from '#api/present-chat';
import { presentChannelEvent, presentChatEvent, presentCreateContact, presentCreateDeal } from '#api/present-event';
import { presentMessage } from '#api/present-message';
import { presentAllSettings, presentOptions, presentSettings } from '#api/settings-routes';
import { type Member, presentMember } from '#api/team-routes';
import { presentListedUser, presentUser } from '#api/user-routes';
import type { Connection } from '#domain/connection';
import { WEBHOOK } from '#domain/delivery-kind';
import type { Contact, Deal } from '#domain/directory';
import type { ChatEvent } from '#domain/event';
import {
  type ClientMessage,
  type Echo,
  factKey,
  type NoReplyNeeded,
  type Reply,
  type Seen,
  type Sends,
} from '#domain/fact';
import { type Content, chatKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import type { AccountOptions, ChannelSettings } from '#domain/settings';
import type { Team } from '#domain/team';
import type { NoFields } from '#no-fields';
import type { VersionedOptions } from '#store/accounts/account-options';
import type { Channel } from '#store/accounts/channel-item';
import type { VersionedSettings } from '#store/accounts/channel-settings';
import type { ChatRow } from '#store/chats/chats';
import type { Outcome } from '#store/chats/outcome-item';
import type { Assignment } from '#store/clients/assignments';

const PRIVATE = 'nobody may read this';
const AT = Date.UTC(2026, 9, 5, 9, 0, 0);

/** The value with one more field in each of its objects, as if its type had grown. */
function grown<T>(value: T): T {
  if (Array.isArray(value)) return value.map(grown) as T;
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, grown(inner)]);
  return { ...Object.fromEntries(fields), grown: PRIVATE };
}

/** Presents what is given: `now` as it is, `grown` with one more field in each object. */
function kind<T extends readonly unknown[]>(name: string, present: (...given: T) => unknown, ...given: T) {
  return { name, now: () => present(...given), grown: () => present(...(given.map(grown) as unknown as T)) };
}

const SECRET = Buffer.alloc(32, 'secret');
const CHAT = { channelId: 'c1', chatType: 'telegram', chatId: '5' };
const KEY = chatKey(CHAT);
const MESSAGE = factKey(AT, '7');
const seen: Seen = { from: MESSAGE, low: MESSAGE, upTo: MESSAGE, at: AT, ids: ['7'] };
const author = { id: '5', name: 'Anna', username: 'anna' };

/** Every part that a content may have. Adapters fill only some of them at a time. */
const content: Required<Content> = {
  type: 'image',
  kind: 'animation',
  text: 'Hello',
  media: {
    fileId: 'f',
    file: 'F'.repeat(27),
    name: 'a.png',
    mimeType: 'image/png',
    size: 5,
    durationSeconds: 3,
    emoji: '🙂',
  },
  furtherMedia: [
    {
      fileId: 'g',
      file: 'G'.repeat(27),
      name: 'b.png',
      mimeType: 'image/png',
      size: 6,
      durationSeconds: 4,
      emoji: '🙃',
    },
  ],
  location: { latitude: 1, longitude: 2, title: 'Here', address: 'Main street' },
  vcards: [{ name: 'Bob', phone: '79001112233', isSender: true, text: 'BEGIN:VCARD' }],
  poll: { question: 'Which?', options: ['this', 'that'] },
  forwarded: { from: 'Carol', at: AT },
  quoted: { providerId: '6', time: AT, type: 'text', kind: 'button', text: 'Before', authorName: 'Dan' },
  albumId: 'album',
  referral: 'advert',
  pressed: 'yes-1',
  raw: '{"of":"the messenger"}',
};
const client: ClientMessage = { kind: 'client', key: MESSAGE, storedAt: AT, opens: true, author, content, via: 'v' };
const echo: Echo = { kind: 'echo', key: MESSAGE, storedAt: AT, author, content, by: 'automatic', client: author };
const sends: Sends = {
  buttons: { place: 'inline', rows: [[{ text: 'Yes', payload: 'y', url: 'https://shop.example' }]] },
  template: { templateId: '5001', name: 'order', language: 'en', values: ['17'], payloads: ['p'] },
};
const reply: Reply = {
  kind: 'reply',
  key: MESSAGE,
  storedAt: AT,
  author,
  content,
  attempt: 1,
  covers: seen,
  sends,
  crmMessageId: 'crm-1',
  fromPage: true,
};
const noReply: NoReplyNeeded = {
  kind: 'no-reply-needed',
  key: MESSAGE,
  storedAt: AT,
  author,
  reason: 'thanks',
  covers: seen,
};
const outcome: Outcome = {
  status: 'error',
  attempt: 1,
  providerId: '7',
  error: { code: 'BLOCKED', description: 'Blocked' },
  edit: { at: AT, content: { ...content, text: 'Goodbye' } },
  reaction: { at: AT, emojis: ['👍'] },
  deletedAt: AT,
};
const row: ChatRow = {
  ...CHAT,
  key: KEY,
  account: 'a1',
  version: 1,
  viewers: ['17'],
  contact: { id: 'k1', name: 'Anna' },
  places: { rest: '1' },
  scope: 's',
  reported: true,
  rotates: false,
  chat: {
    openKey: MESSAGE,
    unansweredSince: AT,
    unansweredCount: 1,
    lastMessageAt: AT,
    lastKey: MESSAGE,
    preview: 'Hello',
    lastBy: 'team',
    wordKey: MESSAGE,
    noReplyNeeded: { key: MESSAGE, userId: '17', at: AT, reason: 'thanks' },
    client: { key: MESSAGE, via: 'v' },
    profile: { key: MESSAGE, name: 'Anna', username: 'anna' },
    seen,
  },
};
const settings: ChannelSettings = {
  newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
  userRoles: [{ userId: '17', role: 'seller', allowGetNewClients: true }],
  rolesSaved: true,
  schedule: 'day',
};
const hours = { from: 0, zone: 'UTC', week: {}, exceptions: {} };
const team: Team = { schedules: { day: [hours] }, users: {} };
const options: AccountOptions = {
  notifyHeadsAboutAllMessages: true,
  saveMessagesToTimeline: false,
  frameAncestors: ['https://crm.example'],
  retentionDays: 365,
  zone: 'UTC',
};
const channel: Channel = {
  channelId: 'c1',
  account: 'a1',
  transport: 'telegram',
  name: 'Our bot',
  plainId: 'our_bot',
  identity: '7000000001',
  setWebhook: false,
  state: 'active',
  credentialsVersion: 1,
};
const newChannel = { ...channel, credentials: { botToken: 'token' }, webhookSecret: 'secret' };
const connections: Connection[] = [{ connectionId: 'b1', ownerId: '9', madeAt: AT, sequence: 1, state: 'active' }];
const incoming = { webhookUrl: 'https://konvert.example/webhooks/telegram/c1' };
const user = { id: '17', name: 'Anna', phone: '79001112233' };
const contact: Contact = {
  id: 'k1',
  name: 'Anna',
  responsibleUserId: '17',
  contactData: [{ chatType: 'telegram', chatId: '5', username: 'anna', phone: '79001112233' }],
  uri: 'https://crm.example/k1',
};
const deal: Deal = { id: 'd1', name: 'A sale', responsibleUserId: '17', contacts: ['k1'], closed: false, uri: 'u' };
const assignment: Assignment = {
  assignmentId: 'x1',
  at: AT,
  ...CHAT,
  contactId: 'k1',
  userId: '17',
  rule: 'round-robin',
  place: 1,
  passedOver: [{ userId: '18', reason: 'SWITCHED_OFF' }],
};
const delivery: Listed = {
  lane: `reply#${KEY}`,
  event: MESSAGE,
  state: 'pending',
  kind: 'reply',
  target: KEY,
  createdAt: AT,
  calls: 2,
  lastError: { code: 'BLOCKED', description: 'Blocked' },
};

const message = (fact: ClientMessage | Echo | Reply | NoReplyNeeded, became?: Outcome) =>
  presentMessage(KEY, fact, new Map(became && [['7', became]]), 'https://konvert.example');

const person = { name: 'Anna', username: 'anna', phone: '79001112233' };
const chatEvent = (what: ChatEvent['what']) => (fact: ClientMessage | Echo | Reply, became: Outcome) =>
  presentChatEvent(
    { what, chat: KEY, fact: MESSAGE, status: 'error', attempt: 1, at: AT } as ChatEvent,
    {
      fact,
      outcomes: new Map([['7', became]]),
      person: grown(person),
    },
    'https://konvert.example',
  );

test.each([
  kind('a message of a client', message, client),
  kind('what became of a message', message, client, outcome),
  kind('an echo', message, echo),
  kind('a reply', message, reply, outcome),
  kind('no reply needed', message, noReply),
  ...[client, echo, reply].map((fact) =>
    kind(`an event of a message, ${fact.kind}`, chatEvent('message'), fact, outcome),
  ),
  kind('an event of a deletion', chatEvent('deletion'), client, outcome),
  kind('an event of an edit', chatEvent('edit'), client, outcome),
  kind('an event of a status', chatEvent('status'), reply, outcome),
  kind('an event of a channel', presentChannelEvent, { what: 'channel', channelId: 'c1', state: 'active', at: AT }),
  kind('a contact to create', presentCreateContact, {
    responsibleUserId: '17',
    name: 'Anna',
    contactData: contact.contactData,
    source: 'auto',
  }),
  kind('a deal to create', presentCreateDeal, {
    responsibleUserId: '17',
    contacts: ['k1'],
    pipelineId: '1',
    stageId: '10',
    source: 'auto',
  }),
  kind(
    'a chat',
    (shown: ChatRow, by: ChannelSettings) => presentChat(shown, { account: 'a1' }, by, SECRET, new Set()),
    row,
    settings,
  ),
  kind('a counter', presentCounter, { count: 1, isOwn: true, lastMessageAt: AT }),
  kind('a new account', presentNewAccount, { accountId: 'a1', keyId: 'k1', apiKey: 'key' }),
  kind('a new key', presentNewKey, { keyId: 'k1', apiKey: 'key' }),
  kind('a new channel', presentNewChannel, newChannel, incoming),
  kind('a changed channel', presentChannel, channel, connections, incoming),
  kind('a listed channel', presentListedChannel, channel, connections),
  kind('a user', presentUser, user),
  kind('a user of a team', presentMember, {
    userId: '17',
    name: 'Anna',
    status: { status: 'away', until: AT, by: 'user', reason: 'Lunch' },
    schedule: 'day',
    duty: 'receives',
    channels: ['c1'],
    returnable: 2,
  } satisfies Member),
  kind('a listed user', presentListedUser, user),
  kind('a contact', presentContact, contact),
  kind('a deal', presentDeal, deal),
  kind('a pipeline', presentPipeline, { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }),
  kind('settings of a channel', presentSettings, { settings, version: 7 }, team),
  kind('options', (all: VersionedOptions) => presentOptions(all, team), { options, version: 2 }),
  kind(
    'all settings',
    (of: VersionedSettings, all: VersionedOptions) => presentAllSettings(new Map([['c1', of]]), all, team),
    { settings, version: 7 },
    { options, version: 2 },
  ),
  kind('an assignment', presentAssignment, assignment, 'Anna'),
  kind('a delivery', presentDelivery, { ...delivery, nextAt: AT }),
  kind('an event that failed', presentDelivery, {
    ...delivery,
    lane: 'event#account',
    event: `1791190800000#message#${MESSAGE}`,
    state: 'failed',
    kind: 'message',
    target: WEBHOOK,
  }),
])('$name shows nothing of a field that it does not name', ({ now, grown }) => {
  const shown = JSON.stringify(grown());

  expect(shown).not.toContain(PRIVATE);
  expect(shown).toBe(JSON.stringify(now()));
});

test('every field of a message is shown, except those for the messenger only', () => {
  const { fileId: _, file: _file, ...media } = content.media;
  const furtherMedia = content.furtherMedia.map(({ fileId: _, file, ...one }) => ({
    ...one,
    contentUri: `https://konvert.example/files/${file}/b.png`,
  }));
  expect(message(client)).toEqual({
    ...CHAT,
    messageId: messageIdOf(KEY, MESSAGE),
    dateTime: '2026-10-05T09:00:00.000Z',
    isEcho: false,
    status: 'inbound',
    contact: { name: 'Anna', username: 'anna' },
    type: 'image',
    kind: 'animation',
    text: 'Hello',
    contentUri: `https://konvert.example/files/${'F'.repeat(27)}/a.png`,
    media,
    furtherMedia,
    location: content.location,
    vcards: content.vcards,
    poll: content.poll,
    forwarded: { from: 'Carol', dateTime: '2026-10-05T09:00:00.000Z' },
    pressed: { text: 'Hello', payload: 'yes-1' },
    quotedMessage: {
      messageId: messageIdOf(KEY, factKey(AT, '6')),
      type: 'text',
      kind: 'button',
      text: 'Before',
      authorName: 'Dan',
    },
    albumId: 'album',
    referral: 'advert',
  });
});

test('a reply shows its buttons and the name of its template, and no id of the messenger', () => {
  const shown = {
    buttons: [[{ text: 'Yes', payload: 'y', url: 'https://shop.example' }]],
    template: { name: 'order', language: 'en' },
  };

  expect(message(reply)).toMatchObject(shown);
  expect(JSON.stringify(message(reply))).not.toContain('5001');
  expect(chatEvent('message')(reply, {}).messages).toMatchObject([shown]);
  expect(message({ ...reply, sends: { buttons: { place: 'reply', rows: [], removes: true } } })).not.toHaveProperty(
    'buttons',
  );
});

test('a message that failed leads to its delivery; the CRM is told neither that nor its own id', () => {
  const delivered = { deliveryId: presentDelivery({ ...delivery, event: reply.key }).deliveryId };

  expect(message(reply, outcome)).toMatchObject({ status: 'error', crmMessageId: 'crm-1', ...delivered });
  expect(message(reply, { ...outcome, status: 'sent' })).not.toHaveProperty('deliveryId');
  const [told] = chatEvent('message')(reply, outcome).messages ?? [];
  expect(told).not.toHaveProperty('deliveryId');
  expect(told).not.toHaveProperty('crmMessageId');
});

test('code that forgets a field does not compile', () => {
  const { shown, ...rest }: { readonly shown: string; readonly forgotten?: string } = { shown: 'this' };

  // @ts-expect-error: `forgotten` is neither shown nor set aside.
  rest satisfies NoFields;
  expect(shown).toBe('this');
});
