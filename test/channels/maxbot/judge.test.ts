import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, Keyboard, MaxError } from '@maxhub/max-bot-api';
import type { Update } from '@maxhub/max-bot-api/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMaxbot } from '#channels/maxbot/index';
import type { OutgoingContent } from '#channels/outbound';
import { textTo } from '#test/channels/messages';
import { fileOf } from '#test/channels/wapi/outgoing';
import { MAX_TOKEN, type MaxDouble, startMax } from '#test/doubles/max';
import { PATIENCE_MS } from '#test/patience';

// MAX's own client speaks to the double. What it sends is taken, what it reads is right, and what our adapter sends is the
// same.

const DANA = 10001;
const SECRET = 'secret_of_the_judge';

let max: MaxDouble;
let judge: Bot;
const maxbot = createMaxbot();

beforeEach(async () => {
  max = await startMax({ takesHttp: true, looks: 0 });
  max.person(DANA);
  judge = new Bot(MAX_TOKEN, { clientOptions: { baseUrl: max.baseUrl } });
});

afterEach(() => max.stop());

const credentials = () => ({ botToken: MAX_TOKEN, apiBaseUrl: max.baseUrl });
const signal = () => AbortSignal.timeout(PATIENCE_MS);

async function ours(content: OutgoingContent, quotes?: string): Promise<string> {
  const message = { ...textTo(String(DANA), '', { quotes }, 'max'), content };
  const sent = await maxbot.outbound.send(credentials(), message, signal());
  return sent.kind === 'sent' ? sent.providerId : expect.unreachable(sent.kind);
}

/** What MAX took from both, except what makes each message itself. */
function expectSame(): void {
  const [theirs, own, ...more] = max.taken.map(({ mid: _mid, ...rest }) => rest);
  expect(own).toEqual(theirs);
  expect(more).toEqual([]);
}

describe('what it sends is taken, and is what our adapter sends', () => {
  test('who the bot is', async () => {
    const { user_id, username, first_name } = await judge.api.getMyInfo();

    expect(await maxbot.setup.connect(credentials())).toEqual({
      id: String(user_id),
      plainId: username,
      name: first_name,
    });
  });

  test('a text', async () => {
    await judge.api.sendMessageToUser(DANA, 'Café?');
    await ours({ type: 'text', text: 'Café?' });

    expectSame();
  });

  test('a text with looks', async () => {
    await judge.api.sendMessageToUser(DANA, '<b>Café</b> &amp; <i>bar</i>', { format: 'html' });
    await ours({ type: 'text', text: '*Café* & _bar_' });

    expectSame();
  });

  test('buttons', async () => {
    const { inlineKeyboard, button } = Keyboard;
    const keyboard = inlineKeyboard([
      [button.callback('Yes', 'y'), button.link('Site', 'https://a.example')],
      [button.message('Menu')],
    ]);
    const sent = await judge.api.sendMessageToUser(DANA, 'Choose', { attachments: [keyboard] });
    const rows = [
      [
        { text: 'Yes', payload: 'y' },
        { text: 'Site', url: 'https://a.example' },
      ],
    ];
    await ours({ type: 'text', text: 'Choose', buttons: { place: 'inline', rows } });

    expect(sent.body.mid).toBe(max.taken[0]?.mid);
    const [theirs, own] = max.taken.map(
      ({ attachments }) => (attachments[0] as { payload: { buttons: unknown[] } }).payload.buttons,
    );
    expect(own?.[0]).toEqual(theirs?.[0]);
  });

  test('a quote', async () => {
    const { message } = max.writes(DANA, { text: 'Open?' }) as never as { message: { body: { mid: string } } };
    const { mid } = message.body;
    await judge.api.sendMessageToUser(DANA, 'Yes', { link: { type: 'reply', mid } });
    await ours({ type: 'text', text: 'Yes' }, mid);

    expectSame();
  });

  test.each([
    { type: 'image', mimeType: 'image/png', upload: (source: Buffer) => judge.api.uploadImage({ source }) },
    { type: 'video', mimeType: 'video/mp4', upload: (source: Buffer) => judge.api.uploadVideo({ source }) },
    { type: 'audio', mimeType: 'audio/mpeg', upload: (source: Buffer) => judge.api.uploadAudio({ source }) },
    { type: 'file', mimeType: 'application/pdf', upload: (source: Buffer) => judge.api.uploadFile({ source }) },
  ])('a file as $type', async ({ type, mimeType, upload }) => {
    const bytes = Buffer.from('what is in it');
    const attachment = (await upload(bytes)).toJson();
    await judge.api.sendMessageToUser(DANA, '', { attachments: [attachment] });
    await ours({ type: 'file', file: fileOf({ mimeType, bytes }) });

    const [theirs, own] = max.taken.map(({ attachments }) => attachments);
    expect([theirs?.[0]?.type, own?.[0]?.type]).toEqual([type, type]);
    expect(max.uploads.map((one) => one.bytes?.toString())).toEqual(['what is in it', 'what is in it']);
  });

  test('an edit, a deletion and the answer to a press', async () => {
    const { body } = await judge.api.sendMessageToUser(DANA, 'Frist');
    expect(await judge.api.editMessage(body.mid, { text: 'First' })).toEqual({ success: true });
    expect(max.taken[0]?.text).toBe('First');
    expect(await judge.api.deleteMessage(body.mid)).toEqual({ success: true });
    expect(max.taken).toEqual([]);

    const { callback } = max.presses(DANA, 'y') as never as { callback: { callback_id: string } };
    await judge.api.answerOnCallback(callback.callback_id, { message: { text: 'Done' } });
    expect(max.answered.get(callback.callback_id)).toEqual({ text: 'Done' });
  });

  test('refusals are errors with the words of MAX', async () => {
    max.stops(DANA);

    const refused = judge.api.sendMessageToUser(DANA, 'Hi').catch((error: unknown) => error);

    expect(await refused).toBeInstanceOf(MaxError);
    expect(await refused).toMatchObject({ status: 403, code: 'chat.denied' });
    const foreign = new Bot('another-token-of-twenty', { clientOptions: { baseUrl: max.baseUrl } });
    await expect(foreign.api.getMyInfo()).rejects.toMatchObject({ status: 401, code: 'verify.token' });
  });
});

describe('what the double tells is what it reads', () => {
  test('webhooks, with the secret; our adapter accepts the same', async () => {
    const heard: Update[] = [];
    judge.use((ctx) => void heard.push(ctx.update));
    const callback = judge.webhookCallback({ domain: 'judge.example', path: '/hook', secret: SECRET });
    const server = createServer(callback);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    await judge.api.subscribe(url, SECRET, ['message_created', 'message_callback']);
    const { body } = await judge.api.sendMessageToUser(DANA, 'Choose');

    const updates = [max.writes(DANA, { text: 'Open?' }), max.presses(DANA, 'y', body.mid)];
    for (const update of updates) expect(await max.deliver(update)).toEqual([200]);

    expect(heard).toEqual(updates);
    expect(await judge.api.getSubscriptions()).toMatchObject([{ url }]);
    await judge.api.unsubscribe(url);
    expect(max.subscriptions).toEqual([]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('updates that are fetched', async () => {
    const update = max.writes(DANA, { text: 'Open?' });
    await max.deliver(update);

    const { updates, marker } = await judge.api.getUpdates([], { timeout: 1 });

    expect(updates).toEqual([update]);
    expect(marker).toBe(1);
  });
});
