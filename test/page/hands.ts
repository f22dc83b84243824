import type { Locator, Page } from 'playwright-core';

/** How a person does things in a page. Each waits until what it is about is there. */
export interface Hand {
  readonly page: Page;
  /** A button, a link, a switch. */
  press(target: Locator): Promise<void>;
  /** Puts that into a field, in the place of what is there. */
  write(field: Locator, text: string): Promise<void>;
  /** A radio of a group. */
  choose(radio: Locator): Promise<void>;
}

/** Who has a mouse, or a finger. */
export function byMouse(page: Page): Hand {
  return {
    page,
    press: (target) => pressed(target),
    async write(field, text) {
      await field.click();
      await field.fill(text);
    },
    choose: (radio) => pressed(radio),
  };
}

/** What is drawn of a switch or a radio is its label. */
async function pressed(target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  const label = target.locator('xpath=ancestor::label');
  await ((await label.count()) > 0 ? label : target).click();
}

/** Who has a keyboard and nothing else: Tab, arrows, Enter, Space, and text. */
export function byKeyboard(page: Page): Hand {
  return {
    page,
    async press(target) {
      await tabTo(page, target);
      const isSwitch = (await target.getAttribute('role')) === 'switch';
      await page.keyboard.press(isSwitch ? 'Space' : 'Enter');
    },
    async write(field, text) {
      await tabTo(page, field);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(text);
    },
    async choose(radio) {
      const name = await radio.getAttribute('name');
      // Tab leads to the one that is chosen, and arrows to the others.
      await tabTo(page, page.locator(`input[name=${JSON.stringify(name)}]:checked`));
      for (let presses = 0; presses < MOST_RADIOS && !(await radio.isChecked()); presses++) {
        await page.keyboard.press('ArrowRight');
      }
    },
  };
}

const MOST_TABS = 120;
const MOST_RADIOS = 10;

/** Presses Tab, or a key that leads through a menu, until it has the focus. Throws if no number of presses leads there. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'attached' });
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`No ${key} leads to ${target}`);
}
