import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingContent, OutgoingFile } from '#channels/outbound';
import { createViber } from '#channels/viber/index';
import type { Button } from '#domain/message';
import { textTo } from '#test/channels/messages';
import { startViber, type ViberDouble } from '#test/doubles/viber';
import { startWebhook } from '#test/doubles/webhook';
import { PATIENCE_MS } from '#test/patience';
import { OLENA } from './callbacks.ts';

const MB = 1024 * 1024;
const HOUR_MS = 3_600_000;
const signal = () => AbortSignal.timeout(PATIENCE_MS);
const { inbound, outbound } = createViber();

let viber: ViberDouble;

beforeEach(async () => {
  viber = await startViber();
  viber.person(OLENA).isSubscribed = true;
  viber.webhook = 'https://konvert.example/webhooks/viber/c1';
});

afterEach(() => viber.stop());

const credentials = (more: object = {}): Record<string, string> => ({
  authToken: viber.authToken,
  senderName: 'Konvert',
  apiBaseUrl: viber.baseUrl,
  ...more,
});

function send(content: OutgoingContent, more: object = {}, to = OLENA) {
  return outbound.send(credentials(more), { ...textTo(to, '', {}, 'viber'), content }, signal());
}

const said1 = (text: string): OutgoingContent => ({ type: 'text', text });
const bodyOf = () => viber.taken.at(-1)?.body;

describe('a text', () => {
  test('has its receiver, its sender and the key of its attempt', async () => {
    expect(await send(said1('Так'))).toEqual({ kind: 'sent', providerId: expect.stringMatching(/^\d{19,20}$/) });
    expect(bodyOf()).toEqual({
      receiver: OLENA,
      sender: { name: 'Konvert' },
      type: 'text',
      text: 'Так',
      tracking_data: '{"key":"our1.1"}',
    });
  });

  test('keeps the id of its answer in all of its digits, and the receipts name it', async () => {
    const sent = await send(said1('Так'));
    const token = viber.taken.at(-1)?.token ?? '';
    viber.tell(token, 'delivered');
    const heard = await startWebhook();
    viber.webhook = heard.baseUrl;
    await viber.deliver();

    const text = heard.calls[0]!.bytes.toString();
    expect(sent).toEqual({ kind: 'sent', providerId: token });
    expect(inbound.parse(JSON.parse(text), { text })).toMatchObject([{ kind: 'receipt', of: { providerId: token } }]);
    await heard.stop();
  });

  test('of 7,000 characters is taken, and one with more bytes than a request may have is not', async () => {
    for (const text of ['я'.repeat(7000), '😀'.repeat(3500), '"'.repeat(7000)]) {
      expect(outbound.refuses(said1(text))).toBeUndefined();
      expect(await send(said1(text))).toMatchObject({ kind: 'sent' });
    }
    expect(outbound.refuses(said1('\u0001'.repeat(7000)))).toBe('MESSAGES_TOO_LONG_VIBER');
  });

  test('with marks asks for an app that shows them', async () => {
    await send(said1('*Sale*'));

    expect(bodyOf()).toMatchObject({ text: '*Sale*', min_api_version: 7 });
  });

  test.each([
    ['who is not there', 'bm9ib2R5', 'BAD_CONTACT', '5'],
    ['who has left', 'bGVmdA==', 'BAD_CONTACT', '6'],
    ['whose app is too old', 'b2xk', 'BAD_CONTACT', '11'],
  ])('to somebody %s is refused with 200', async (_, id, reason, code) => {
    if (code === '6') viber.leaves(viber.person(id));
    if (code === '11') Object.assign(viber.person(id), { isSubscribed: true, hasDevice: false });

    expect(await send(said1('Hi'), {}, id)).toMatchObject({ kind: 'refused', refusal: { reason, code } });
  });

  test('beyond a hundred in an hour waits, in this chat alone, until the person answers', async () => {
    const person = viber.person(OLENA);
    person.isSubscribed = true;
    person.sent = Array.from({ length: 100 }, () => viber.clock.now());

    expect(await send(said1('Hi'))).toEqual({ kind: 'throttled', retryAfterSeconds: 60, scope: 'chat' });
    viber.writes(person, { type: 'text', text: 'a' });
    expect(await send(said1('Hi'))).toMatchObject({ kind: 'sent' });
  });

  test.each([7, 9, 10, 15])('of a bot with status %i stops the channel', async (status) => {
    viber.setStatus(status);

    expect(await send(said1('Hi'))).toMatchObject({ kind: 'unauthorized', refusal: { code: String(status) } });
  });

  test('that a fault answers may have arrived, whatever status the fault has', async () => {
    for (const status of [0, 3]) {
      viber.answerNext('send_message', { status: 500, body: { status, status_message: 'no', message_token: 1 } });
      expect(await send(said1('Hi'))).toMatchObject({ kind: 'unreachable' });
    }
  });

  test('is not sent without a name', async () => {
    expect(await send(said1('Hi'), { senderName: '' })).toMatchObject({ kind: 'refused', refusal: { code: '3' } });
  });
});

describe('buttons', () => {
  const withRows = (rows: readonly (readonly Button[])[], place: 'inline' | 'reply' = 'reply'): OutgoingContent => ({
    type: 'text',
    text: 'Choose',
    buttons: { place, rows },
  });

  test('are a keyboard of six columns; each sends its label, and what it stands for comes back', async () => {
    const rows = [
      [{ text: 'Yes <b>', payload: 'y' }, { text: 'No' }],
      [{ text: 'Site', url: 'https://a.example/?a=1&b=2' }],
    ];
    expect(outbound.refuses(withRows(rows))).toBeUndefined();
    expect(await send(withRows(rows))).toMatchObject({ kind: 'sent' });

    expect(bodyOf()).toMatchObject({
      keyboard: {
        Type: 'keyboard',
        DefaultHeight: false,
        Buttons: [
          { Columns: 3, Rows: 1, Text: 'Yes &lt;b&gt;', ActionType: 'reply', ActionBody: 'Yes <b>' },
          { Columns: 3, Rows: 1, Text: 'No', ActionType: 'reply', ActionBody: 'No' },
          { Columns: 6, Rows: 1, Text: 'Site', ActionType: 'open-url', ActionBody: 'https://a.example/?a=1&b=2' },
        ],
      },
    });
    viber.writes(viber.person(OLENA), { type: 'text', text: 'Yes <b>' });
    const [press] = inbound.parse(viber.waiting.at(-1), { text: JSON.stringify(viber.waiting.at(-1)) });
    expect(press).toMatchObject({ kind: 'client', opens: true, content: { text: 'Yes <b>', pressed: 'y' } });
  });

  test.each([1, 2, 3, 4, 5, 6])('%i in a row fill it', async (count) => {
    await send(withRows([Array.from({ length: count }, (_, n) => ({ text: `b${n}` }))]));

    const { Buttons } = (bodyOf() as { keyboard: { Buttons: { Columns: number }[] } }).keyboard;
    expect(Buttons.reduce((sum, { Columns }) => sum + Columns, 0)).toBe(6);
  });

  test('that take an earlier keyboard away are no buttons: it goes with the next message', async () => {
    await send({ type: 'text', text: 'Thanks', buttons: { place: 'reply', rows: [], removes: true } });

    expect(bodyOf()).not.toHaveProperty('keyboard');
  });

  test.each([
    ['without a label', [[{ text: '' }]]],
    ['with an address that is none', [[{ text: 'a', url: 'javascript' }]]],
    ['with a long address', [[{ text: 'a', url: `https://a.example/${'x'.repeat(2000)}` }]]],
    ['in an empty row', [[]]],
  ])('%s are refused', (_, rows) => {
    expect(outbound.refuses(withRows(rows))).toBe('INVALID_MESSAGE_DATA');
  });

  test('with payloads beyond what Viber sends along are texts', async () => {
    const rows = Array.from({ length: 24 }, (_, n) => [{ text: `b${n}`, payload: `${n}`.padEnd(250, 'x') }]);
    expect(await send(withRows(rows))).toMatchObject({ kind: 'sent' });

    expect(bodyOf()?.tracking_data).toBe('{"key":"our1.1"}');
  });
});

describe('a file goes by its link', () => {
  const file = (more: Partial<OutgoingFile> & { ending?: string }): OutgoingContent => {
    const { ending = 'pdf', ...given } = more;
    const name = `a.${ending}`;
    const open = () => Promise.reject(new Error('it is never read'));
    const base = { kind: 'document', mimeType: 'application/pdf', size: 500, name, open } as const;
    return { type: 'file', file: { ...base, link: `https://konvert.example/files/f1/${name}`, ...given } };
  };

  test.each([
    ['a picture', file({ kind: 'image', mimeType: 'image/jpeg', ending: 'jpg' }), { type: 'picture', text: '' }],
    ['a picture of a megabyte', file({ kind: 'image', ending: 'png', size: MB }), { type: 'picture' }],
    ['a larger picture', file({ kind: 'image', ending: 'png', size: MB + 1 }), { type: 'file', file_name: 'a.png' }],
    ['a picture without its ending', file({ kind: 'image', ending: 'webp' }), { type: 'file', file_name: 'a.webp' }],
    [
      'a video',
      file({ kind: 'video', mimeType: 'video/mp4', ending: 'mp4', size: 26 * MB }),
      { type: 'video', size: 26 * MB },
    ],
    [
      'a larger video',
      file({ kind: 'video', mimeType: 'video/mp4', ending: 'mp4', size: 26 * MB + 1 }),
      { type: 'file' },
    ],
    ['a video of another kind', file({ kind: 'video', mimeType: 'video/webm', ending: 'webm' }), { type: 'file' }],
    ['a voice message', file({ kind: 'voice', mimeType: 'audio/ogg', ending: 'ogg' }), { type: 'file', size: 500 }],
    ['a document', file({}), { type: 'file', size: 500, file_name: 'a.pdf' }],
    ['a document with a long name', file({ name: `${'x'.repeat(300)}.pdf` }), { type: 'file' }],
  ])('%s', async (_, content, expected) => {
    expect(outbound.refuses(content)).toBeUndefined();
    expect(await send(content)).toMatchObject({ kind: 'sent' });
    expect(bodyOf()).toMatchObject({
      ...expected,
      media: expect.stringMatching(/^https:/),
      tracking_data: '{"key":"our1.1"}',
    });
  });

  test('and without a link to it there is no way', async () => {
    expect(await send(file({ link: undefined }))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'WRONG_CONTENT' },
    });
    expect(viber.calls).toEqual([]);
  });

  test('a client’s file is gone after an hour', async () => {
    viber.sendsFile(viber.person(OLENA), 'picture', 'p.jpg', Buffer.from('jpeg'));
    const { message } = viber.waiting.at(-1) as { message: { media: string } };
    const open = () => inbound.openFile!(credentials(), message.media, signal());

    expect(await open()).toMatchObject({ kind: 'file' });
    viber.clock.pass(HOUR_MS + 1);
    expect(await open()).toMatchObject({ kind: 'gone' });
  });

  test('no token goes to where files lie, and none is read unencrypted', async () => {
    const asked: unknown[] = [];
    const { inbound: other } = createViber({
      async fetch(url, init) {
        asked.push([String(url), init?.headers, init?.redirect]);
        return new Response(null, { status: 302, headers: { location: 'http://cdn.example/' } });
      },
    });

    expect(await other.openFile!(credentials(), 'https://dl.viber.com/p.jpg', signal())).toMatchObject({
      kind: 'later',
    });
    expect(asked).toEqual([['https://dl.viber.com/p.jpg', undefined, 'manual']]);
  });
});
