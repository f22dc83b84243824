/// <reference lib="dom" />
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

// A file that the messenger has not given out yet: the server answers 503 FILE_NOT_READY for it.

const konvert = useKonvert();
const chromium = useBrowser();
const COMING = 'On its way from the messenger…';

/** A red dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);

/** The newest message of Anna, with that file of hers. It is there once `arrive` is called. */
async function openComing(name: string, type: string, bytes: Buffer) {
  const page = await (await chromium.newContext()).newPage();
  let isThere = false;
  await page.route('**/files/**', (route) =>
    isThere
      ? route.fulfill({ body: bytes, contentType: type })
      : route.fulfill({ status: 503, json: { error: 'FILE_NOT_READY', description: 'On its way' } }),
  );
  await konvert.says('anna', name, { file: { name, type, bytes } });
  await page.goto(await konvert.link('olga'));
  await lineOf(page, 'Anna').click();
  const message = page.getByRole('article').filter({ hasText: name });
  await message.waitFor();
  return {
    message,
    arrive() {
      isThere = true;
    },
  };
}

const isComing = (message: Locator) => expect.poll(() => message.getByText(COMING).count());

test('a picture says so, and is shown when it is there', async () => {
  const { message, arrive } = await openComing('dot.png', 'image/png', DOT);
  await isComing(message).toBe(1);

  arrive();

  const picture = message.getByRole('button', { name: 'Show in full' }).getByRole('img');
  await picture.waitFor();
  await isComing(message).toBe(0);
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(5);
});

test('a document says so, and is a link when it is there', async () => {
  const { message, arrive } = await openComing('offer.pdf', 'application/pdf', Buffer.from('%PDF-1.4 offer'));
  await isComing(message).toBe(1);
  expect(await message.getByRole('link').count()).toBe(0);

  arrive();

  await message.getByRole('link', { name: /offer\.pdf/ }).waitFor();
  await isComing(message).toBe(0);
});

test('a voice message says so when it is pressed, and plays as soon as it is there', async () => {
  const { message, arrive } = await openComing('voice.ogg', 'audio/ogg', silence());
  await message.getByRole('button', { name: 'Play' }).click();
  await isComing(message).toBe(1);
  await message
    .locator('audio')
    .evaluate((audio) => audio.addEventListener('playing', () => audio.setAttribute('data-played', '')));

  arrive();

  await expect.poll(() => message.locator('audio[data-played]').count()).toBe(1);
  await isComing(message).toBe(0);
});

/** Two seconds of it as WAVE, which a browser knows by its beginning. */
function silence(): Buffer {
  const [rate, seconds, header] = [8000, 2, Buffer.alloc(44)];
  const length = rate * seconds;
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(length, 40);
  return Buffer.concat([header, Buffer.alloc(length, 128)]);
}
