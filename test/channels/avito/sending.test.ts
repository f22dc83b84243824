import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PrivateAddressError } from '#calls/errors';
import { createAvito } from '#channels/avito/index';
import type { OutgoingContent } from '#channels/outbound';
import { textTo } from '#test/channels/messages';
import { type AvitoDouble, startAvito } from '#test/doubles/avito';
import { PATIENCE_MS } from '#test/patience';

const DANA = 99_002;
const HOUR_MS = 3_600_000;
const signal = () => AbortSignal.timeout(PATIENCE_MS);

let avito: AvitoDouble;

beforeEach(async () => {
  avito = await startAvito();
});

afterEach(() => avito.stop());

function credentials(more: object = {}): Record<string, string> {
  const { clientId, clientSecret, userId, baseUrl } = avito;
  return { clientId, clientSecret, userId: String(userId), apiBaseUrl: baseUrl, ...more };
}

const callsOf = (method: string) => avito.calls.filter((call) => call.method === method);

describe('sending', () => {
  const { outbound, inbound } = createAvito();
  const file = (bytes: Buffer, mimeType = 'image/png'): OutgoingContent => ({
    type: 'file',
    file: {
      kind: 'image',
      mimeType,
      name: 'a "b".png',
      size: bytes.length,
      open: async () =>
        (async function* () {
          yield bytes;
        })(),
    },
  });

  test('an address in a private network is no reason to give up the keys', async () => {
    const { outbound: other, setup } = createAvito({ fetch: () => Promise.reject(new PrivateAddressError()) });
    const channel = { credentials: credentials(), webhookSecret: 'a'.repeat(64) };

    const sent = await other.send(channel.credentials, textTo('u2i-a', 'Hi', {}, 'avito'), signal());

    expect(sent).toMatchObject({ kind: 'refused', refusal: { code: 'PRIVATE_ADDRESS' } });
    expect(await setup.inspect!(channel, 'https://konvert.example/w', signal())).toMatchObject({ kind: 'unknown' });
  });

  test('signs of a chat’s id that mean something else in an address are encoded', async () => {
    const id = 'u2i-a+b=c:d~1.2';
    avito.chat(DANA, 1, id);

    const asked: string[] = [];
    const { outbound: other } = createAvito({
      fetch(url, init) {
        asked.push(new URL(String(url)).pathname);
        return fetch(url, init);
      },
    });

    expect(await other.send(credentials(), textTo(id, 'Hi', {}, 'avito'), signal())).toMatchObject({ kind: 'sent' });
    expect(asked.at(-1)).toBe('/messenger/v1/accounts/88001/chats/u2i-a%2Bb%3Dc%3Ad~1.2/messages');
    expect(callsOf('POST messages').map(({ ids }) => ids[1])).toEqual([id]);
  });

  test('a picture is uploaded, and then sent by its id', async () => {
    const chat = avito.chat(DANA);
    const message = { ...textTo(chat.id, '', {}, 'avito'), content: file(Buffer.from('png bytes')) };

    expect(await outbound.send(credentials(), message, signal())).toMatchObject({ kind: 'sent' });
    const { image } = chat.messages.at(-1)!.content as { image: { sizes: Record<string, string> } };
    const shown = await fetch(image.sizes['1280x960'] ?? '');
    expect(Buffer.from(await shown.arrayBuffer()).toString()).toBe('png bytes');
  });

  test('a picture that cannot be read is tried again later', async () => {
    const broken = file(Buffer.from('png'));
    if (broken.type !== 'file') throw new Error('no file');
    const content = { type: 'file', file: { ...broken.file, size: 99 } } as const;

    const sent = await outbound.send(
      credentials(),
      { ...textTo(avito.chat(DANA).id, '', {}, 'avito'), content },
      signal(),
    );

    expect(sent).toMatchObject({ kind: 'unreachable' });
    expect(callsOf('POST image')).toEqual([]);
  });

  test('a person who has blocked the account, and a chat that is not there, are the person’s fault', async () => {
    const chat = avito.chat(DANA);
    chat.closed = true;
    for (const id of [chat.id, 'u2i-nobody~1']) {
      expect(await outbound.send(credentials(), textTo(id, 'Hi', {}, 'avito'), signal())).toMatchObject({
        kind: 'refused',
        refusal: { reason: 'BAD_CONTACT' },
      });
    }
  });

  test('what was sent comes back as an echo with the id of its answer', async () => {
    const chat = avito.chat(DANA);
    (avito.subscriptions as string[]).push('http://127.0.0.1:1/');
    const sent = await outbound.send(credentials(), textTo(chat.id, 'Hi', {}, 'avito'), signal());

    expect(inbound.echoesOwn).toBe(true);
    const [echo] = inbound.parse(avito.waiting[0], { text: '', identity: String(avito.userId) });
    expect(echo).toMatchObject({ kind: 'echo', providerId: sent.kind === 'sent' && sent.providerId });
  });

  test('a message is deleted within an hour, again without harm, and not later', async () => {
    const chat = avito.chat(DANA);
    const to = [{ chatType: 'avito', chatId: chat.id }] as const;
    const sendOne = async () => {
      const sent = await outbound.send(credentials(), textTo(chat.id, 'Hi', {}, 'avito'), signal());
      return sent.kind === 'sent' ? sent.providerId : '';
    };
    const [first, second] = [await sendOne(), await sendOne()];
    const remove = (id: string) => outbound.remove!(credentials(), { to }, id, signal());

    expect(outbound.removeHours).toBe(1);
    expect([await remove(first), await remove(first)]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(chat.messages.map(({ type }) => type)).toEqual(['deleted', 'text']);
    avito.clock.pass(HOUR_MS + 1000);
    expect(await remove(second)).toMatchObject({ refusal: { reason: 'MESSAGES_DELETION_TIME_EXPIRED' } });
    expect(await remove('f00d9999')).toMatchObject({ refusal: { reason: 'MESSAGES_NOT_FOUND' } });
  });

  test('a voice message is asked for anew when its address has ended', async () => {
    const chat = avito.chat(DANA);
    avito.sendsFile(chat, 'voice', Buffer.from('opus'));
    const [id] = [...avito.voiceIds];
    const open = () => inbound.openFile!(credentials(), `voice:${id}`, signal());

    expect(await open()).toMatchObject({ kind: 'file', mimeType: 'audio/mp4' });
    avito.clock.pass(2 * HOUR_MS);
    expect(await open()).toMatchObject({ kind: 'file' });
    expect(callsOf('GET voices')).toHaveLength(2);
  });

  test('no token goes to where pictures lie, and a few redirects are followed', async () => {
    const asked: { url: string; authorization: string | null; redirect: string | undefined }[] = [];
    const { inbound: other } = createAvito({
      async fetch(url, init) {
        const authorization = new Headers(init?.headers).get('authorization');
        asked.push({ url: String(url), authorization, redirect: init?.redirect });
        return new Response(null, { status: 302, headers: { location: 'https://cdn.example/' } });
      },
    });

    expect(await other.openFile!(credentials(), 'https://img.k.avito.ru/chat/1280x960/5.jpg', signal())).toMatchObject({
      kind: 'later',
    });
    const calls = ['https://img.k.avito.ru/chat/1280x960/5.jpg', ...Array(3).fill('https://cdn.example/')];
    expect(asked).toEqual(calls.map((url) => ({ url, authorization: null, redirect: 'manual' })));
  });
});
