import { describe, expect, test } from 'vitest';
import { createTelegram } from '#channels/telegram/index';
import { PATIENCE_MS } from '#test/patience';

const BOT = '7000000001:AAF-made_up_token_of_thirty_five_ch';
const ok = (result: unknown) => Response.json({ ok: true, result });

/** Opens a file of a messenger that answers so, and tells which addresses were called. */
async function open(file: unknown, download: () => Response = () => new Response('bytes'), apiBaseUrl?: string) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push({ url: String(input), init });
    return String(input).endsWith('/getFile') ? ok(file) : download();
  };
  const credentials = { botToken: BOT, ...(apiBaseUrl && { apiBaseUrl }) };
  const opened = await createTelegram({ fetch }).inbound.openFile!(credentials, 'id', AbortSignal.timeout(PATIENCE_MS));
  return { opened, asked, downloads: asked.filter(({ url }) => !url.endsWith('/getFile')) };
}

describe('a file of Telegram', () => {
  test('is asked for at the messenger’s own address, and no redirect is followed with the token', async () => {
    const { opened, downloads } = await open({ file_path: 'photos/a b+ü.jpg', file_size: 5 });
    expect(opened).toMatchObject({ kind: 'file', size: 5 });
    expect(downloads).toMatchObject([
      { url: `https://api.telegram.org/file/bot${BOT}/photos/a%20b%2B%C3%BC.jpg`, init: { redirect: 'manual' } },
    ]);
    const redirect = () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } });
    const { opened: redirected, asked } = await open({ file_path: 'photos/a.jpg' }, redirect);
    expect(redirected).toEqual({ kind: 'later', afterSeconds: 0 });
    expect(asked).toHaveLength(2);
  });

  test('is asked for at the address of the channel, if it has one', async () => {
    const { downloads } = await open({ file_path: 'a.jpg' }, undefined, 'https://bots.example/api');
    expect(downloads.map(({ url }) => url)).toEqual([`https://bots.example/api/file/bot${BOT}/a.jpg`]);
  });

  test.each([
    '/var/lib/telegram-bot-api/a.jpg',
    '../other-bot/a.jpg',
    'photos/../../a.jpg',
    'photos/.hidden',
    'photos//a.jpg',
    'photos\\a.jpg',
    'a.jpg?x=1',
    'a.jpg#x',
    'a\n.jpg',
    '',
    'a'.repeat(2_000),
    5,
    undefined,
  ])('whose path is %j has no address', async (file_path) => {
    const { opened, downloads } = await open({ file_path });
    expect(opened).toMatchObject({ kind: 'gone', why: 'Telegram names no address for the file' });
    expect(downloads).toEqual([]);
  });

  test.each([
    [401, 'unauthorized'],
    [404, 'later'],
    [429, 'later'],
    [500, 'later'],
  ])('that is answered with %i is %s', async (status, kind) => {
    const { opened } = await open({ file_path: 'a.jpg' }, () => new Response('no', { status }));
    expect(opened.kind).toBe(kind);
  });
});
