import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { connectTelegram } from '#test/e2e/played-telegram';
import { clientText, postUpdate, type Webhook } from '#test/e2e/telegram-update';

const CHAT = 501;
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), randomBytes(6_000_000)]);

function postPhoto(webhook: Webhook, id: number, fileId: string) {
  const { text: _text, ...message } = clientText({ chat: CHAT, id, text: '' }).message;
  const photo = [{ file_id: fileId, file_unique_id: 'u', width: 90, height: 60, file_size: 1200 }];
  return postUpdate(webhook, { update_id: id, message: { ...message, photo } });
}

test('a photo is read back whole after the messenger’s own address died, and a kill in the middle costs nothing', async () => {
  needsThisMachine('kill -9');
  const options = { folder: await makeFolder(), port: await freePort() };
  const konvert = await startKonvert(options);
  const { bot, apiKey: key, channelId, webhook } = await connectTelegram(konvert);
  const { url } = konvert;
  const addresses = async () => {
    const path = `/v1/chats/${channelId}/telegram/${CHAT}/messages`;
    const { messages = [] } = (await callApi(url, 'GET', path, { key })).body;
    return messages.map(({ contentUri }: { contentUri: string }) => contentUri) as string[];
  };
  const addressOf = (index: number) => until('the message is there', async () => (await addresses())[index]);
  const stored = async () =>
    (await readdir(join(options.folder, 'files'), { recursive: true })).filter((path) => path.endsWith('about.json'));

  bot.files.set('photo-1', JPEG);
  expect((await postPhoto(webhook, 1, 'photo-1')).status).toBe(200);
  const first = await addressOf(0);
  expect(first).toMatch(new RegExp(`^${url}/files/[\\w-]{27}/image\\.jpg$`));
  const answer = await fetch(first);
  expect(Buffer.from(await answer.arrayBuffer()).equals(JPEG)).toBe(true);
  expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  bot.files.delete('photo-1');

  // The messenger does not go on in the middle of the second file.
  bot.files.set('photo-2', JPEG);
  bot.hangFiles = true;
  expect((await postPhoto(webhook, 2, 'photo-2')).status).toBe(200);
  const second = await addressOf(1);
  await until('the file is being fetched', async () => (bot.hanging > 0 ? true : undefined));
  await konvert.kill();
  expect(await stored()).toHaveLength(1);

  bot.hangFiles = false;
  await startKonvert(options);
  const again = await until('the second file is there', async () => {
    const found = await fetch(second);
    return found.status === 200 ? Buffer.from(await found.arrayBuffer()) : undefined;
  });
  expect(again.equals(JPEG)).toBe(true);
  const part = await fetch(first, { headers: { range: 'bytes=-10' } });
  expect([part.status, Buffer.from(await part.arrayBuffer()).equals(JPEG.subarray(-10))]).toEqual([206, true]);
  const head = await fetch(first, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(JPEG.length)]);
  expect(await stored()).toHaveLength(2);
});

test('with a public address a large file is read by a signed one, whole and in parts', async () => {
  needsThisMachine('a setting of npm start');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const konvert = await startKonvert({ folder: await makeFolder(), port, env: { KONVERT_PUBLIC_URL: url } });
  const { bot, apiKey: key, channelId, webhook } = await connectTelegram(konvert);
  bot.files.set('photo-1', JPEG);
  expect((await postPhoto(webhook, 1, 'photo-1')).status).toBe(200);
  const address = await until('the message is there', async () => {
    const path = `/v1/chats/${channelId}/telegram/${CHAT}/messages`;
    return (await callApi(url, 'GET', path, { key })).body.messages?.[0]?.contentUri as string | undefined;
  });

  const redirect = await until('the file is there', async () => {
    const answer = await fetch(address, { redirect: 'manual' });
    return answer.status === 302 ? answer : undefined;
  });
  const signed = redirect.headers.get('location')!;
  expect(signed).toMatch(new RegExp(`^${url}/signed/.+/image\\.jpg$`));
  expect(Buffer.from(await (await fetch(signed)).arrayBuffer()).equals(JPEG)).toBe(true);
  const part = await fetch(address, { headers: { range: 'bytes=5-9' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 5-9/${JPEG.length}`]);
  expect((await fetch(signed.replace(/\.[\w-]+\/image/, '.AAAA/image'))).status).toBe(403);
});
