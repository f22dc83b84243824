import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFacebook } from '#channels/facebook/index';
import { PAGE_FIELDS } from '#channels/meta/fields';
import type { Outgoing } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import type { Buttons } from '#domain/message';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { parserOf, textTo } from '#test/channels/messages';
import { APP_SECRET, bodies, CLIENT, no, startMeta, TOKEN } from '#test/channels/meta/pages';
import { fileOf } from '#test/channels/wapi/outgoing';
import { PATIENCE_MS } from '#test/patience';

// The traps of section 5 of the design, in its order. Each was a fault of somebody's program.

const PAGE = '660011223300';
const HOUR = 3_600_000;
const facebook = createFacebook();
const parse = parserOf(facebook);
const { body, item, said, echoed } = bodies('page', PAGE);
const good: Credentials = { pageId: PAGE, accessToken: TOKEN, appSecret: APP_SECRET };

let meta: Awaited<ReturnType<typeof startMeta>>;

beforeEach(async () => {
  meta = await startMeta(facebook, { object: 'page' });
});

afterEach(() => meta.stop());

const credentials = (more: Credentials = {}): Credentials => ({ ...good, apiBaseUrl: meta.baseUrl, ...more });
const send = (message: Outgoing, more: Credentials = {}) =>
  facebook.outbound.send(credentials(more), message, AbortSignal.timeout(PATIENCE_MS));
const text = (words: string, more: Partial<Outgoing> = {}) => textTo(CLIENT, words, more, 'facebook');

test('1. an item that cannot be read, or of an unknown kind, loses no other', () => {
  const webhook = body(
    'messaging',
    item({ read: { watermark: 5e12 } }),
    null,
    'junk',
    item({ hologram: {} }),
    { message: { mid: 'lost', text: 'whose?' } },
    item({ message: { mid: 'mid1', text: 'Hi' } }),
  );

  expect(parse(webhook).map(({ kind }) => kind)).toEqual([
    ...['receipt', 'ignored', 'ignored', 'client', 'ignored'],
    'client',
  ]);
});

test('2. an echo opens nothing and has no author to answer', () => {
  expect(parse(echoed({ text: 'Yes' }))).toMatchObject([{ kind: 'echo', opens: false, author: {} }]);
});

test('3. the sender of an echo is the page, and is taken for no person', () => {
  expect(parse(echoed({ text: 'Yes' }))).toMatchObject([
    { account: PAGE, ids: [{ chatType: 'facebook', chatId: CLIENT }] },
  ]);
});

test('4. an echo without the id of an app is told by its message id only', () => {
  expect(parse(echoed({ text: 'Yes' }))[0]).not.toHaveProperty('by');
  expect(facebook.inbound.echoesOwn).toBe(true);
});

describe('5. replies from the page’s inbox', () => {
  const inspect = () =>
    facebook.setup.inspect!(
      { credentials: credentials(), webhookSecret: WEBHOOK_SECRET },
      meta.callbackUrl!,
      AbortSignal.timeout(PATIENCE_MS),
    );

  test('are subscribed, and a page without them is deaf', async () => {
    meta.pages.meta.subscribed.set(PAGE, ['messages']);
    expect(await inspect()).toEqual({ kind: 'deaf', why: 'the app is not subscribed to message_echoes' });

    await facebook.setup.register({ credentials: credentials(), webhookSecret: WEBHOOK_SECRET }, meta.callbackUrl!);
    expect(meta.pages.meta.subscribed.get(PAGE)).toEqual(PAGE_FIELDS);
    expect(await inspect()).toEqual({ kind: 'listening' });
  });

  test('come as echoes of a person', async () => {
    meta.pages.meta.callbacks.set('page', { url: meta.callbackUrl!, fields: [] });
    await facebook.setup.register({ credentials: credentials(), webhookSecret: WEBHOOK_SECRET }, meta.callbackUrl!);
    meta.pages.writesInApp(meta.pages.meta.writers[0]!, { text: 'Yes' });

    const [update] = meta.pages.waiting;
    const [received] = parse({ object: 'page', entry: [{ id: PAGE, messaging: [update?.item] }] });
    expect(received).toMatchObject({ kind: 'echo', content: { text: 'Yes' } });
    expect(received).not.toHaveProperty('by');
  });
});

test('6. what another app holds is shown, and a reply is refused in Meta’s words', async () => {
  meta.pages.meta.writers[0]!.heldBy = '517793';

  expect(parse(body('standby', item({ message: { mid: 'mid1', text: 'Hi' } })))).toMatchObject([
    { kind: 'client', standby: true, opens: false },
  ]);
  expect(await send(text('Hi'))).toMatchObject({
    kind: 'refused',
    refusal: { code: '10/2018300', description: expect.stringContaining('another app is controlling this thread') },
  });
});

test('7. a thumb without a file is shown', () => {
  expect(parse(said({ attachments: [{ type: 'image', payload: { sticker_id: 369239383222810 } }] }))).toMatchObject([
    { opens: true, content: { text: '👍' } },
  ]);
});

test('8. an error after which the message may have been sent is no refusal', async () => {
  meta.answerNext('POST messages', no(1, 'Received invalid JSON reply.', 400, { error_subcode: 1357046 }));

  expect(await send(text('Hi'))).toMatchObject({ kind: 'unreachable' });
});

test('9. an opt-in is a line of the history', () => {
  expect(parse(body('messaging', item({ optin: { ref: 'news', type: 'x' } })))).toMatchObject([
    { kind: 'client', opens: false, content: { type: 'system', kind: 'optin', referral: 'news' } },
  ]);
  expect(parse(body('messaging', { recipient: { id: PAGE }, optin: { user_ref: 'u1' } }))).toEqual([
    { kind: 'ignored', reason: 'optin-of-nobody' },
  ]);
});

test('10. each call proves that it knows the app’s secret, and another one is refused', async () => {
  expect(await send(text('Hi'))).toMatchObject({ kind: 'sent' });
  expect(meta.pages.calls.every(({ query }) => /^[0-9a-f]{64}$/.test(query.appsecret_proof ?? ''))).toBe(true);

  expect(await send(text('Hi'), { appSecret: 'another-app-secret' })).toMatchObject({
    kind: 'unauthorized',
    refusal: { reason: 'CHANNEL_REJECTED' },
  });
});

describe('the window', () => {
  test('is a day, then seven days for a person if Meta lets the app', async () => {
    meta.pages.meta.humanAgents.add(PAGE);
    meta.pages.clock.pass(24 * HOUR - 1);
    expect(await send(text('Hi'))).toMatchObject({ kind: 'sent' });
    expect(meta.pages.taken[0]?.body).toMatchObject({ messaging_type: 'RESPONSE' });
    meta.pages.clock.pass(1);

    expect(await send(text('Hi'))).toMatchObject({ kind: 'refused', refusal: { reason: '24_HOURS_EXCEEDED' } });
    expect(await send(text('Hi'), { humanAgent: 'yes' })).toMatchObject({ kind: 'sent' });
    expect(meta.pages.taken.at(-1)?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    meta.pages.clock.pass(6 * 24 * HOUR);
    expect(await send(text('Hi'), { humanAgent: 'yes' })).toMatchObject({ refusal: { reason: '7_DAYS_EXCEEDED' } });
  });

  test('an app that Meta does not let answer as a person is refused, in its words', async () => {
    meta.pages.clock.pass(24 * HOUR);

    expect(await send(text('Hi'), { humanAgent: 'yes' })).toMatchObject({
      refusal: { description: expect.stringContaining('Human Agent') },
    });
  });
});

describe('buttons', () => {
  const rows = (...buttons: Buttons['rows'][number][]): Buttons => ({ place: 'inline', rows: buttons });
  const sendWith = async (words: string, buttons: Buttons) => {
    const sent = await send({ ...text(''), content: { type: 'text', text: words, buttons } });
    return { sent, message: meta.pages.taken.at(-1)?.body.message };
  };

  test('are quick replies: 13 at most, with titles of 20 characters', async () => {
    const many = Array.from({ length: 15 }, (_, n) => ({ text: `Choice ${n} with a long title`, payload: `p${n}` }));
    const { sent, message } = await sendWith('Which?', rows(many.slice(0, 8), many.slice(8)));

    const { quick_replies: replies } = message as { quick_replies: { title: string }[] };
    expect(sent).toMatchObject({ kind: 'sent' });
    expect(replies).toHaveLength(13);
    expect(replies[0]).toEqual({ content_type: 'text', title: 'Choice 0 with a long', payload: 'p0' });
  });

  test('that open an address are those of a template', async () => {
    const { sent, message } = await sendWith(
      'Look',
      rows([{ text: 'Shop', url: 'https://konvert.example' }, { text: 'Later' }]),
    );

    expect(sent).toMatchObject({ kind: 'sent' });
    expect(message).toEqual({
      attachment: {
        type: 'template',
        payload: {
          template_type: 'button',
          text: 'Look',
          buttons: [
            { type: 'web_url', url: 'https://konvert.example', title: 'Shop' },
            { type: 'postback', title: 'Later', payload: 'Later' },
          ],
        },
      },
    });
  });

  test.each([
    ['a title of spaces', 'Which?', [{ text: '  ' }]],
    ['a payload that is too long', 'Which?', [{ text: 'a', payload: 'p'.repeat(1001) }]],
    ['a text that is too long for a template', 'a'.repeat(641), [{ text: 'a', url: 'https://konvert.example' }]],
  ])('with %s are not sent', (_, words, buttons) => {
    expect(facebook.outbound.refuses({ type: 'text', text: words, buttons: rows(buttons) })).toBe(
      'INVALID_MESSAGE_DATA',
    );
  });
});

describe('files', () => {
  const toFile = (file = fileOf(), more: Partial<Outgoing> = {}): Outgoing => ({
    ...text('', more),
    content: { type: 'file', file },
  });

  test('are uploaded, once for all tries of a message', async () => {
    const file = fileOf();
    meta.answerNext('POST messages', { status: 500, body: {} });

    expect(await send(toFile(file))).toMatchObject({ kind: 'unreachable' });
    expect(await send(toFile(file))).toMatchObject({ kind: 'sent' });

    expect(file.opened).toBe(1);
    const [id] = meta.pages.meta.attachments.keys();
    expect(meta.pages.taken[0]?.body.message).toEqual({ attachment: { type: 'file', payload: { attachment_id: id } } });
  });

  test('are uploaded anew if what was uploaded is refused', async () => {
    const file = fileOf();
    meta.answerNext('POST messages', { status: 500, body: {} });
    await send(toFile(file));
    meta.pages.meta.attachments.clear();

    expect(await send(toFile(file))).toMatchObject({ kind: 'sent' });
    expect(file.opened).toBe(2);
  });

  test('that Meta does not take are refused, and quotes go along', async () => {
    meta.answerNext('POST message_attachments', no(100, 'Upload attachment failure.', 400, { error_subcode: 2018047 }));
    expect(await send(toFile())).toMatchObject({ kind: 'refused', refusal: { reason: 'WRONG_CONTENT' } });

    await send(toFile(fileOf(), { quotes: 'mid1', key: 'our2.1' }));
    expect(meta.pages.taken[0]?.body).toMatchObject({ reply_to: { mid: 'mid1' } });
  });

  test('may have 25 MB', () => {
    const refuses = (size: number) => facebook.outbound.refuses({ type: 'file', file: { ...fileOf(), size } });
    const most = 25 * 1024 * 1024;

    expect([refuses(most), refuses(most + 1), refuses(0)]).toEqual([
      undefined,
      'MESSAGES_CONTENT_SIZE_EXCEEDED',
      'MESSAGES_CONTENT_CAN_NOT_BE_BLANK',
    ]);
  });
});
