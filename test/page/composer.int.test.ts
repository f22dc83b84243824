import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { holdPictures } from './held-pictures.ts';
import { useKonvert } from './konvert.ts';
import { untilSeen } from './people.ts';

const konvert = useKonvert();
const chromium = useBrowser();

/** A red dot. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==';

/** Olga's page with the chat of that client open. */
async function openChat(name: string): Promise<{ page: Page; field: Locator }> {
  const page = await chromium.open(await konvert.link('olga'));
  await chooseChat(page, name);
  return { page, field: page.getByRole('textbox', { name: `Message to ${name}` }) };
}

async function chooseChat(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click();
  await untilRead(page, name);
}

/** What is typed or quoted belongs to a history that is there. */
async function untilRead(page: Page, name: string): Promise<void> {
  await page.getByRole('feed', { name }).getByRole('article').last().waitFor();
}

/** Gives files to the page as the clipboard or a drag does. */
async function give(
  target: Locator,
  kind: 'paste' | 'dragenter' | 'dragleave' | 'drop',
  name = 'dot.png',
): Promise<void> {
  await target.evaluate(
    (element, [type, file, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], file, { type: 'image/png' }));
      const how = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        type === 'paste'
          ? new ClipboardEvent(type, { ...how, clipboardData: data })
          : new DragEvent(type, { ...how, dataTransfer: data }),
      );
    },
    [kind, name, PNG] as const,
  );
}

test('Enter that chooses a word of an input method sends nothing, the next one does', async () => {
  await konvert.says('anna', 'Good day!');
  const { page, field } = await openChat('Anna Demo');
  const keyboard = await page.context().newCDPSession(page);
  await field.focus();

  await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await keyboard.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    windowsVirtualKeyCode: 229,
    key: 'Enter',
    code: 'Enter',
  });
  await expect.poll(() => field.inputValue()).toBe('にほん');
  expect(await page.getByRole('article').filter({ hasText: 'にほん' }).count()).toBe(0);

  await keyboard.send('Input.insertText', { text: '日本' });
  await page.keyboard.press('Enter');
  await konvert.untilGot('anna', '日本');
  await expect.poll(() => field.inputValue()).toBe('');
});

test('Shift and Enter break the line, and so does Enter once Ctrl and Enter are to send; that is kept', async () => {
  await konvert.says('bob', 'Good day!');
  const { page, field } = await openChat('Bob of the CRM');
  await field.pressSequentially('one');
  await field.press('Shift+Enter');
  await field.pressSequentially('two');
  await field.press('Enter');
  await konvert.untilGot('bob', 'one\ntwo');

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Ctrl + Enter sends' }).click();
  await page.reload();
  await untilRead(page, 'Bob of the CRM');
  await field.pressSequentially('three');
  await field.press('Enter');
  await field.pressSequentially('four');
  await expect.poll(() => field.inputValue()).toBe('three\nfour');
  await field.press('Control+Enter');
  await konvert.untilGot('bob', 'three\nfour');
});

test('shortcuts go by the place of the key, whatever a Russian layout writes there', async () => {
  await konvert.says('carol', 'Thank you!');
  const { page, field } = await openChat('Carol of the CRM');
  await expect.poll(() => page.getByRole('button', { name: 'No reply needed (1)' }).count()).toBe(1);
  const keyboard = await page.context().newCDPSession(page);
  const alt = (key: string, code: string) =>
    keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', modifiers: 1, key, code });

  await alt('к', 'KeyR');
  await expect.poll(() => page.getByRole('button', { name: 'Do not quote' }).count()).toBe(1);
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);

  // What is to be dealt with has been on the screen for half a second.
  await untilSeen(page);
  await alt('у', 'KeyE');
  await expect.poll(() => page.getByRole('button', { name: 'Nothing to answer' }).count()).toBe(1);
  await expect.poll(() => field.inputValue()).toBe('');
});

test('a pasted picture is shown first, and goes when it is sent', async () => {
  await konvert.says('dan', 'Which one?');
  const { page, field } = await openChat('Dan Demo');

  await give(field, 'paste');
  const waiting = page.getByRole('list', { name: '1 file to send' });
  await expect.poll(() => waiting.locator('img').count()).toBe(1);
  expect(await konvert.got('dan')).toEqual([]);

  await field.fill('This one');
  await field.press('Enter');
  await konvert.untilGot('dan', 'This one');
  await expect.poll(() => konvert.got('dan').then((got) => got.length)).toBe(2);
  await expect.poll(() => waiting.count()).toBe(0);
});

test('files are dropped on the chat under a veil, which goes when they leave', async () => {
  await konvert.says('eva', 'Your price?');
  const { page } = await openChat('Eva Demo');
  const feed = page.getByRole('feed');
  const veil = page.getByText('Drop the files here');

  await give(feed, 'dragenter');
  await give(page.getByRole('article').first(), 'dragenter');
  await give(feed, 'dragleave');
  await expect.poll(() => veil.count()).toBe(1);
  await give(page.getByRole('article').first(), 'dragleave');
  await expect.poll(() => veil.count()).toBe(0);

  await give(feed, 'dragenter');
  await give(feed, 'drop', 'one.png');
  await give(feed, 'drop', 'two.png');
  await expect.poll(() => veil.count()).toBe(0);
  await expect.poll(() => page.getByRole('list', { name: '2 files to send' }).getByRole('listitem').count()).toBe(2);
  await page.getByRole('button', { name: 'Remove one.png' }).click();
  await expect.poll(() => page.getByRole('list', { name: '1 file to send' }).textContent()).toContain('two.png');
});

test('a file goes to its chat, though another one is open when its upload ends', async () => {
  await konvert.says('frank', 'Send me the picture');
  await konvert.says('anna', 'And me?');
  const { page, field } = await openChat('Frank Demo');
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    (url) => url.pathname.startsWith('/signed/'),
    async (route) => {
      await held;
      await route.continue();
    },
  );

  await give(field, 'paste');
  await field.press('Enter');
  await expect.poll(() => page.getByRole('progressbar', { name: 'Uploading' }).count()).toBe(1);
  await chooseChat(page, 'Anna Demo');
  await page.getByRole('textbox', { name: 'Message to Anna Demo' }).fill('for Anna only');
  letGo();

  await expect.poll(() => konvert.got('frank').then((got) => got.length)).toBe(1);
  expect((await konvert.got('anna')).join()).not.toContain('for Anna only');
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Message to Anna Demo' }).inputValue())
    .toBe('for Anna only');
});

test('Esc and a reload leave what was written and quoted, in its own chat', async () => {
  await konvert.says('anna', 'One more thing');
  const { page, field } = await openChat('Bob of the CRM');
  await field.fill('half a sentence');
  await field.press('Alt+KeyR');
  await field.press('Escape');
  await expect.poll(() => field.inputValue()).toBe('half a sentence');

  await chooseChat(page, 'Anna Demo');
  expect(await page.getByRole('textbox', { name: 'Message to Anna Demo' }).inputValue()).not.toBe('half a sentence');
  await chooseChat(page, 'Bob of the CRM');
  await expect.poll(() => field.inputValue()).toBe('half a sentence');
  await page.reload();
  await expect.poll(() => field.inputValue()).toBe('half a sentence');
  await expect.poll(() => page.getByRole('button', { name: 'Do not quote' }).count()).toBe(1);
});

/** Adds a row, and fills it once it is there: before that the last row is another one. */
async function addReply(page: Page, name: string, text: string): Promise<void> {
  const names = page.getByRole('textbox', { name: 'Name' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => names.last().inputValue()).toBe('');
  await names.last().fill(name);
  await page.getByRole('textbox', { name: 'Text' }).last().fill(text);
}

test('a slash offers quick replies by their words; Enter puts one in and sends nothing', async () => {
  const { page, field } = await openChat('Bob of the CRM');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit the quick replies' }).click();
  for (const [name, text] of [
    ['Delivery', 'We deliver tomorrow.'],
    ['Price', 'It costs 100.'],
  ] as const) {
    await addReply(page, name, text);
  }
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

  await field.fill('');
  await field.pressSequentially('Hello! /');
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
  await field.pressSequentially('pri');
  await expect.poll(() => page.getByRole('option').allInnerTexts()).toHaveLength(1);
  await field.press('Enter');
  await expect.poll(() => field.inputValue()).toBe('Hello! It costs 100.');
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
  await field.pressSequentially(' /');
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
  await field.press('Escape');
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
  await expect.poll(() => field.inputValue()).toBe('Hello! It costs 100. /');
  expect((await konvert.got('bob')).join()).not.toContain('It costs');
});

test('a picture that comes late takes the focus from nothing that somebody has gone to meanwhile', async () => {
  await konvert.says('bob', 'And on Sunday?');
  const { page, field } = await openChat('Bob of the CRM');
  const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);
  const last = page.getByRole('article').filter({ hasText: 'And on Sunday?' });
  await last.hover();

  const letGo = await holdPictures(page);
  await last.getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await expect.poll(() => isFocused(field)).toBe(true);
  await page.getByRole('navigation').getByRole('link').first().press('End');
  await field.focus();
  await letGo();
  expect(await isFocused(field)).toBe(true);

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit the quick replies' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).waitFor();
  const letGoAgain = await holdPictures(page);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => isFocused(page.getByRole('textbox', { name: 'Name' }).last())).toBe(true);
  const text = page.getByRole('textbox', { name: 'Text' }).last();
  await text.focus();
  await letGoAgain();
  expect(await isFocused(text)).toBe(true);
});

test('quick replies that cannot be read or saved say why in the words of the server, and nothing written is lost', async () => {
  const { page, field } = await openChat('Bob of the CRM');
  const down = { status: 409, json: { error: 'BUSY', description: 'The store is busy' } };
  await page.route('**/v1/quick-replies', (route) => route.fulfill(down));
  await field.fill('');
  await field.pressSequentially('/');
  await expect.poll(() => page.getByText('could not be read: The store is busy').count()).toBe(1);

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit the quick replies' }).click();
  const problem = page.getByRole('dialog').getByRole('alert');
  await expect.poll(() => problem.textContent()).toContain('could not be read: The store is busy');
  await page.unroute('**/v1/quick-replies');
  await problem.getByRole('button', { name: 'Try again' }).click();
  await addReply(page, 'Hours', 'We open at nine.');

  await page.route('**/v1/quick-replies', (route) => route.fulfill(down));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => problem.textContent()).toBe('Not saved: The store is busy ');
  await expect.poll(() => page.getByRole('textbox', { name: 'Text' }).last().inputValue()).toBe('We open at nine.');
});

test('quality control reads, and has nothing to write or to say with', async () => {
  const page = await chromium.open(await konvert.link('pavel'));
  await page.getByRole('navigation').getByRole('link', { name: 'Bob of the CRM' }).click();

  await expect.poll(() => page.getByText('Quality control: reading only').count()).toBe(1);
  expect(await page.getByRole('textbox', { name: /Message to/ }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /No reply needed|Nothing to answer/ }).count()).toBe(0);
});
