import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, runCommand, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';

const PDF = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n'), Buffer.alloc(3000, 'x')]);
/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const CHATS = [
  { channel: 'telegram', path: '/demo-messenger', chat: 'telegram/1001', whenRead: 'sent' },
  { channel: 'whatsapp', path: '/demo-messenger/whatsapp', chat: 'whatsapp/79005550101', whenRead: 'read' },
] as const;

test('a photo comes in and a document goes out in both messengers, and both outlive the messenger’s own copy', async () => {
  needsThisMachine('the commands of the demo');
  const folder = await makeFolder();
  const demo = (...words: string[]) => runCommand({ folder }, 'demo', ...words);
  const [photo, act] = [join(folder, 'red one.png'), join(folder, 'act.pdf')];
  await Promise.all([writeFile(photo, PNG), writeFile(act, PDF)]);
  const first = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  const known = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  const channelIds: Record<string, string> = { telegram: known.channelId, whatsapp: known.whatsappChannelId };
  const history = async (url: string, { channel, chat }: (typeof CHATS)[number]) =>
    (await callApi(url, 'GET', `/v1/chats/${channelIds[channel]}/${chat}/messages`, { key: known.apiKey })).body
      .messages;

  for (const { channel, path } of CHATS) {
    const written = await demo('write', '--channel', channel, '--file', photo, 'This one?');
    expect(written.output).toContain('The chat is unanswered, 1 message waits');
    const replied = await demo('reply', '--channel', channel, '--file', act);
    expect(replied.output).toContain('The client has it in the messenger.');
    const { messages } = (await callApi(first.url, 'GET', `${path}/messages`)).body;
    expect(messages.at(-1)).toMatchObject({ file: { name: 'act.pdf', size: PDF.length } });
  }
  for (const one of CHATS) {
    await until(
      'the client has read it',
      async () => (await history(first.url, one)).at(-1).status === one.whenRead || undefined,
    );
    await until(
      'the photo is here',
      async () => (await fetch((await history(first.url, one))[0].contentUri)).ok || undefined,
    );
  }
  expect(await first.stop()).toBe(0);
  await rm(join(folder, 'demo-media'), { recursive: true });

  const second = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  for (const one of CHATS) {
    const [said, answered] = await history(second.url, one);
    expect(said).toMatchObject({ type: 'image', text: 'This one?', status: 'inbound' });
    expect(answered).toMatchObject({ type: 'document', status: one.whenRead });
    expect(Buffer.from(await (await fetch(said.contentUri)).arrayBuffer())).toEqual(PNG);
    expect(Buffer.from(await (await fetch(answered.contentUri)).arrayBuffer())).toEqual(PDF);
  }
});

test('a client of the CRM who writes to the WhatsApp number is seen by the person responsible', async () => {
  needsThisMachine('the commands of the demo');
  const folder = await makeFolder();
  const demo = (...words: string[]) => runCommand({ folder }, 'demo', ...words);
  await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });

  expect((await demo('write', '--channel', 'whatsapp', '--client', 'bob', 'Hello')).code).toBe(0);
  expect((await demo('list', '--as', 'ivan')).output).toContain('unanswered  Bob of the CRM: Hello');
  expect((await demo('list', '--as', 'maria')).output).not.toContain('Hello');

  const nobody = await demo('reply', '--channel', 'whatsapp', '--client', 'carol', 'Hello, Carol!');
  expect(nobody).toEqual({ code: 1, output: expect.stringContaining('The demo client has not written yet') });
  expect((await demo('write', '--channel', 'icq', 'Hello')).code).toBe(2);
});
