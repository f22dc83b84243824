import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { connectTelegram } from '#test/e2e/played-telegram';

/** Larger than a body of the API may be. */
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(12 * 1024 * 1024)]);

test('a file is uploaded past the API, sent, and read back whole; half an upload is none', async () => {
  needsThisMachine('a deployment gives the messenger an address in its bucket, not the bytes');
  const konvert = await startKonvert({ folder: await makeFolder(), port: await freePort() });
  const { bot, apiKey: key, channelId } = await connectTelegram(konvert);
  const { url } = konvert;
  const about = { name: 'Offer 5.pdf', type: 'application/pdf', size: PDF.length };
  const { status, body } = await callApi(url, 'POST', '/v1/files', { key, body: about });
  const { contentUri, upload } = body as {
    contentUri: string;
    upload: { url: string; headers: Record<string, string> };
  };
  const put = (bytes: Buffer) => fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes as never });
  const message = { channelId, chatType: 'telegram', chatId: '501', contentUri };
  const send = (more = {}) => callApi(url, 'POST', '/v3/message', { key, body: { ...message, ...more } });
  expect(status).toBe(201);

  expect((await put(PDF.subarray(0, 1_000))).status).toBe(403);
  expect((await send()).body).toMatchObject({ error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR' });
  expect((await put(PDF)).status).toBe(200);
  expect((await send()).status).toBe(201);

  const sent = await until('the file has left', async () => bot.calls.find(({ method }) => method === 'sendDocument'));
  expect(sent.file).toMatchObject({ name: 'Offer 5.pdf', type: 'application/pdf' });
  expect(sent.file?.bytes.equals(PDF)).toBe(true);
  expect(Buffer.from(await (await fetch(konvert.reached(contentUri))).arrayBuffer()).equals(PDF)).toBe(true);
});

test('no address leads a file or a bridge into it', async () => {
  needsThisMachine('the stack that tests deploy may call this machine');
  const konvert = await startKonvert({ folder: await makeFolder(), port: await freePort() });
  const { apiKey: key, channelId } = await connectTelegram(konvert);
  const call = (path: string, body: object) => callApi(konvert.url, 'POST', path, { key, body });
  // There a cloud tells a machine its credentials.
  const contentUri = 'http://169.254.169.254/latest/meta-data/';
  const message = { channelId, chatType: 'telegram', chatId: '501', contentUri };
  expect((await call('/v3/message', message)).body).toMatchObject({
    description: expect.stringContaining('PRIVATE_ADDRESS'),
  });
  const bridge = { serverUrl: 'http://169.254.169.254', instance: 'shop', apiKey: 'made-up-key' };
  expect((await call('/v1/channels', { transport: 'whatsapp', name: 'Shop', credentials: bridge })).body).toMatchObject(
    {
      error: 'CREDENTIALS_REFUSED',
      description: expect.stringContaining('private network'),
    },
  );
});
