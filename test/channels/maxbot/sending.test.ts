import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBotApi } from '#channels/maxbot/client';
import { createOutbound } from '#channels/maxbot/send';
import { createUpload } from '#channels/maxbot/uploads';
import type { Outbound, OutgoingContent, OutgoingFile, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { textTo } from '#test/channels/messages';
import { fileOf } from '#test/channels/wapi/outgoing';
import { MAX_TOKEN, type MaxDouble, startMax } from '#test/doubles/max';
import { PATIENCE_MS } from '#test/patience';

const DANA = 10001;
const HOUR = 3_600_000;
const PNG = { kind: 'image', mimeType: 'image/png', name: 'sofa.png', bytes: Buffer.from('PNG') } as const;
const MP4 = { kind: 'video', mimeType: 'video/mp4', name: 'sofa.mp4', bytes: Buffer.from('MP4') } as const;

let max: MaxDouble;
let outbound: Outbound;
let credentials: Credentials;

beforeEach(async () => {
  max = await startMax();
  max.person(DANA);
  credentials = { botToken: MAX_TOKEN, apiBaseUrl: max.baseUrl };
  const call = createBotApi(() => fetch);
  outbound = createOutbound(
    call,
    createUpload(call, () => fetch),
    max.clock,
  );
});

afterEach(() => max.stop());

/** Another double in the place of the first. */
async function restart(options: Parameters<typeof startMax>[0]): Promise<void> {
  await max.stop();
  max = await startMax(options);
  max.person(DANA);
  credentials = { botToken: MAX_TOKEN, apiBaseUrl: max.baseUrl };
}

const signal = () => AbortSignal.timeout(PATIENCE_MS);
const message = (content: OutgoingContent, more = {}) => ({ ...textTo(String(DANA), '', more, 'max'), content });
const send = (content: OutgoingContent, more = {}) => outbound.send(credentials, message(content, more), signal());
const text = (words: string) => ({ type: 'text', text: words }) as const;
const file = (given: Partial<OutgoingFile> & { readonly bytes?: Uint8Array } = {}) =>
  ({ type: 'file', file: fileOf(given) }) as const;
const idOf = (sent: Sent) => (sent.kind === 'sent' ? sent.providerId : expect.unreachable(sent.kind));
const callsOf = (method: string) => max.calls.filter((call) => call.method === method);

describe('a text', () => {
  test.each([
    { name: 'without marks goes as it is', words: 'a_b *c 1 < 2 & 3', shown: { text: 'a_b *c 1 < 2 & 3' } },
    {
      name: 'with marks goes with tags, and its own signs stay signs',
      words: '*1 < 2* and _this_ ~that~ <u>here</u> & `x`',
      shown: { text: '<b>1 &lt; 2</b> and <i>this</i> <s>that</s> <u>here</u> &amp; `x`', format: 'html' },
    },
    { name: 'with looks in one another', words: '*a _b_*', shown: { text: '<b>a <i>b</i></b>', format: 'html' } },
    { name: 'with code', words: '```\nx < y\n```', shown: { text: '<pre>x &lt; y</pre>', format: 'html' } },
  ])('$name', async ({ words, shown }) => {
    expect(await send(text(words))).toMatchObject({ kind: 'sent' });
    expect(max.taken.at(-1)).toMatchObject(shown);
    if (!('format' in shown)) expect(max.taken.at(-1)).not.toHaveProperty('format');
  });

  test('that only tags make longer than 4,000 goes with its marks', async () => {
    const words = `*${'x'.repeat(3998)}*`;

    expect(await send(text(words))).toMatchObject({ kind: 'sent' });
    expect(max.taken.at(-1)).toMatchObject({ text: words });
  });

  test('has buttons below it, that press, lead away or write', async () => {
    const rows = [[{ text: 'Yes', payload: 'y' }, { text: 'No' }], [{ text: 'Site', url: 'https://a.example' }]];
    await send({ ...text('Choose'), buttons: { place: 'inline', rows } });
    await send({ ...text('Choose'), buttons: { place: 'reply', rows: [[{ text: 'Menu' }]] } });

    const keyboards = max.taken.map(
      ({ attachments }) => (attachments[0] as { payload: { buttons: unknown } }).payload.buttons,
    );
    expect(keyboards).toEqual([
      [
        [
          { type: 'callback', text: 'Yes', payload: 'y' },
          { type: 'callback', text: 'No', payload: 'No' },
        ],
        [{ type: 'link', text: 'Site', url: 'https://a.example' }],
      ],
      [[{ type: 'message', text: 'Menu' }]],
    ]);
  });

  test('quotes the message that it answers', async () => {
    const asked = max.writes(DANA, { text: 'Kept?' }) as never as { message: { body: { mid: string } } };
    const { mid } = asked.message.body;

    await send(text('Yes'), { quotes: mid });

    expect(max.taken.at(-1)?.link).toEqual({ type: 'reply', mid });
  });

  test.each([
    { name: 'a message that is gone', quotes: 'mid.00000000000000000000000000000001' },
    { name: 'a press', quotes: 'press.1770679803383.cb-1' },
    { name: 'a notice', quotes: 'bot_started.1770679803383' },
  ])('that quotes $name is sent without the quote', async ({ quotes }) => {
    expect(await send(text('Yes'), { quotes })).toMatchObject({ kind: 'sent' });
    expect(max.taken).toHaveLength(1);
    expect(max.taken[0]).not.toHaveProperty('link');
  });

  test.each([
    { name: 'who never started the bot', chatId: '10002' },
    { name: 'who stopped it', chatId: '10003' },
  ])('to somebody $name is refused for the person', async ({ chatId }) => {
    max.person(10003);
    max.stops(10003);

    expect(await outbound.send(credentials, textTo(chatId, 'Hi', {}, 'max'), signal())).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'BAD_CONTACT' },
    });
  });
});

describe('a file', () => {
  test.each([
    { name: 'a picture', given: PNG, type: 'image' },
    { name: 'a document', given: {}, type: 'file' },
    { name: 'a voice message', given: { ...PNG, kind: 'voice', mimeType: 'audio/ogg', name: 'v.ogg' }, type: 'audio' },
    { name: 'a picture that MAX does not show', given: { ...PNG, mimeType: 'image/webp' }, type: 'file' },
  ] as const)('$name is uploaded as what it is, without the token, and sent', async ({ given, type }) => {
    const content = file(given);
    for (let sent = await send(content); sent.kind === 'notReady'; ) sent = await send(content);

    const [upload] = max.uploads;
    expect(upload).toMatchObject({ type, name: content.file.name });
    expect(upload?.bytes?.length).toBe(content.file.size);
    expect(max.taken.at(-1)?.attachments).toEqual([{ type, payload: { token: upload?.token } }]);
  });

  // Traps 2 and 3. https://github.com/max-messenger/max-bot-api-client-ts/issues/246, pull request 273
  test('a video goes by the token of the first answer, once MAX is ready, and is uploaded once', async () => {
    const content = file(MP4);

    expect(await send(content)).toEqual({ kind: 'notReady', retryAfterSeconds: 1 });
    max.clock.pass(1_000);
    expect(await send(content)).toEqual({ kind: 'notReady', retryAfterSeconds: 1 });
    max.clock.pass(1_000);
    expect(await send(content)).toMatchObject({ kind: 'sent' });

    expect(max.taken.at(-1)?.attachments).toEqual([{ type: 'video', payload: { token: 'video-token-1' } }]);
    expect(max.uploads).toHaveLength(1);
    expect(content.file.opened).toBe(1);
  });

  test('a video never goes by a token of the second answer, which would be somebody else’s', async () => {
    await restart({ looks: 0, tellsOtherToken: true });

    expect(await send(file(MP4))).toMatchObject({ kind: 'sent' });
    expect(max.taken.at(-1)?.attachments).toEqual([{ type: 'video', payload: { token: 'video-token-1' } }]);
  });

  test('that is not ready for long is asked for less and less', async () => {
    const waits = [];
    for (const refusal of Array.from({ length: 9 }, () => NOT_READY)) {
      max.answerNext('POST messages', refusal);
      const sent = await send(file(MP4));
      if (sent.kind !== 'notReady') return expect.unreachable(sent.kind);
      waits.push(sent.retryAfterSeconds);
      max.clock.pass(sent.retryAfterSeconds * 1000);
    }
    expect(waits).toEqual([1, 1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('of another message is uploaded anew', async () => {
    await send(file(PNG), { key: 'one' });
    await send(file(PNG), { key: 'two' });

    expect(max.uploads).toHaveLength(2);
  });

  test('that MAX cannot show is sent as a file', async () => {
    max.answerNext('POST messages', no('Key: errors.process.attachment.image.bad.size'));
    const content = file(PNG);
    for (let sent = await send(content); sent.kind === 'notReady'; ) sent = await send(content);

    expect(max.taken.at(-1)?.attachments).toMatchObject([{ type: 'file' }]);
  });

  test.each([
    {
      name: 'too large',
      answer: { status: 413, body: '<html>' },
      is: { kind: 'refused', refusal: { reason: 'TOO_BIG_CONTENT' } },
    },
    {
      name: 'not taken',
      answer: { status: 400, body: '<retval>0</retval>' },
      is: { kind: 'refused', refusal: { reason: 'WRONG_CONTENT' } },
    },
    { name: 'a fault', answer: { status: 502, body: '<html>' }, is: { kind: 'unreachable' } },
    { name: 'no token', answer: { status: 200, body: '{}' }, is: { kind: 'unreachable' } },
  ])('whose upload is answered with $name', async ({ answer, is }) => {
    max.answerNext('POST upload.do', answer);

    expect(await send(file())).toMatchObject(is);
    expect(max.taken).toEqual([]);
  });

  test('goes nowhere unencrypted', async () => {
    const elsewhere = await startMax();
    for (const url of [`${elsewhere.baseUrl}/upload.do?id=1`, 'file:///etc/passwd', 'nowhere']) {
      max.answerNext('POST uploads', { status: 200, body: { url, token: 't' } });
      expect(await send(file())).toMatchObject({ kind: 'unreachable' });
    }
    expect([...elsewhere.calls, ...callsOf('POST messages')]).toEqual([]);
    await elsewhere.stop();
  });

  test('that is shorter than it was said to be is not sent', async () => {
    expect(await send(file({ size: 99 }))).toMatchObject({ kind: 'unreachable' });
    expect(max.taken).toEqual([]);
  });
});

describe('what was sent', () => {
  const edit = (providerId: string, content: OutgoingContent) =>
    outbound.edit!(credentials, message(content), providerId, signal());
  const remove = (providerId: string) => outbound.remove!(credentials, message(text('')), providerId, signal());

  test('becomes another text, and its buttons stay', async () => {
    const buttons = { place: 'inline', rows: [[{ text: 'Yes' }]] } as const;
    const id = idOf(await send({ ...text('Frist'), buttons }));

    expect(await edit(id, text('*First*'))).toEqual({ kind: 'done' });
    expect(max.taken[0]).toMatchObject({
      text: '<b>First</b>',
      format: 'html',
      attachments: [{ type: 'inline_keyboard' }],
    });
  });

  test('becomes a file', async () => {
    const id = idOf(await send(text('Soon')));

    expect(await edit(id, file(PNG))).toEqual({ kind: 'done' });
    expect(max.taken[0]).toMatchObject({ text: '', attachments: [{ type: 'image' }] });
  });

  test('can be changed for 7 days', async () => {
    const id = idOf(await send(text('Frist')));
    expect(outbound.editHours).toBe(7 * 24);
    max.clock.pass(7 * 24 * HOUR + 1);

    expect(await edit(id, text('First'))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
    });
  });

  test('is deleted once, and a second time there is nothing to do', async () => {
    const id = idOf(await send(text('Oops')));

    expect([await remove(id), await remove(id)]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(max.taken).toEqual([]);
  });

  test.each(['press.1770679803383.cb-1', 'bot_started.1'])('is never %s, which is no message', async (id) => {
    expect(await edit(id, text('x'))).toMatchObject({ kind: 'refused', refusal: { reason: 'MESSAGES_NOT_FOUND' } });
    expect(await remove(id)).toMatchObject({ kind: 'refused', refusal: { reason: 'MESSAGES_NOT_FOUND' } });
    expect(max.calls).toEqual([]);
  });
});

// Trap 10: an unanswered press spins.
describe('a press', () => {
  test('is answered by the id that it came with', async () => {
    const { callback } = max.presses(DANA, 'y') as never as { callback: { callback_id: string; timestamp: number } };
    const id = `press.${callback.timestamp}.${callback.callback_id}`;

    expect(await outbound.acknowledge!(credentials, id, signal())).toEqual({ kind: 'done' });
    expect([...max.answered.keys()]).toEqual([callback.callback_id]);
  });

  test.each([
    { name: 'a press that nobody knows', id: 'press.1.cb-9', kind: 'refused' },
    { name: 'no press', id: 'mid.1', kind: 'refused' },
  ])('$name: $kind', async ({ id, kind }) => {
    expect(await outbound.acknowledge!(credentials, id, signal())).toEqual({ kind });
  });
});

test('two messages a second go to one dialog, and a third is throttled', async () => {
  await restart({ hasPace: true });
  const sent = [];
  for (const words of ['1', '2', '3']) sent.push(await send(text(words)));

  expect(sent.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'throttled']);
  expect(outbound.pace).toEqual({ perSecond: 30, chatMs: 500, chatBurst: 2 });
});

const NOT_READY = { status: 400, body: { code: 'attachment.not.ready', message: '' } };
const no = (words: string) => ({ status: 400, body: { code: 'proto.payload', message: words } });
