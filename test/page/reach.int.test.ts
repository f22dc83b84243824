import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe } from './axe.ts';
import { CLIENTS, nav, openedName, row, rows, useFullList } from './full-list.ts';
import { settled } from './people.ts';

const { openList } = useFullList();

const focusedName = (page: Page) => page.evaluate(`document.activeElement.querySelector('.row-name')?.textContent`);

const names = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('nav a')]
    .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((link) => link.querySelector('.row-name').textContent)`);

describe('with keys only', () => {
  test('every chat can be reached, opened and left', async () => {
    const page = await openList();
    await expect.poll(() => rows(page).count()).toBe(CLIENTS.length);
    await page.keyboard.press('F6');
    const order = await names(page);

    for (const name of order) {
      await expect.poll(() => focusedName(page)).toBe(name);
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => openedName(page).textContent()).toBe(order[1]);

    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => openedName(page).textContent()).toBe(order[2]);
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => openedName(page).textContent()).toBe(order[1]);
  });

  test('F6 goes round the panes, and Ctrl+K to the search', async () => {
    const page = await openList();
    await row(page, /^Bob/).click();
    await page.getByRole('textbox').waitFor();
    await page.getByRole('feed').getByRole('article').last().waitFor();
    const pane = () =>
      page.evaluate<string>(`document.activeElement.closest('nav, [role=feed], textarea')?.nodeName ?? 'none'`);
    const panes: string[] = [];

    let before = await settled(pane);
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('F6');
      await expect.poll(pane).not.toBe(before);
      before = await pane();
      panes.push(before);
    }
    expect(panes).toContain('NAV');
    expect(panes).toContain('TEXTAREA');
    expect(panes[3]).toBe(panes[0]);
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('search');
  });

  test('the shortcuts are listed by “?”, but not while somebody writes', async () => {
    const page = await openList();
    await row(page, /^Bob/).click();
    await page.getByRole('textbox', { name: /^Message to/ }).fill('Why');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);

    await row(page, /^Bob/).focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Bob of the CRM');
  });

  test('shortcuts work on a Cyrillic layout', async () => {
    const page = await openList();
    await row(page, /^Carol/).click();
    await page.getByRole('button', { name: /^No reply needed/ }).waitFor();

    const pressed = (code: string, key: string, held: object) => {
      const event = JSON.stringify({ code, key, bubbles: true, cancelable: true, ...held });
      return page.evaluate(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', ${event}))`);
    };
    await pressed('KeyK', 'л', { ctrlKey: true });
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('search');
    await pressed('ArrowDown', 'ArrowDown', { altKey: true });
    await expect.poll(() => openedName(page).textContent()).not.toBe('Carol of the CRM');
    const name = await openedName(page).textContent();
    await page.getByRole('button', { name: /^No reply needed/ }).waitFor();
    // What has not been on the screen for a while cannot be dealt with.
    const undo = page.getByRole('button', { name: 'Undo' }).first();
    await expect
      .poll(async () => {
        await pressed('KeyE', 'у', { altKey: true });
        return undo.isVisible();
      })
      .toBe(true);
    await undo.click();
    await row(page, new RegExp(`^${name}.*waits`)).waitFor();
  });
});

describe('at every width', () => {
  test.each([320, 375, 768, 1280])('nothing is cut off: %i px', async (width) => {
    const page = await openList({ viewport: { width, height: 740 } });
    const isWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');

    await expect.poll(() => isWide()).toBe(false);
    await row(page, /^Bob/).click();
    await expect.poll(() => openedName(page).textContent()).toBe('Bob of the CRM');
    await expect.poll(() => isWide()).toBe(false);
    await expect.poll(() => nav(page).isVisible()).toBe(width >= 720);
    if (width < 720) {
      await page.goBack();
      await row(page, /^Bob/).waitFor();
      await row(page, /^Bob/).click();
      await page.getByRole('button', { name: 'Back to the chats' }).click();
      await row(page, /^Bob/).waitFor();
    }
  });

  test('with text of twice the size', async () => {
    const page = await openList({ viewport: { width: 768, height: 900 } });
    await page.evaluate(`document.documentElement.style.fontSize = '32px'; dispatchEvent(new Event('resize'))`);

    await expect.poll(async () => (await row(page, /^Bob/).boundingBox())?.height).toBeGreaterThan(135);
    await expect.poll(() => overlaps(page)).toEqual([]);
  });
});

/** The rows that cover another, which rows of a fixed height would with larger text. */
const overlaps = (page: Page) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('nav a')]
    .map((link) => link.getBoundingClientRect())
    .sort((one, other) => one.top - other.top)
    .filter((box, index, boxes) => index > 0 && box.top < boxes[index - 1].bottom - 1)
    .map(({ top }) => top)`);

describe('for eyes and ears of all kinds', () => {
  test.each([
    ['en-GB', 'light', 1280],
    ['ru-RU', 'dark', 1280],
    ['ru-RU', 'light', 375],
    ['en-GB', 'dark', 375],
  ] as const)('axe finds nothing: %s, %s, %i px', async (locale, colorScheme, width) => {
    const page = await openList({ locale, colorScheme, viewport: { width, height: 740 } });
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: /^(Menu|Меню)$/ }).click();
    await page.getByRole('menu').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('menuitem', { name: /phone|телефоне/ }).click();
    await page.getByRole('dialog').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('nobody of that name');
    await expect.poll(() => rows(page).count()).toBe(0);
    expect(await axe(page)).toEqual([]);
  });

  test('with forced colours the chosen tab and the open chat still stand out', async () => {
    const page = await openList({ forcedColors: 'active' });
    await row(page, /^Bob/).click();

    const isOutlined = (selector: string) =>
      expect
        .poll(() => page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle))
        .toBe('solid');
    await isOutlined('[role=tab][aria-selected=true]');
    await isOutlined('nav [aria-current]');
  });

  test('nothing slides where motion is unwelcome', async () => {
    const page = await openList({ reducedMotion: 'reduce' });

    await expect.poll(() => rows(page).count()).toBe(CLIENTS.length);
    const durations = await page.evaluate<string[]>(`[...document.querySelectorAll('nav li')]
      .map((item) => getComputedStyle(item).transitionDuration)`);
    expect(new Set(durations)).toEqual(new Set(['0s']));
  });

  test('the look and the language that were chosen are there after a reload', async () => {
    const page = await openList();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitemradio', { name: 'Русский' }).click();
    await page.getByRole('tab', { name: 'Неотвеченные' }).waitFor();

    await page.reload();
    await page.getByRole('tab', { name: 'Неотвеченные' }).waitFor();
    await expect.poll(() => page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
  });
});
