import { equal, match, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { connect, type Trial } from './spine.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

/** Tries files of clients: how they come, how they are read, and what does not run in a browser. */
export async function playFiles(trial: Trial): Promise<void> {
  const { url, bot, report, withinMs } = trial;
  const shop = await connect(trial);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  let lastId = 0;

  /** Lets the client send a file. Resolves to its address, on this machine. */
  async function send(bytes: Buffer, fields: (file: object) => object): Promise<string> {
    lastId += 1;
    const fileId = `file-${chat}-${lastId}`;
    bot.files.set(fileId, bytes);
    const { text: _text, ...message } = clientText({ chat, id: lastId, text: '' }).message;
    const file = { file_id: fileId, file_unique_id: fileId, width: 90, height: 60 };
    const answer = await postUpdate(shop.webhook, { update_id: lastId, message: { ...message, ...fields(file) } });
    equal(answer.status, 200);
    await shop.chatAs(chat, { unanswered: true });
    const found = await until(
      'the message is shown',
      async () => (await shop.history(chat)).messages[lastId - 1]?.contentUri as string | undefined,
      withinMs,
    );
    match(found, /^https?:\/\/.+\/files\/[\w-]{27}\/[^/]+$/);
    await until(
      'the file is there',
      async () => (await fetch(local(found), { method: 'HEAD' })).status === 200 || undefined,
      withinMs,
    );
    // The messenger's own address dies.
    bot.files.delete(fileId);
    return local(found);
  }

  const local = (address: string) => url + address.slice(address.indexOf('/files/'));
  const namesOf = (headers: object) => Object.keys(headers).sort().join();
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  await report.check('a photo is read back byte for byte, whole and in parts', async () => {
    const photo = Buffer.concat([JPEG, randomBytes(300_000)]);
    const address = await send(photo, (file) => ({ photo: [file] }));
    const whole = await fetch(address);
    equal(whole.headers.get('content-type'), 'image/jpeg');
    equal(whole.headers.get('content-security-policy'), "sandbox; default-src 'none'");
    ok((await bytesOf(whole)).equals(photo));
    const part = await fetch(address, { headers: { range: 'bytes=-10' } });
    equal(part.status, 206);
    ok((await bytesOf(part)).equals(photo.subarray(-10)));
    equal((await fetch(address, { headers: { range: `bytes=${photo.length}-` } })).status, 416);
  });
  await report.check('a large document is read from the bucket, by an address that was signed', async () => {
    const document = randomBytes(6_000_000);
    const address = await send(document, (file) => ({ document: { ...file, file_name: 'Счёт №5.bin' } }));
    const redirect = await fetch(address, { redirect: 'manual' });
    equal(redirect.status, 302);
    const signed = redirect.headers.get('location')!;
    ok((await bytesOf(await fetch(signed))).equals(document));
    equal((await fetch(signed.replace(/(Signature=)./, '$1x'))).status, 403, 'another signature');
    equal((await fetch(signed.split('?')[0]!)).status, 403, 'no signature');
  });
  await report.check('HTML is an attachment without a type', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    const address = await send(page, (file) => ({
      document: { ...file, file_name: 'a.html', mime_type: 'text/html' },
    }));
    const { headers } = await fetch(address);
    equal(headers.get('content-type'), 'application/octet-stream');
    match(String(headers.get('content-disposition')), /^attachment;/);
    equal(headers.get('x-content-type-options'), 'nosniff');
  });
  await report.check('a page of ours may put a file into the bucket, another may not', async () => {
    const body = { name: 'a.txt', type: 'text/plain', size: 1 };
    const answer = await shop.call('POST', '/v1/files', body);
    equal(answer.status, 201, JSON.stringify(answer.body));
    const { contentUri, upload } = answer.body;
    const asks = { 'access-control-request-method': 'PUT', 'access-control-request-headers': namesOf(upload.headers) };
    const ask = (origin: string) => fetch(upload.url, { method: 'OPTIONS', headers: { ...asks, origin } });
    const { origin } = new URL(contentUri);
    const ours = await ask(origin);
    equal(ours.status, 200);
    equal(ours.headers.get('access-control-allow-origin'), origin);
    equal((await ask('https://evil.example')).status, 403);
  });
  await report.check('an unknown file: 404', async () => {
    equal((await fetch(`${url}/files/${'a'.repeat(27)}/a.png`)).status, 404);
  });
}
