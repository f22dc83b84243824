import { expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

const konvert = useKonvert();
const chromium = useBrowser();

test('a template is filled, with the file of its header, and arrives with both', async () => {
  await konvert.says('dan', 'What do you offer?', { by: 'number' });
  const page = await chromium.open(await konvert.link('olga'));
  await lineOf(page, 'Dan').click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Choose a template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^offer/ }).click();
  await dialog.getByRole('textbox', { name: 'Value 1' }).fill('Dan');
  await dialog.getByRole('button', { name: 'Send the template' }).click();
  expect(await dialog.count(), 'it was sent without its file').toBe(1);
  expect(await axe(page)).toEqual([]);

  const file = { name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 an offer') };
  await dialog.getByLabel('File').setInputFiles([file]);
  await dialog.getByRole('button', { name: 'Send the template' }).click();

  await expect.poll(() => dialog.count()).toBe(0);
  await konvert.untilGot('dan', 'Here is our offer, Dan.', 'number');
  const message = page.getByRole('article').filter({ hasText: 'Here is our offer, Dan.' });
  await message.getByRole('link', { name: /offer\.pdf/ }).waitFor();
  const response = await fetch(`${konvert.url}/demo-messenger/whatsapp/messages`);
  const { messages } = (await response.json()) as { messages: { text: string; file?: { name: string } }[] };
  expect(messages.find(({ text }) => text.startsWith('Here is our offer'))?.file?.name).toBe('offer.pdf');
});
