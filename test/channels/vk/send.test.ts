import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MESSAGE_ERRORS } from '#api/event-bodies';
import type { OutgoingContent } from '#channels/outbound';
import { ERRORS } from '#channels/vk/errors';
import { createVk } from '#channels/vk/index';
import type { Buttons } from '#domain/message';
import { startVk, type VkDouble } from '#test/doubles/vk';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';

const { outbound } = createVk();
const DAY_MS = 24 * 3_600_000;

let api: VkDouble;
let credentials: Record<string, string>;

beforeEach(async () => {
  api = await startVk();
  credentials = credentialsOf(api);
});

afterEach(() => api.stop());

const signal = () => AbortSignal.timeout(PATIENCE_MS);
const text = (said: string): OutgoingContent => ({ type: 'text', text: said });
const file = (kind: 'image' | 'audio' | 'voice' | 'document', mimeType: string, name: string): OutgoingContent => ({
  type: 'file',
  file: fileOf({ kind, mimeType, name }),
});
const send = (content: OutgoingContent, more = {}) =>
  outbound.send(credentials, toPerson('30020010', content, more), signal());
const edit = (providerId: string, content: OutgoingContent) =>
  outbound.edit!(credentials, toPerson('30020010', content), providerId, signal());
const remove = (providerId: string) =>
  outbound.remove!(credentials, toPerson('30020010', text('')), providerId, signal());
const error = (code: number) => ({ status: 200, body: { error: { error_code: code, error_msg: 'Some words' } } });
const idOf = async (content: OutgoingContent, more = {}) => {
  const sent = await send(content, more);
  return sent.kind === 'sent' ? sent.providerId : expect.unreachable(sent.kind);
};

describe('send', () => {
  test('answers with the number of the message in its chat, as events name it', async () => {
    const person = api.person();
    const first = api.writes(person, 'Hello');

    expect(await send(text('Hi'))).toEqual({ kind: 'sent', providerId: String(first + 1) });
    expect(api.messages.at(-1)).toMatchObject({ cmid: first + 1, text: 'Hi' });
  });

  test('quotes within the chat, and sends without the quote if that is gone, or is no message', async () => {
    const asked = api.writes(api.person(), 'When?');

    await send(text('Today'), { key: 'k1', quotes: String(asked) });
    await send(text('Now'), { key: 'k2', quotes: '999' });
    await send(text('Yes'), { key: 'k3', quotes: 'cb30020010.e77' });

    expect(api.messages.slice(1)).toMatchObject([
      { text: 'Today', forward: { peer_id: 30020010, conversation_message_ids: [asked], is_reply: 1 } },
      { text: 'Now' },
      { text: 'Yes' },
    ]);
    expect(api.messages.map(({ forward }) => forward !== undefined)).toEqual([false, true, false, false]);
  });

  test.each<{ name: string; buttons: Buttons; keyboard: unknown }>([
    {
      name: 'below a message, which tell that they were pressed',
      buttons: {
        place: 'inline',
        rows: [[{ text: 'Yes', payload: 'y' }, { text: 'No' }], [{ text: 'Shop', url: 'https://shop.example' }]],
      },
      keyboard: {
        inline: true,
        buttons: [
          [
            { action: { type: 'callback', label: 'Yes', payload: '{"t":"Yes","p":"y"}' } },
            { action: { type: 'callback', label: 'No', payload: '{"t":"No"}' } },
          ],
          [{ action: { type: 'open_link', label: 'Shop', link: 'https://shop.example' } }],
        ],
      },
    },
    {
      name: 'in the place of the keyboard, which write into the chat',
      buttons: { place: 'reply', rows: [[{ text: 'Yes' }]], oneTime: true },
      keyboard: {
        one_time: true,
        buttons: [[{ action: { type: 'text', label: 'Yes', payload: '{"t":"Yes"}' } }]],
      },
    },
    {
      name: 'that go away',
      buttons: { place: 'reply', rows: [], removes: true },
      keyboard: { one_time: true, buttons: [] },
    },
  ])('buttons $name', async ({ buttons, keyboard }) => {
    api.person();
    await send({ type: 'text', text: 'Choose', buttons });

    expect(api.messages.at(-1)?.keyboard).toEqual(keyboard);
  });

  const button = (length: number) => ({ text: 'ok', payload: 'x'.repeat(length - '{"t":"ok","p":""}'.length) });
  const rows = (count: number, inRow = 1) => Array.from({ length: count }, () => Array(inRow).fill({ text: 'ok' }));
  test.each<{ name: string; taken: Buttons; refused: Buttons }>([
    {
      name: 'ten below a message',
      taken: { place: 'inline', rows: rows(5, 2) },
      refused: { place: 'inline', rows: [...rows(5, 2), ...rows(1)] },
    },
    {
      name: 'forty in the place of the keyboard',
      taken: { place: 'reply', rows: rows(10, 4) },
      refused: { place: 'reply', rows: [...rows(9, 4), ...rows(1, 5)] },
    },
    {
      name: 'five in a row',
      taken: { place: 'reply', rows: rows(1, 5) },
      refused: { place: 'reply', rows: rows(1, 6) },
    },
    {
      name: '1000 characters of payloads together',
      taken: { place: 'reply', rows: [[250, 250, 250, 250].map(button)] },
      refused: { place: 'reply', rows: [[250, 250, 250, 251].map(button)] },
    },
  ])('$name, and no more', async ({ taken, refused }) => {
    api.person();

    expect(outbound.refuses({ type: 'text', text: 'Choose', buttons: taken })).toBeUndefined();
    expect(outbound.refuses({ type: 'text', text: 'Choose', buttons: refused })).toBe('INVALID_MESSAGE_DATA');
    // VK draws the line where we do.
    expect((await send({ type: 'text', text: 'Choose', buttons: taken })).kind).toBe('sent');
    expect((await send({ type: 'text', text: 'Choose', buttons: refused }, { key: 'k2' })).kind).toBe('refused');
  });

  test.each([
    ['a picture', file('image', 'image/png', 'a.png'), /^photo-210001_\d+_\w+$/],
    ['a picture of another kind', file('image', 'image/webp', 'a.webp'), /^doc-/],
    ['a picture that VK cannot read', file('image', 'image/gif', 'a.gif'), /^photo-/],
    ['a document', file('document', 'application/pdf', 'a.pdf'), /^doc-210001_\d+$/],
    ['a voice message', file('voice', 'audio/ogg', 'v.ogg'), /^doc-/],
    ['music', file('audio', 'audio/mpeg', 'a.mp3'), /^doc-/],
  ])('%s is uploaded, saved and attached', async (_, content, attachment) => {
    api.person();

    expect((await send(content)).kind).toBe('sent');
    expect(api.messages.at(-1)?.attachments).toEqual([expect.stringMatching(attachment)]);
  });

  test('a picture that VK does not take as one goes as a document', async () => {
    api.person();
    api.answerNext('upload', { status: 200, body: { error: 'ERR_UPLOAD_BAD_IMAGE_SIZE', error_descr: 'bad size' } });

    expect((await send(file('image', 'image/png', 'a.png'))).kind).toBe('sent');
    expect(api.messages.at(-1)?.attachments[0]).toMatch(/^doc-/);
  });

  test('a picture without a photo in the answer of the file server goes as a document', async () => {
    api.person();
    api.answerNext('upload', { status: 200, body: { server: 7, photo: '[]', hash: 'h' } });

    expect((await send(file('image', 'image/png', 'a.png'))).kind).toBe('sent');
    expect(api.messages.at(-1)?.attachments[0]).toMatch(/^doc-/);
  });

  test('a file that VK takes in no way is refused in its words, and a program before it is stored', async () => {
    api.person();
    api.answerNext('upload', { status: 200, body: { error: 'wrong_file_type', error_descr: 'wrong file type' } });

    expect(await send(file('document', 'application/pdf', 'a.pdf'))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'WRONG_CONTENT', description: 'wrong file type' },
    });
    expect(outbound.refuses(file('document', 'application/x-msdownload', 'setup.EXE'))).toBe(
      'MESSAGE_WRONG_CONTENT_TYPE',
    );
  });

  test('a file server that is out of order: the whole message is tried again', async () => {
    api.person();
    for (const answer of [
      { status: 502, body: '<html>' },
      { status: 200, body: '<html>' },
    ]) {
      api.answerNext('upload', answer);
      expect((await send(file('document', 'application/pdf', 'a.pdf'))).kind).toBe('unreachable');
    }
  });

  test('a file goes nowhere unencrypted', async () => {
    api.person();
    const elsewhere = await startVk();
    for (const upload_url of [`${elsewhere.baseUrl}/upload/doc`, 'file:///etc/passwd', 'nowhere']) {
      api.answerNext('docs.getMessagesUploadServer', { status: 200, body: { response: { upload_url } } });
      expect((await send(file('document', 'application/pdf', 'a.pdf'))).kind).toBe('unreachable');
    }
    expect([...elsewhere.calls, ...api.messages]).toEqual([]);
    await elsewhere.stop();
  });

  test('the 21st call of a second is throttled for a second', async () => {
    api.person();
    const sent = [];
    for (let at = 0; at <= 20; at += 1) sent.push(await send(text('Hi'), { key: `k${at}` }));

    expect(sent.slice(0, 20).every(({ kind }) => kind === 'sent')).toBe(true);
    expect(sent[20]).toEqual({ kind: 'throttled', retryAfterSeconds: 1, scope: 'channel' });
    api.clock.pass(1_000);
    expect((await send(text('Hi'), { key: 'k20' })).kind).toBe('sent');
  });
});

describe('what VK says no with', () => {
  const rows = ERRORS.flatMap(({ codes, ...meaning }) => codes.map((code) => ({ code, ...meaning })));

  test.each(rows)('code $code: $kind, $reason', async ({ code, kind, reason, scope, waitSeconds }) => {
    api.answerNext('messages.send', error(code));
    const sent = await send(text('Hi'));

    expect(sent.kind).toBe(kind);
    if (sent.kind === 'refused' || sent.kind === 'unauthorized') {
      expect(sent.refusal).toEqual({ reason, code: String(code), description: 'Some words' });
      // The others are of edits and deletions, whose codes are in 16.1.
      if (![909, 920, 924, 949].includes(code)) expect(MESSAGE_ERRORS).toContain(reason);
    }
    if (sent.kind === 'throttled') {
      expect(sent).toEqual({
        kind,
        retryAfterSeconds: waitSeconds,
        scope: scope === 'person' ? 'chat' : 'channel',
      });
    }
  });

  test('no code has two meanings', () => {
    const codes = rows.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('a code of tomorrow refuses the message, and says so', async () => {
    api.answerNext('messages.send', error(77_777));

    expect(await send(text('Hi'))).toMatchObject({ kind: 'refused', refusal: { reason: 'UNKNOWN_ERROR' } });
  });

  test('a proxy that repeats the token does not get it into the outcome', async () => {
    const words = `no for ${api.token}`;
    api.answerNext('messages.send', { status: 200, body: { error: { error_code: 77_777, error_msg: words } } });

    expect(await send(text('Hi'))).toMatchObject({ refusal: { description: 'no for <token>' } });
  });
});

describe('a message that was sent', () => {
  test('becomes another text, and keeps its quote, for a day', async () => {
    const asked = api.writes(api.person(), 'When?');
    const providerId = await idOf(text('Toady'), { quotes: String(asked) });

    expect(await edit(providerId, text('Today'))).toEqual({ kind: 'done' });
    expect(api.messages.at(-1)?.text).toBe('Today');
    expect(api.calls.at(-1)?.body).toMatchObject({ keep_forward_messages: '1', cmid: providerId });
    api.clock.pass(DAY_MS + 1);
    expect(await edit(providerId, text('Later'))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
    });
  });

  test('becomes another file', async () => {
    api.person();
    const providerId = await idOf(file('document', 'application/pdf', 'a.pdf'));

    expect(await edit(providerId, file('image', 'image/png', 'b.png'))).toEqual({ kind: 'done' });
    expect(api.messages.at(-1)?.attachments[0]).toMatch(/^photo-/);
  });

  test('is deleted for everybody, for a day, and twice is once', async () => {
    api.person();
    const providerId = await idOf(text('Oops'));
    const other = await idOf(text('Hi'), { key: 'k2' });

    expect(await remove(providerId)).toEqual({ kind: 'done' });
    expect(api.messages.map(({ deleted }) => deleted)).toEqual([true, undefined]);
    expect(await remove(providerId)).toEqual({ kind: 'done' });
    api.clock.pass(DAY_MS + 1);
    expect(await remove(other)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'MESSAGES_DELETION_TIME_EXPIRED' },
    });
  });

  test('a press is no message that could be changed', async () => {
    expect(await edit('cb30020010.e77', text('x'))).toMatchObject({ refusal: { reason: 'MESSAGES_NOT_FOUND' } });
    expect(await remove('cb30020010.e77')).toMatchObject({ refusal: { reason: 'MESSAGES_NOT_FOUND' } });
    expect(api.calls).toEqual([]);
  });
});

describe('a pressed button', () => {
  const acknowledge = (providerId: string) => outbound.acknowledge!(credentials, providerId, signal());

  test('is acknowledged once, by what its id tells', async () => {
    const eventId = api.presses(api.person(), { t: 'Yes' }, 1);

    expect(await acknowledge(`cb30020010.${eventId}`)).toEqual({ kind: 'done' });
    expect(await acknowledge(`cb30020010.${eventId}`)).toEqual({ kind: 'refused' });
  });

  test('that wrote into the chat waits for nothing', async () => {
    expect(await acknowledge('44')).toEqual({ kind: 'done' });
    expect(api.calls).toEqual([]);
  });

  test('that has to wait for others says so', async () => {
    api.answerNext('messages.sendMessageEventAnswer', error(6));

    expect(await acknowledge('cb30020010.e77')).toMatchObject({ kind: 'throttled', retryAfterSeconds: 1 });
  });
});

test.each([
  ['30020010', true],
  ['1', true],
  ['200000000005', true],
  ['2000000001', false],
  ['-210001', false],
  ['0', false],
  ['anna', false],
  ['30020010 ', false],
])('a chat with %s may be there: %s', (chatId, isThere) => {
  expect(outbound.reaches?.(chatId)).toBe(isThere);
});
