import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inbound, OpenedFile } from '#channels/inbound';
import { createTelegram } from '#channels/telegram/index';
import { createEventWorld } from '#test/functions/event-world';
import { type Answer, createWorld, type MessageListAnswer, messageOf, type World } from '#test/world';

const ANNA = 5001;
const DAY = 24 * 3_600_000;
/** The smallest PNG. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), randomBytes(300_000)]);

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

let lastId = 100;

/** Lets Anna send a file. `fields` are those of the message. */
async function send(fields: object, at = world.clock.now()): Promise<void> {
  lastId += 1;
  const { text: _text, ...message } = messageOf(ANNA, '', lastId, at);
  expect((await world.webhook({ update_id: lastId, message: { ...message, ...fields } })).status).toBe(200);
}

function photo(fileId: string) {
  return { photo: [{ file_id: fileId, file_unique_id: 'u', width: 1, height: 1, file_size: 9 }] };
}

function document(fileId: string, name: string, mimeType = 'application/octet-stream') {
  return { document: { file_id: fileId, file_unique_id: 'u', file_name: name, mime_type: mimeType } };
}

async function newest(): Promise<MessageListAnswer['messages'][number]> {
  return (await world.history(ANNA)).messages.at(-1)!;
}

function read(contentUri: string | undefined, headers = {}, method = 'GET'): Promise<Answer> {
  return world.call(method, new URL(contentUri!).pathname, { headers });
}

const downloads = () => world.bot.calls.filter(({ method }) => method === 'getFile').length;
const lines = () => world.logs.filter((line) => 'file' in line);

describe('a file of a client', () => {
  test('is read back byte for byte after the messenger’s own address has died', async () => {
    await send({ ...photo('photo-1'), caption: 'Look' });
    await world.drain();
    const { contentUri } = await newest();
    expect(contentUri).toMatch(/^https:\/\/konvert\.example\/files\/[\w-]{27}\/image\.jpg$/);
    world.bot.files.set('photo-1', JPEG);
    // The first request for it brings it here.
    expect((await read(contentUri)).bytes.equals(JPEG)).toBe(true);
    world.bot.files.delete('photo-1');
    world.clock.advance(300 * DAY);

    const answer = await read(contentUri);
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(JPEG)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': "inline; filename*=UTF-8''image.jpg",
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
    // A bell that comes twice fetches nothing.
    await world.app.listeners['store-file']({ Records: [{ body: new URL(contentUri!).pathname.split('/')[2]! }] });
    expect(downloads()).toBe(2);
  });

  test('has one address, however often the messenger delivers the message', async () => {
    world.bot.files.set('photo-1', PNG);
    const at = world.clock.now();
    await send(photo('photo-1'), at);
    await world.drain();
    const before = await newest();
    for (const _ of [1, 2]) {
      lastId -= 1;
      await send(photo('photo-1'), at);
      await world.drain();
    }
    expect(await newest()).toEqual(before);
    expect(downloads()).toBe(1);
  });

  test('each file of a message has an address', async () => {
    world.bot.files.set('still', JPEG).set('moving', PNG);
    await send({ live_photo: { file_id: 'moving', file_unique_id: 'u', ...photo('still') } });
    await world.drain();
    const { contentUri, furtherMedia } = await newest();
    expect((await read(contentUri)).bytes.equals(JPEG)).toBe(true);
    expect((await read(furtherMedia?.[0]?.contentUri)).bytes.equals(PNG)).toBe(true);
  });

  test('a new caption leaves the file as it is, a new file has an address of its own', async () => {
    world.bot.files.set('one', JPEG).set('two', PNG);
    await send({ ...photo('one'), caption: 'Before' });
    await world.drain();
    const { contentUri } = await newest();
    const { text: _text, ...message } = messageOf(ANNA, '', lastId, world.clock.now());
    const edit = (fields: object, later: number) =>
      world.webhook({
        update_id: lastId + 1000 + later,
        edited_message: { ...message, edit_date: Math.floor(world.clock.now() / 1000) + later, ...fields },
      });

    await edit({ ...photo('one'), caption: 'After' }, 1);
    await world.drain();
    expect(await newest()).toMatchObject({ text: 'After', contentUri, isEdited: true });
    expect(downloads()).toBe(1);

    await edit({ ...photo('two'), caption: 'After' }, 2);
    await world.drain();
    const now = await newest();
    expect(now.contentUri).not.toBe(contentUri);
    expect((await read(now.contentUri)).bytes.equals(PNG)).toBe(true);
    expect((await read(contentUri)).bytes.equals(JPEG)).toBe(true);
  });

  test('the message is stored and shown while the file cannot be had, and no log has its address', async () => {
    await send({ ...photo('photo-1'), caption: 'Look' });
    await world.drain();
    const { contentUri } = await newest();
    expect(await world.chat(ANNA)).toMatchObject({ unanswered: expect.anything() });
    expect(lines().at(-1)).toMatchObject({ outcome: 'later', tries: 1 });
    const [, , file] = new URL(contentUri!).pathname.split('/');
    await read(contentUri);
    expect(JSON.stringify(world.logs)).not.toContain(file);
  });
});

test('a receiver of events is told the address that the history shows, before the file is there', async () => {
  const events = await createEventWorld();
  try {
    await events.register();
    const { text: _text, ...message } = messageOf(ANNA, '', 1, events.world.clock.now());
    await events.world.webhook({ update_id: 1, message: { ...message, ...photo('not-there') } });
    await events.world.drain();
    await events.deliver();
    const [told] = events.receiver.calls.flatMap(({ body }) => body?.messages ?? []);
    const [shown] = (await events.world.history(ANNA)).messages;
    expect(told).toMatchObject({ type: 'image', contentUri: shown?.contentUri });
    expect(shown?.contentUri).toMatch(/\/image\.jpg$/);
  } finally {
    await events.stop();
  }
});

describe('a file that is not to be had', () => {
  test('is tried longer and longer apart, and is there once the messenger has it', async () => {
    await send(photo('photo-1'));
    await world.drain();
    const waits: number[] = [];
    for (let tries = 1; tries <= 9; tries += 1) {
      waits.push(world.later.at(-1)!.at - world.clock.now());
      await world.pass(waits.at(-1)!);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900].map((seconds) => seconds * 1000));
    world.bot.files.set('photo-1', PNG);
    await world.pass(900_000);
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);
  });

  test('is given up after a day', async () => {
    await send(photo('photo-1'));
    await world.drain();
    for (let hours = 0; hours < 25 * 4; hours += 1) await world.pass(900_000);
    expect(lines().at(-1)).toMatchObject({ outcome: 'gone' });
    expect(await read((await newest()).contentUri)).toMatchObject({ status: 410, body: { error: 'FILE_GONE' } });
    expect(world.later).toEqual([]);
    const calls = downloads();
    await world.pass(DAY);
    expect(downloads()).toBe(calls);
  });

  test('waits as long as the messenger wants', async () => {
    const parameters = { retry_after: 77 };
    const body = { ok: false, error_code: 429, description: 'Too Many Requests', parameters };
    world.bot.answerNext('getFile', { status: 429, body });
    world.bot.files.set('photo-1', PNG);
    await send(photo('photo-1'));
    await world.drain();
    expect(world.later.at(-1)!.at - world.clock.now()).toBe(77_000);
  });

  test('is refused in words if the messenger never gives it out', async () => {
    world.bot.files.set('film', Buffer.alloc(20 * 1024 * 1024 + 1));
    await send(document('film', 'film.mp4', 'video/mp4'));
    await world.drain();
    const answer = await read((await newest()).contentUri);
    expect(answer).toMatchObject({ status: 410, body: { description: 'Telegram gives out no files above 20 MB' } });
  });

  test('comes when the credentials are right again', async () => {
    const refused = { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } };
    for (const _ of [1, 2, 3]) world.bot.answerNext('getFile', refused);
    world.bot.files.set('photo-1', PNG);
    await send(photo('photo-1'));
    await world.drain();
    // Days later, and nobody has given up.
    for (const _ of [1, 2]) {
      world.clock.advance(DAY);
      await world.pass(900_000);
    }
    expect(lines().at(-1)).toMatchObject({ outcome: 'later', reason: 'unauthorized' });
    await world.pass(900_000);
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);
  });

  test('that lost its bell is found by the watchdog', async () => {
    world.bot.files.set('photo-1', PNG);
    await send(photo('photo-1'));
    world.dropBells();
    await world.app.listeners['watch-chats']();
    await world.drain();
    expect(downloads()).toBe(1);
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);
  });

  test('does not hold up the store when the store fails', async () => {
    world.bot.files.set('photo-1', PNG);
    await send(photo('photo-1'));
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && input.TableName === 'files';
    await expect(world.drain()).rejects.toThrow();
    world.failing = undefined;
    const [, , file] = new URL((await newest()).contentUri!).pathname.split('/');
    await world.app.listeners['store-file']({ Records: [{ body: file }] });
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);
  });
});

describe('what a sender says of a file', () => {
  /** Telegram, but with other answers about files. */
  let answers: OpenedFile[] = [];
  const opens = (...next: OpenedFile[]) => {
    answers = next;
  };

  beforeEach(async () => {
    await world.stop();
    const telegram = createTelegram();
    const openFile: Inbound['openFile'] = (...given) =>
      answers.length > 0 ? Promise.resolve(answers.shift()!) : telegram.inbound.openFile!(...given);
    world = await createWorld({ messenger: { ...telegram, inbound: { ...telegram.inbound, openFile } } });
  });

  const file = (body: Buffer, more: object = {}): OpenedFile => ({ kind: 'file', body: pieces(body), ...more });

  async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  }

  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield Buffer.alloc(1_000_000);
  }

  test('of its length counts for nothing: two gigabytes that are a picture, and a byte that never ends', async () => {
    opens(file(PNG, { size: 2_147_483_648 }));
    await send(photo('photo-1'));
    await world.drain();
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);

    opens({ kind: 'file', body: endless(), size: 1 });
    await send(photo('photo-2'));
    await world.drain();
    expect(lines().at(-1)).toMatchObject({ outcome: 'refused' });
    expect((await read((await newest()).contentUri)).status).toBe(410);
  });

  test('of its SHA-256 is checked: others are fetched once more, and then kept with a note', async () => {
    const right = createHash('sha256').update(PNG).digest('hex');
    opens(file(JPEG, { sha256: right }), file(PNG, { sha256: right.toUpperCase() }));
    await send(photo('photo-1'));
    await world.drain();
    expect(lines().at(-1)).toMatchObject({ outcome: 'later', reason: 'WrongBytesError' });
    await world.pass(5_000);
    expect(lines().at(-1)).toMatchObject({ outcome: 'stored', bytes: PNG.length });
    expect(lines().at(-1)).not.toHaveProperty('why');
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);

    opens(file(JPEG, { sha256: right }), file(JPEG, { sha256: right }));
    await send(photo('photo-2'));
    await world.drain();
    await world.pass(5_000);
    expect(lines().at(-1)).toMatchObject({ outcome: 'stored', why: 'Its bytes are not those that were told' });
    expect((await read((await newest()).contentUri)).bytes.equals(JPEG)).toBe(true);
  });

  test('takes its time, and the next files of the company wait three times as long', async () => {
    async function* slow() {
      world.clock.advance(10_000);
      yield PNG;
    }
    opens({ kind: 'file', body: slow() }, file(JPEG));
    await send(photo('photo-1'));
    await world.drain();
    expect(lines().at(-1)).toMatchObject({ outcome: 'stored' });
    await send(photo('photo-2'));
    await world.drain();
    expect(lines().at(-1)).toMatchObject({ outcome: 'later', reason: 'busy', afterMs: 30_000 });
    await world.pass(30_000);
    expect(lines().at(-1)).toMatchObject({ outcome: 'stored', bytes: JPEG.length });
  });

  test('a body that breaks off is fetched again', async () => {
    const broken = async function* () {
      yield PNG.subarray(0, 20);
      throw new Error('The line is dead');
    };
    opens({ kind: 'file', body: broken() }, file(PNG));
    await send(photo('photo-1'));
    await world.drain();
    expect(lines().at(-1)).toMatchObject({ outcome: 'later', reason: 'BrokenBodyError' });
    await world.pass(5_000);
    expect((await read((await newest()).contentUri)).bytes.equals(PNG)).toBe(true);
  });

  test.each([
    ['an SVG', 'a.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['an SVG that is called a picture', 'a.png', 'image/png', '<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ['HTML', 'a.html', 'text/html', '<!doctype html><script>alert(1)</script>'],
    ['HTML that is called a picture', 'a.jpg', 'image/jpeg', '<html><script>alert(1)</script></html>'],
    ['XML', 'a.xml', 'application/xml', '<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a Lottie sticker', 'a.was', 'application/was', 'PK\x03\x04 not a picture'],
    ['nothing', 'a.png', 'image/png', ''],
  ])('of its type counts for nothing: %s is an attachment', async (_, name, mimeType, text) => {
    world.bot.files.set('x', Buffer.from(text));
    await send(document('x', name, mimeType));
    await world.drain();
    const answer = await read((await newest()).contentUri);
    expect([answer.status, answer.text]).toEqual([200, text]);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });
});
