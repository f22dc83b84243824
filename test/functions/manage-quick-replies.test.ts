import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/desk-routes';
import { MOST_CHARACTERS } from '#domain/quick-reply';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

const HELLO = { id: '1', title: 'Hello', text: 'Hello! How can I help?' };
const PRICE = { id: '2', title: 'Цены', text: 'Прайс на нашем сайте' };

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'head', 'control', 'norole'].map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give({ anna: 'seller', head: 'manager', control: 'auditor' });
});

afterEach(() => world.stop());

const get = (user?: string) => desk.ask('GET', '/v1/quick-replies', undefined, user);
const put = (body: unknown, user?: string) => desk.ask('PUT', '/v1/quick-replies', body, user);

test('there are none at first', async () => {
  expect((await get()).body).toEqual({ quickReplies: [], version: 0 });
});

test('they are kept in their order, and every user reads them', async () => {
  expect(await put({ quickReplies: [PRICE, HELLO] })).toMatchObject({ status: 200 });

  for (const user of ['anna', 'head', 'control', 'norole', undefined]) {
    const { body } = await get(user);
    expect(body).toEqual({ quickReplies: [PRICE, HELLO], version: 1 });
    expect(contract.quickRepliesAnswer.parse(body)).toEqual(body);
  }
});

test.each([
  ['anna', 200],
  ['head', 200],
  ['control', 403],
  ['norole', 403],
])('%s, who writes or does not, gets %i', async (user, status) => {
  expect((await put({ quickReplies: [HELLO] }, user)).status).toBe(status);
  expect((await get()).body).toMatchObject({ version: status === 200 ? 1 : 0 });
});

test('the audit names the user who changed them', async () => {
  await put({ quickReplies: [HELLO] }, 'anna');

  const { entries } = (await desk.ask('GET', '/v1/audit')).body as { entries: unknown[] };
  const subject = world.account.accountId;
  expect(entries[0]).toMatchObject({ actor: 'user:anna', act: 'quick-replies-changed', subject });
});

describe('of two who change the same version', () => {
  test('the second is told, and nothing of theirs is stored', async () => {
    await put({ quickReplies: [HELLO], version: 0 }, 'anna');

    expect(await put({ quickReplies: [PRICE], version: 0 }, 'head')).toMatchObject({
      status: 409,
      body: { error: 'QUICK_REPLIES_CHANGED', data: { version: 1 } },
    });
    expect((await get()).body).toEqual({ quickReplies: [HELLO], version: 1 });
    expect((await put({ quickReplies: [PRICE], version: 1 }, 'head')).body).toMatchObject({ version: 2 });
  });

  test('at once, one wins', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => put({ quickReplies: [HELLO], version: 0 })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('without a version, the last one wins', async () => {
    const answers = await Promise.all([HELLO, PRICE].map((one) => put({ quickReplies: [one] })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await get()).body).toMatchObject({ version: 2 });
  });
});

test.each([
  ['without a text', [{ ...HELLO, text: '' }], 'quickReplies.0.text'],
  ['with a title that is too long', [{ ...HELLO, title: 'x'.repeat(101) }], 'quickReplies.0.title'],
  ['with an id twice', [HELLO, { ...PRICE, id: '1' }], 'quickReplies.1.id'],
  [
    'that are too many characters',
    Array.from({ length: Math.ceil(MOST_CHARACTERS / 4_000) }, (_, id) => ({
      ...HELLO,
      id: String(id),
      text: 'я'.repeat(4_000),
    })),
    'quickReplies',
  ],
  ['that are too many', Array.from({ length: 201 }, (_, id) => ({ ...HELLO, id: String(id) })), 'quickReplies'],
])('quick replies %s are 400', async (_, quickReplies, field) => {
  expect(await put({ quickReplies })).toMatchObject({
    status: 400,
    body: { error: 'INVALID_REQUEST', data: { fields: [field] } },
  });
});
