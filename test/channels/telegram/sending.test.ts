import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import type { Outgoing, OutgoingContent, OutgoingFile } from '#channels/outbound';
import { ERRORS, refusalOf } from '#channels/telegram/errors';
import { createTelegram } from '#channels/telegram/index';
import type { Button, Buttons } from '#domain/message';
import { textTo } from '#test/channels/messages';
import { PATIENCE_MS } from '#test/patience';
import { type BotApiDouble, startBotApi } from './bot-api-double.ts';

const MB = 1024 * 1024;
const TOKEN = '7000000001:AAE_made_up_token_for_tests_only';

// As in AWS: bodies that are streams go another way there.
const telegram = createTelegram({ fetch: createPublicFetch({ refuses: () => false }) });
const { outbound } = telegram;

let api: BotApiDouble;
let credentials: { botToken: string; apiBaseUrl: string };
let now = 1_800_000_000;

beforeEach(async () => {
  now = 1_800_000_000;
  api = await startBotApi(undefined, { nowMs: () => now * 1000 });
  credentials = { botToken: TOKEN, apiBaseUrl: api.baseUrl };
});
afterEach(() => api.stop());

const signal = () => AbortSignal.timeout(PATIENCE_MS);
const send = (message: Outgoing) => outbound.send(credentials, message, signal());
const lastCall = () => api.calls.at(-1)!;

function message(content: OutgoingContent, rest: Partial<Outgoing> = {}): Outgoing {
  return { ...textTo('51000444', ''), content, ...rest };
}

function fileOf(bytes: Buffer, about: Partial<OutgoingFile> = {}): OutgoingFile {
  return {
    kind: 'document',
    mimeType: 'application/pdf',
    name: 'offer.pdf',
    size: bytes.byteLength,
    open: async () => chunksOf(bytes),
    ...about,
  };
}

async function* chunksOf(bytes: Buffer) {
  for (let at = 0; at < bytes.byteLength; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe('files', () => {
  const bytes = Buffer.from('%PDF-1.7 \u0000\r\n--konvert any bytes');

  test.each([
    { kind: 'image', mimeType: 'image/jpeg', method: 'sendPhoto', field: 'photo' },
    { kind: 'image', mimeType: 'image/svg+xml', method: 'sendDocument', field: 'document' },
    { kind: 'video', mimeType: 'video/mp4', method: 'sendVideo', field: 'video' },
    { kind: 'video', mimeType: 'video/x-msvideo', method: 'sendDocument', field: 'document' },
    { kind: 'audio', mimeType: 'audio/ogg', method: 'sendVoice', field: 'voice' },
    { kind: 'audio', mimeType: 'audio/mpeg', method: 'sendVoice', field: 'voice' },
    { kind: 'voice', mimeType: 'audio/ogg', method: 'sendVoice', field: 'voice' },
    { kind: 'audio', mimeType: 'audio/mp4', method: 'sendAudio', field: 'audio' },
    { kind: 'audio', mimeType: 'audio/flac', method: 'sendDocument', field: 'document' },
    { kind: 'document', mimeType: 'application/pdf', method: 'sendDocument', field: 'document' },
  ] as const)('a file of kind $kind and type $mimeType is uploaded by $method, byte for byte', async (given) => {
    const { kind, mimeType, method, field } = given;

    const sent = await send(message({ type: 'file', file: fileOf(bytes, { kind, mimeType, name: 'a "b"\r\n.x' }) }));

    expect(sent).toEqual({ kind: 'sent', providerId: '1001' });
    expect(lastCall()).toMatchObject({ method, body: { chat_id: 51000444 }, file: { field, bytes } });
    expect(lastCall().file?.type).toBe(mimeType);
    expect(lastCall().file?.name).toBe('a "b"\r\n.x');
  });

  test('a photo over 10 MB is a document, a song over 1 MB no voice', async () => {
    await send(
      message({ type: 'file', file: fileOf(Buffer.alloc(10 * MB), { kind: 'image', mimeType: 'image/png' }) }),
    );
    await send(
      message({ type: 'file', file: fileOf(Buffer.alloc(10 * MB + 1), { kind: 'image', mimeType: 'image/png' }) }),
    );
    await send(message({ type: 'file', file: fileOf(Buffer.alloc(MB), { kind: 'audio', mimeType: 'audio/mpeg' }) }));
    await send(
      message({ type: 'file', file: fileOf(Buffer.alloc(MB + 1), { kind: 'audio', mimeType: 'audio/mpeg' }) }),
    );

    expect(api.calls.map(({ method }) => method)).toEqual(['sendPhoto', 'sendDocument', 'sendVoice', 'sendAudio']);
  });

  test('quote, topic and connection go with a file, and the topic is left out if it is gone', async () => {
    api.answerNext('sendDocument', no(400, 'Bad Request: message thread not found'));

    const sent = await send(message({ type: 'file', file: fileOf(bytes) }, { quotes: 'bc.7', via: 'bc', topic: '5' }));

    expect(sent).toEqual({ kind: 'sent', providerId: 'bc.1001' });
    const [first, second] = api.calls;
    const everywhere = {
      business_connection_id: 'bc',
      reply_parameters: { message_id: 7, allow_sending_without_reply: true },
    };
    expect(first).toMatchObject({ body: { ...everywhere, message_thread_id: '5' }, file: { bytes } });
    expect(second).toMatchObject({ body: everywhere, file: { bytes } });
    expect(second?.body).not.toHaveProperty('message_thread_id');
  });

  test.each([
    { name: 'longer', said: -1 },
    { name: 'shorter', said: 1 },
  ])('a file that is $name than it was said to be is not sent', async ({ said }) => {
    const sent = await send(message({ type: 'file', file: fileOf(bytes, { size: bytes.byteLength + said }) }));

    expect(sent.kind).toBe('unreachable');
  });

  test('a file that cannot be read is not sent, and its error tells nothing', async () => {
    const open = async () => {
      throw new Error(`cannot read ${TOKEN}`);
    };

    const sent = await send(message({ type: 'file', file: fileOf(bytes, { open }) }));

    expect(sent.kind).toBe('unreachable');
    expect(JSON.stringify(sent)).not.toContain('made_up_token');
  });

  describe('by link', () => {
    let host: ReturnType<typeof createServer>;
    let link: string;
    let served = { status: 200, type: 'image/jpeg', bytes: 4 };

    beforeEach(async () => {
      served = { status: 200, type: 'image/jpeg', bytes: 4 };
      host = createServer((_, response) => {
        response.writeHead(served.status, { 'content-type': served.type });
        response.end(Buffer.alloc(served.bytes));
      });
      await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
      link = `http://127.0.0.1:${(host.address() as AddressInfo).port}/photo.jpg`;
    });
    afterEach(() => host.close());

    const photo = () => message({ type: 'file', file: fileOf(bytes, { kind: 'image', mimeType: 'image/jpeg', link }) });

    test('a file with an address is sent by it', async () => {
      await send(photo());

      expect(api.calls).toHaveLength(1);
      expect(lastCall()).toMatchObject({ method: 'sendPhoto', body: { photo: link } });
    });

    test.each([
      { name: 'is dead', answer: { status: 404 } },
      { name: 'redirects', answer: { status: 302 } },
      { name: 'gives another type', answer: { type: 'text/html' } },
    ])('a link that $name is replaced by the file itself', async ({ answer }) => {
      served = { ...served, ...answer };

      const sent = await send(photo());

      expect(sent.kind).toBe('sent');
      expect(api.calls.map(({ file }) => file?.bytes.equals(bytes))).toEqual([undefined, true]);
    });

    test.each([
      { name: 'a photo of 5 MB', kind: 'image', mimeType: 'image/jpeg', size: 5 * MB, byLink: true },
      { name: 'a photo of more', kind: 'image', mimeType: 'image/jpeg', size: 5 * MB + 1, byLink: false },
      { name: 'a video of 20 MB', kind: 'video', mimeType: 'video/mp4', size: 20 * MB, byLink: true },
      { name: 'a video of more', kind: 'video', mimeType: 'video/mp4', size: 20 * MB + 1, byLink: false },
      { name: 'a PDF', kind: 'document', mimeType: 'application/pdf', size: 4, byLink: true },
      { name: 'another document', kind: 'document', mimeType: 'text/csv', size: 4, byLink: false },
    ] as const)('$name goes by link: $byLink', async ({ kind, mimeType, size, byLink }) => {
      served = { ...served, type: mimeType };
      const file = fileOf(Buffer.alloc(0), {
        kind,
        mimeType,
        size,
        link,
        open: async () => chunksOf(Buffer.alloc(size)),
      });

      const sent = await send(message({ type: 'file', file }));

      expect(sent.kind).toBe('sent');
      expect(lastCall().file === undefined).toBe(byLink);
    });
  });

  test.each(['PHOTO_INVALID_DIMENSIONS', 'IMAGE_PROCESS_FAILED'])(
    'a photo that Telegram cannot show (%s) is sent as a document',
    async (words) => {
      api.answerNext('sendPhoto', no(400, `Bad Request: ${words}`));

      await send(message({ type: 'file', file: fileOf(bytes, { kind: 'image', mimeType: 'image/jpeg' }) }));

      expect(api.calls.map(({ method }) => method)).toEqual(['sendPhoto', 'sendDocument']);
    },
  );

  test('a person who takes no voice messages gets a file', async () => {
    api.answerNext('sendVoice', no(400, 'Bad Request: VOICE_MESSAGES_FORBIDDEN'));

    const sent = await send(message({ type: 'file', file: fileOf(bytes, { kind: 'voice', mimeType: 'audio/ogg' }) }));

    expect(sent.kind).toBe('sent');
    expect(lastCall().method).toBe('sendDocument');
  });

  test('another refusal is final', async () => {
    api.answerNext('sendPhoto', no(403, 'Forbidden: bot was blocked by the user'));

    const sent = await send(message({ type: 'file', file: fileOf(bytes, { kind: 'image', mimeType: 'image/jpeg' }) }));

    expect(sent).toMatchObject({ kind: 'refused', refusal: { reason: 'BAD_CONTACT' } });
    expect(api.calls).toHaveLength(1);
  });
});

describe('buttons', () => {
  const inline = (...row: Button[]): Buttons => ({ place: 'inline', rows: [row] });
  const reply = (rest: Partial<Buttons> = {}): Buttons => ({ place: 'reply', rows: [[{ text: 'Yes' }]], ...rest });

  test.each<{ name: string; buttons: Buttons; markup: unknown }>([
    {
      name: 'inline, with data and with an address',
      buttons: inline({ text: 'Yes', payload: 'y' }, { text: 'Site', url: 'https://example.com' }),
      markup: {
        inline_keyboard: [
          [
            { text: 'Yes', callback_data: 'y' },
            { text: 'Site', url: 'https://example.com' },
          ],
        ],
      },
    },
    {
      name: 'inline, without data: its text',
      buttons: inline({ text: 'Yes' }),
      markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'Yes' }]] },
    },
    { name: 'a keyboard', buttons: reply(), markup: { keyboard: [[{ text: 'Yes' }]], resize_keyboard: true } },
    {
      name: 'a keyboard that goes away',
      buttons: reply({ oneTime: true }),
      markup: { keyboard: [[{ text: 'Yes' }]], resize_keyboard: true, one_time_keyboard: true },
    },
    {
      name: 'no keyboard any more',
      buttons: { place: 'reply', rows: [], removes: true },
      markup: { remove_keyboard: true },
    },
  ])('$name', async ({ buttons, markup }) => {
    const content = { type: 'text', text: '*Choose*', buttons } as const;

    expect(outbound.refuses(content)).toBeUndefined();
    expect((await send(message(content))).kind).toBe('sent');
    expect(lastCall().body).toMatchObject({
      text: 'Choose',
      entities: [{ type: 'bold', offset: 0, length: 6 }],
      reply_markup: markup,
    });
  });

  test.each<{ name: string; buttons: Buttons; refused: boolean }>([
    { name: '64 bytes of data', buttons: inline({ text: 'A', payload: 'я'.repeat(32) }), refused: false },
    { name: '65 bytes of data', buttons: inline({ text: 'A', payload: `${'я'.repeat(32)}.` }), refused: true },
    { name: 'no data', buttons: inline({ text: 'A', payload: '' }), refused: true },
    { name: 'a text of 64 characters', buttons: inline({ text: '👍'.repeat(64), payload: 'y' }), refused: false },
    { name: 'a text of 65 characters', buttons: inline({ text: 'a'.repeat(65), payload: 'y' }), refused: true },
    { name: 'a text of 33 letters as data', buttons: inline({ text: 'я'.repeat(33) }), refused: true },
    { name: 'a blank text', buttons: inline({ text: ' ', payload: 'y' }), refused: true },
    {
      name: 'an address and data',
      buttons: inline({ text: 'A', payload: 'y', url: 'https://a.example' }),
      refused: true,
    },
    { name: 'an address of a script', buttons: inline({ text: 'A', url: 'javascript:alert(1)' }), refused: true },
    {
      name: 'an address in a keyboard',
      buttons: reply({ rows: [[{ text: 'A', url: 'https://a.example' }]] }),
      refused: true,
    },
    { name: 'no buttons', buttons: inline(), refused: true },
    {
      name: '100 buttons',
      buttons: { place: 'inline', rows: Array(50).fill(Array(2).fill({ text: 'A' })) },
      refused: false,
    },
    { name: '101 buttons', buttons: { place: 'inline', rows: Array(101).fill([{ text: 'A' }]) }, refused: true },
    { name: 'buttons beside removing them', buttons: reply({ removes: true }), refused: true },
  ])('$name: refused $refused', ({ buttons, refused }) => {
    const code = outbound.refuses({ type: 'text', text: 'Choose', buttons });

    expect(code).toBe(refused ? 'INVALID_MESSAGE_DATA' : undefined);
  });
});

describe('refuses', () => {
  const file = (about: Partial<OutgoingFile>): OutgoingContent => ({
    type: 'file',
    file: fileOf(Buffer.alloc(0), about),
  });

  test.each<{ name: string; content: OutgoingContent; code: string | undefined }>([
    { name: 'a text of 4096', content: { type: 'text', text: 'a'.repeat(4096) }, code: undefined },
    { name: 'a text of 4097', content: { type: 'text', text: 'a'.repeat(4097) }, code: 'MESSAGES_TOO_LONG_TELEGRAM' },
    { name: 'a bold text of 4096', content: { type: 'text', text: `<b>${'a'.repeat(4096)}</b>` }, code: undefined },
    { name: 'a file of 50 MB', content: file({ size: 50 * MB }), code: undefined },
    { name: 'a larger file', content: file({ size: 50 * MB + 1 }), code: 'MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM' },
    { name: 'an empty file', content: file({ size: 0 }), code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK' },
    {
      name: 'a template',
      content: { type: 'template', templateId: 't', values: [] },
      code: 'MESSAGE_WRONG_CONTENT_TYPE',
    },
  ])('$name: $code', ({ content, code }) => {
    expect(outbound.refuses(content)).toBe(code);
  });

  test('a template is refused also if it is sent', async () => {
    const sent = await send(message({ type: 'template', templateId: 't', values: [] }));

    expect(sent.kind).toBe('refused');
    expect(api.calls).toEqual([]);
  });
});

describe('changes of a message', () => {
  const chat = textTo('51000444', 'now *bold*');
  const edit = (providerId: string) => outbound.edit!(credentials, chat, providerId, signal());
  const remove = (providerId: string) => outbound.remove!(credentials, chat, providerId, signal());

  async function sentMessage(rest: Partial<Outgoing> = {}): Promise<string> {
    const sent = await send(message({ type: 'text', text: 'first' }, rest));
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    return sent.providerId;
  }

  test('an edit replaces the text with its marks, and tells when', async () => {
    const providerId = await sentMessage();
    now += 10;

    expect(await edit(providerId)).toEqual({ kind: 'done', at: now * 1000 });
    expect(lastCall()).toMatchObject({
      method: 'editMessageText',
      body: {
        chat_id: 51000444,
        message_id: 1001,
        text: 'now bold',
        entities: [{ type: 'bold', offset: 4, length: 4 }],
      },
    });
  });

  test('the same edit once more is done', async () => {
    const providerId = await sentMessage();

    await edit(providerId);

    expect(await edit(providerId)).toEqual({ kind: 'done' });
  });

  test('a deletion deletes, and once more it is done', async () => {
    const providerId = await sentMessage();

    expect(await remove(providerId)).toEqual({ kind: 'done' });
    expect(await remove(providerId)).toEqual({ kind: 'done' });
    expect(await edit(providerId)).toMatchObject({ kind: 'refused', refusal: { reason: 'MESSAGES_NOT_FOUND' } });
  });

  test('after 48 hours it is too late to delete', async () => {
    const providerId = await sentMessage();
    now += 48 * 3600 + 1;

    expect(await remove(providerId)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'MESSAGES_DELETION_TIME_EXPIRED' },
    });
  });

  test('a message of a business chat is changed through its connection', async () => {
    const providerId = await sentMessage({ via: 'bc' });

    expect((await edit(providerId)).kind).toBe('done');
    expect(lastCall().body).toMatchObject({ business_connection_id: 'bc', message_id: 1001 });
    expect(await remove(providerId)).toEqual({ kind: 'done' });
    expect(lastCall()).toMatchObject({
      method: 'deleteBusinessMessages',
      body: { business_connection_id: 'bc', message_ids: [1001] },
    });
  });

  test.each(['cb7', 'u12', ''])('nothing is changed by the id %j, which is no message of ours', async (providerId) => {
    const unknown = { kind: 'refused', refusal: { reason: 'MESSAGES_NOT_FOUND' } };
    expect(await edit(providerId)).toMatchObject(unknown);
    expect(await remove(providerId)).toMatchObject(unknown);
    expect(api.calls).toEqual([]);
  });

  test.each([
    { kind: 'image', mimeType: 'image/png', type: 'photo' },
    { kind: 'voice', mimeType: 'audio/ogg', type: 'document' },
    { kind: 'audio', mimeType: 'audio/mpeg', type: 'audio' },
    { kind: 'document', mimeType: 'text/csv', type: 'document' },
  ] as const)('a message becomes a file of kind $kind and type $mimeType', async ({ kind, mimeType, type }) => {
    const providerId = await sentMessage();
    const file = fileOf(Buffer.from('bytes'), { kind, mimeType });

    const content = { type: 'file', file } as const;
    const changed = await outbound.edit!(credentials, { ...chat, content }, providerId, signal());

    expect(changed.kind).toBe('done');
    expect(lastCall()).toMatchObject({
      method: 'editMessageMedia',
      body: { media: { type } },
      file: { bytes: Buffer.from('bytes') },
    });
  });

  test('the text of a file cannot be edited', async () => {
    const file = fileOf(Buffer.from('a'));
    await send(message({ type: 'file', file }));

    expect(await edit('1001')).toMatchObject({ refusal: { reason: 'MESSAGES_ONLY_TEXT_OR_CONTENT' } });
  });

  test.each([
    { name: 'a refused token', answer: no(401, 'Unauthorized'), kind: 'unauthorized' },
    { name: 'a flood', answer: no(429, 'Too Many Requests'), kind: 'throttled' },
    { name: 'a 500', answer: no(500, 'Internal Server Error'), kind: 'unreachable' },
  ])('$name is $kind', async ({ answer, kind }) => {
    api.answerNext('editMessageText', answer);
    api.answerNext('deleteMessage', answer);

    expect((await edit('1001')).kind).toBe(kind);
    expect((await remove('1001')).kind).toBe(kind);
  });
});

describe('the table of errors', () => {
  test.each([
    { code: '400', description: 'Bad Request: chat not found', reason: 'BAD_CONTACT' },
    { code: '403', description: 'Forbidden: bot was blocked by the user', reason: 'BAD_CONTACT' },
    { code: '403', description: 'Forbidden: user is deactivated', reason: 'BAD_CONTACT' },
    { code: '400', description: 'Bad Request: message is too long', reason: 'TOO_LONG_TEXT' },
    { code: '400', description: 'Bad Request: message text is empty', reason: 'WRONG_CONTENT' },
    { code: '400', description: 'Bad Request: BUTTON_DATA_INVALID', reason: 'WRONG_CONTENT' },
    { code: '413', description: 'Request Entity Too Large', reason: 'TOO_BIG_CONTENT' },
    { code: '400', description: 'Bad Request: file is too big', reason: 'TOO_BIG_CONTENT' },
    { code: '400', description: 'Bad Request: wrong file identifier/HTTP URL specified', reason: 'WRONG_CONTENT' },
    { code: '400', description: 'Bad Request: failed to get HTTP URL content', reason: 'WRONG_CONTENT' },
    { code: '400', description: 'Bad Request: VOICE_MESSAGES_FORBIDDEN', reason: 'WRONG_CONTENT' },
    { code: '400', description: 'Bad Request: PHOTO_INVALID_DIMENSIONS', reason: 'WRONG_CONTENT' },
    { code: '400', description: 'Bad Request: BUSINESS_CONNECTION_INVALID', reason: 'CHANNEL_REJECTED' },
    { code: '401', description: 'Unauthorized', reason: 'CHANNEL_REJECTED' },
    { code: '404', description: 'Not Found', reason: 'CHANNEL_REJECTED' },
    { code: '400', description: 'Bad Request: message to edit not found', reason: 'MESSAGES_NOT_FOUND' },
    { code: '400', description: "Bad Request: message can't be edited", reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
    {
      code: '400',
      description: "Bad Request: message can't be deleted for everyone",
      reason: 'MESSAGES_DELETION_TIME_EXPIRED',
    },
    {
      code: '400',
      description: 'Bad Request: there is no text in the message to edit',
      reason: 'MESSAGES_ONLY_TEXT_OR_CONTENT',
    },
    { code: '400', description: 'Bad Request: something new', reason: 'UNKNOWN_ERROR' },
  ])('$code $description is $reason', ({ code, description, reason }) => {
    expect(refusalOf({ code, description })).toEqual({ reason, code, description });
  });

  test('every row has words that lead to it', () => {
    expect(new Set(ERRORS.map(({ reason }) => reason)).size).toBe(9);
  });
});

function no(code: number, description: string) {
  return { status: code, body: { ok: false, error_code: code, description } };
}
