import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { lineOf } from './people.ts';

// "Who gets what" of issue 17: settings of a channel, told before they are saved, by two administrators at once.

const konvert = useKonvert();
const chromium = useBrowser();

const PIPELINE = { id: 'konvert-repairs', name: 'Repairs', stages: [{ id: 'konvert-new', name: 'New' }] };
const ROLES = {
  olga: ['manager', false],
  ivan: ['seller', true],
  maria: ['seller', false],
  pavel: ['auditor', false],
} as const;
const SWITCH = 'Receives new clients';

interface Settings {
  readonly newClients: { readonly mode: string; readonly pipelineId?: string; readonly stageId?: string };
  readonly userRoles: readonly { userId: string; role: string; allowGetNewClients: boolean }[];
}

/** What is stored for the first channel of the demo company. */
async function stored(): Promise<Settings & { version: number }> {
  return (await konvert.api('GET', '/v1/settings')).body.channels[konvert.account.channelId];
}

async function roleOf(userId: string): Promise<readonly [role: string, receives: boolean] | undefined> {
  const found = (await stored()).userRoles.find((one) => one.userId === userId);
  return found && [found.role, found.allowGetNewClients];
}

async function put(settings: Settings): Promise<void> {
  const answer = await konvert.api('PUT', `/v1/settings/channels/${konvert.account.channelId}`, { body: settings });
  expect(answer.status).toBe(200);
}

beforeEach(async () => {
  const pipelines = await konvert.api('GET', '/v3/pipelines');
  const others = pipelines.body.filter(({ id }: { id: string }) => !id.startsWith('konvert-'));
  expect((await konvert.api('PUT', '/v1/pipelines', { body: [...others, PIPELINE] })).status).toBe(200);
  const userRoles = Object.entries(ROLES).map(([userId, [role, allowGetNewClients]]) => ({
    userId,
    role,
    allowGetNewClients,
  }));
  await put({ newClients: { mode: 'first-reply' }, userRoles });
});

/** The page of an administrator, on the first channel. */
async function open(options: BrowserContextOptions = {}, path = `/${konvert.account.channelId}`): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), options);
  await page.locator('main').waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/settings/roles${path}`);
  await page.locator('main .roles-channel, main .settings-step').first().waitFor();
  return page;
}

const radio = (page: Page, role: string, name: string) => page.getByRole('radio', { name: `${role}: ${name}` });
const receives = (page: Page, name: string) => page.getByRole('switch', { name: `${SWITCH}: ${name}` });
const save = (within: Page | Locator) => within.getByRole('button', { name: 'Save', exact: true });
const saved = (page: Page) => page.getByText('Everything is saved').waitFor();

/** The requests that change something, in order. */
function watchWrites(page: Page): string[] {
  const writes: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') writes.push(new URL(request.url()).pathname);
  });
  return writes;
}

test('what a save changes for people is told before, it is one request, and sight is another then', async () => {
  await konvert.says('dan', 'Do you have it in blue?');
  const ivan = await chromium.open(await konvert.link('ivan'));
  await lineOf(ivan, 'Dan').waitFor();
  const page = await open();
  const writes = watchWrites(page);

  await radio(page, 'No role', 'Ivan').click();
  await receives(page, 'Maria').setChecked(true, { force: true });
  await page.getByText('2 unsaved changes').waitFor();
  await save(page).click();

  const dialog = page.getByRole('dialog', { name: 'Save these settings?' });
  await dialog.getByText(/^Ivan will no longer see \d+ chats?$/).waitFor();
  await dialog.getByText('Lose their role: Ivan').waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog.getByText('Receive new clients from now on: Maria').waitFor();
  expect([writes, await roleOf('ivan')]).toEqual([[], ['seller', true]]);

  await save(dialog).click();
  await saved(page);

  expect(writes).toEqual([`/v1/settings/channels/${konvert.account.channelId}`]);
  expect([await roleOf('ivan'), await roleOf('maria')]).toEqual([undefined, ['seller', true]]);
  await expect.poll(() => lineOf(ivan, 'Dan').count()).toBe(0);
  const maria = await chromium.open(await konvert.link('maria'));
  await lineOf(maria, 'Dan').waitFor();
});

test('in Russian on a phone, by touch', async () => {
  const options = { locale: 'ru-RU', viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true };
  const page = await open(options);

  await radio(page, 'Нет роли', 'Pavel').tap();
  await page.getByRole('switch', { name: 'Получает новых клиентов: Maria' }).locator('..').tap();
  await page.getByText('2 несохранённых изменения').waitFor();
  await page.getByRole('button', { name: 'Сохранить', exact: true }).tap();
  const dialog = page.getByRole('dialog', { name: 'Сохранить настройки?' });
  await dialog.getByText(/^Pavel больше не увидит \d+ чат(а|ов)?$/).waitFor();
  await dialog.getByText('Останутся без роли: Pavel').waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Сохранить', exact: true }).tap();
  await page.getByText('Всё сохранено').waitFor();

  expect([await roleOf('pavel'), await roleOf('maria')]).toEqual([undefined, ['seller', true]]);
});

test('what changes nothing for anybody at once is saved without a question', async () => {
  const page = await open();

  await radio(page, 'Head', 'Maria').click();
  await save(page).click();
  await saved(page);

  expect(await roleOf('maria')).toEqual(['manager', false]);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('by the keyboard alone: arrows within a row, Tab from row to row, and the focus stays', async () => {
  const page = await open({}, '');
  const focused = () =>
    page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');
  const tabTo = async (name: RegExp) => {
    for (let steps = 0; steps < 40 && !name.test(String(await focused())); steps += 1) await page.keyboard.press('Tab');
    expect(await focused()).toMatch(name);
  };
  await tabTo(/^Demo bot(?! in turn)/);
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
  await expect.poll(focused).toBe('Demo bot');
  await tabTo(/^Set for all 4$/);
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('Set for all 4');

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Seller: Ivan');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('Head: Ivan');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(`${SWITCH}: Ivan`);
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Seller: Maria');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 6 && (await focused()) !== 'Save'; steps += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await Promise.race([saved(page), page.getByRole('dialog').waitFor()]);
  if ((await page.getByRole('dialog').count()) > 0) {
    // The first of a dialog that can be pressed is its cross.
    for (let steps = 0; steps < 4 && (await focused()) !== 'Save'; steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  await saved(page);

  expect([await roleOf('ivan'), await roleOf('maria')]).toEqual([
    ['manager', false],
    ['seller', true],
  ]);
  await expect.poll(focused).toBe('Save');
});

test('quality control has the switch off, and is told why', async () => {
  const page = await open();

  await radio(page, 'Quality control', 'Ivan').click();

  await expect.poll(() => receives(page, 'Ivan').isDisabled()).toBe(true);
  expect(await receives(page, 'Ivan').isChecked()).toBe(false);
  const note = await receives(page, 'Ivan').getAttribute('aria-describedby');
  expect(await page.locator(`[id="${note}"]`).textContent()).toBe('Only reads, gets none');
});

test('in turn needs a pipeline, asked for at its field; nobody in turn is warned of; who waits is given out', async () => {
  await konvert.says('frank', 'Anybody there?');
  const page = await open();

  await page.getByRole('radio', { name: /^In turn/ }).click();
  await receives(page, 'Ivan').setChecked(false, { force: true });
  await page.getByText(/^Nobody receives new clients, so there is nobody whose turn it could be/).waitFor();
  await save(page).click();
  await page.getByRole('alert').getByText('Choose a pipeline: giving clients out in turn needs one.').waitFor();
  const pipeline = page.getByRole('combobox', { name: 'Pipeline' });
  await expect.poll(() => pipeline.evaluate((field) => field === document.activeElement)).toBe(true);

  await pipeline.selectOption('Repairs');
  expect(await page.getByRole('combobox', { name: 'Stage' }).inputValue()).toBe('konvert-new');
  await receives(page, 'Maria').setChecked(true, { force: true });
  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Save these settings?' });
  await dialog.getByText(/waiting clients? will be given out now$/).waitFor();
  await save(dialog).click();
  await saved(page);

  expect((await stored()).newClients).toEqual({
    mode: 'round-robin',
    pipelineId: 'konvert-repairs',
    stageId: 'konvert-new',
  });
  const maria = await chromium.open(await konvert.link('maria'));
  await lineOf(maria, 'Frank').waitFor();
});

test('a pipeline that is gone is a problem, in the list and at its field, with what to do', async () => {
  const { userRoles } = await stored();
  await put({ newClients: { mode: 'round-robin', pipelineId: 'konvert-repairs', stageId: 'konvert-new' }, userRoles });
  const { body } = await konvert.api('GET', '/v3/pipelines');
  const others = body.filter(({ id }: { id: string }) => id !== 'konvert-repairs');
  await konvert.api('PUT', '/v1/pipelines', { body: others });
  const page = await open({}, '');

  const gone = 'The pipeline that was chosen is gone. Choose another one.';
  await page.getByRole('link', { name: gone }).click();
  await page.getByRole('alert').getByText(gone).waitFor();
  await page.getByRole('combobox', { name: 'Pipeline' }).selectOption({ index: 2 });
  expect(await page.getByText(gone).count()).toBe(0);
});

test('a pipeline that goes while it is being chosen is told at its field', async () => {
  const page = await open();
  const pipeline = page.getByRole('combobox', { name: 'Pipeline' });
  await pipeline.selectOption('Repairs');
  const { body } = await konvert.api('GET', '/v3/pipelines');
  const others = body.filter(({ id }: { id: string }) => id !== 'konvert-repairs');
  await konvert.api('PUT', '/v1/pipelines', { body: others });

  await save(page).click();
  await page.getByRole('alert').getByText('The pipeline that was chosen is gone. Choose another one.').waitFor();
  await expect.poll(() => pipeline.evaluate((field) => field === document.activeElement)).toBe(true);
  await pipeline.selectOption('Sales');
  await save(page).click();
  await saved(page);
  expect((await stored()).newClients).toMatchObject({ pipelineId: others[0].id });
});

test('of two administrators the second sees both changes, and keeps their own on top', async () => {
  const [first, second] = [await open(), await open()];
  await radio(second, 'Quality control', 'Maria').click();

  await radio(first, 'Head', 'Ivan').click();
  await save(first).click();
  await saved(first);
  await save(second).click();

  const dialog = second.getByRole('dialog', { name: 'Somebody else has saved meanwhile' });
  await dialog.getByRole('region', { name: 'They have changed' }).getByText('Become heads: Ivan').waitFor();
  await dialog.getByRole('region', { name: 'You have changed' }).getByText('Become quality control: Maria').waitFor();
  expect(await roleOf('maria')).toEqual(['seller', false]);
  await dialog.getByRole('button', { name: 'Keep my changes on top' }).click();
  await expect.poll(() => radio(second, 'Head', 'Ivan').isChecked()).toBe(true);
  await second.getByText('1 unsaved change').waitFor();
  await save(second).click();
  await saveIfAsked(second);

  expect([await roleOf('ivan'), await roleOf('maria')]).toEqual([
    ['manager', true],
    ['auditor', false],
  ]);
});

test('where both changed the same, one of the two is chosen; closing the dialog loses nothing', async () => {
  const [first, second] = [await open(), await open()];
  await radio(second, 'Quality control', 'Maria').click();
  await radio(first, 'Head', 'Maria').click();
  await save(first).click();
  await saved(first);
  await save(second).click();
  const dialog = second.getByRole('dialog', { name: 'Somebody else has saved meanwhile' });
  await dialog.waitFor();

  await second.keyboard.press('Escape');
  expect(await radio(second, 'Quality control', 'Maria').isChecked()).toBe(true);
  await save(second).click();
  await dialog.getByRole('button', { name: 'Keep my changes on top' }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await axe(second)).toEqual([]);
  await dialog.getByRole('group', { name: 'You both changed: Maria' }).getByLabel('Yours: Quality control').click();
  await dialog.getByRole('button', { name: 'Keep my changes on top' }).click();
  await save(second).click();
  await saveIfAsked(second);
  expect(await roleOf('maria')).toEqual(['auditor', false]);

  await radio(first, 'No role', 'Maria').click();
  await save(first).click();
  await first.getByRole('button', { name: 'Take theirs' }).click();
  await saved(first);
  await expect.poll(() => radio(first, 'Quality control', 'Maria').isChecked()).toBe(true);
});

async function saveIfAsked(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Save these settings?' });
  await Promise.race([saved(page), dialog.waitFor()]);
  if ((await dialog.count()) > 0) await save(dialog).click();
  await saved(page);
}

test('leaving with unsaved changes asks, by a link and by the way back; staying keeps them', async () => {
  const page = await open({}, '');
  await page.getByRole('link', { name: /^Demo bot\b(?! in turn)/ }).click();
  await radio(page, 'Head', 'Ivan').click();

  await page.getByRole('link', { name: 'People' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect.poll(() => radio(page, 'Head', 'Ivan').isChecked()).toBe(true);

  await page.goBack();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await page.getByText('For each channel:').waitFor();
  await page.getByRole('link', { name: /^Demo bot\b(?! in turn)/ }).click();
  await saved(page);
  await expect.poll(() => radio(page, 'Seller', 'Ivan').isChecked()).toBe(true);
});

test('a user who is deleted meanwhile is left out, and nothing else is lost', async () => {
  expect((await konvert.api('POST', '/v3/users', { body: [{ id: 'tom', name: 'Tom' }] })).status).toBe(200);
  const page = await open();
  await radio(page, 'Seller', 'Tom').click();
  await radio(page, 'Head', 'Maria').click();
  await konvert.api('DELETE', '/v3/users/tom');

  await save(page).click();
  await page
    .getByRole('alert')
    .getByText(/^1 person was deleted meanwhile and is left out/)
    .waitFor();
  expect(await radio(page, 'Seller', 'Tom').count()).toBe(0);
  await save(page).click();
  await saved(page);

  expect(await roleOf('maria')).toEqual(['manager', false]);
});

test('a server that does not answer loses nothing, and the same can be saved again', async () => {
  const page = await open();
  await radio(page, 'Head', 'Maria').click();
  // It is loaded by itself, and would tell that it cannot be.
  await page.getByRole('region', { name: 'Nobody waits for ever' }).waitFor();
  await page.context().setOffline(true);
  await save(page).click();
  await page.getByRole('alert').waitFor();
  await page.context().setOffline(false);

  await save(page).click();
  await saved(page);
  expect(await roleOf('maria')).toEqual(['manager', false]);
});

test('after the first save the way leads to the test message, and into the chats', async () => {
  await put({ newClients: { mode: 'first-reply' }, userRoles: [] });
  const page = await open();
  await page.getByText(/^Nobody can answer here/).waitFor();

  await radio(page, 'Seller', 'Ivan').click();
  await receives(page, 'Ivan').setChecked(true, { force: true });
  await save(page).click();

  const link = page.getByRole('link', { name: 'Send a test message' });
  await link.waitFor();
  await expect.poll(() => link.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await link.getAttribute('href')).toBe(`#/settings/channels/${konvert.account.channelId}/test`);
  const [ivan] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Open the chats' }).click(),
  ]);
  await ivan.getByRole('tab', { name: /^All/ }).waitFor();
});

test.each(['en', 'ru'])('in %s nothing is wrong for axe, and nothing is wider than a phone', async (language) => {
  for (const width of [375, 1280]) {
    const options = { locale: language === 'ru' ? 'ru-RU' : 'en-GB', viewport: { width, height: 800 } };
    for (const path of ['', `/${konvert.account.channelId}`, '/pipelines']) {
      const page = await chromium.open(await konvert.settingsLink(), options);
      await page.locator('main').waitFor();
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/settings/roles${path}`);
      await page.locator('main .roles-channel, main .settings-step').first().waitFor();
      expect([path, await axe(page)]).toEqual([path, []]);
      const wider = 'document.documentElement.scrollWidth - innerWidth';
      expect([path, width, await page.evaluate(wider)]).toEqual([path, width, 0]);
    }
  }
});
