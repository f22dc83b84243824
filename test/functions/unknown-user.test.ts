import { beforeEach, describe, expect, test } from 'vitest';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

const CHAT = 501;
const card = { id: '1', responsibleUserId: '17', name: 'Anna' };

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  return () => world.stop();
});

const reply = (fields: Record<string, unknown>) => world.reply(CHAT, { text: 'hello', ...fields });

describe('R4 a crmUserId that no user has acts as the CRM itself', () => {
  const ROLES = { seller: 'seller', other: 'seller', head: 'manager', control: 'auditor' } as const;

  beforeEach(async () => {
    await desk.push('users', ...[...Object.keys(ROLES), 'gone', 'idle'].map((id) => ({ id, name: `Name of ${id}` })));
    await desk.give({ ...ROLES, gone: 'seller' });
    await desk.remove('users', 'gone');
    await world.say(CHAT, 'hello');
  });

  test.each(['nobody', 'gone', 0, 'x'.repeat(256), 'Анна', '__proto__'])('%j', async (crmUserId) => {
    const contactData = [{ chatType: 'telegram', chatId: CHAT }];
    await desk.push('contacts', { ...card, responsibleUserId: 'seller', contactData });

    expect(await reply({ crmUserId })).toMatchObject({ status: 201 });
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages.at(-1)).toMatchObject({ text: 'hello', authorId: String(crmUserId) });
    expect(messages.at(-1)?.authorName).toBeUndefined();
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false, responsibleUserId: 'seller' });
  });

  test('makes nobody responsible, and loses to nobody (D4)', async () => {
    expect(await reply({ crmUserId: 'nobody' })).toMatchObject({ status: 201 });
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId: null });

    await reply({ crmUserId: 'other' });
    expect(await reply({ crmUserId: 'gone' })).toMatchObject({ status: 201 });
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId: 'other' });
  });

  test('and a user who is there obeys the role, or the lack of one', async () => {
    for (const crmUserId of ['control', 'idle']) {
      expect(await reply({ crmUserId })).toMatchObject({ status: 403, body: { error: 'CHAT_NO_ACCESS' } });
    }
  });

  test('and a deleted user who is pushed again has the role back', async () => {
    const contactData = [{ chatType: 'telegram', chatId: CHAT }];
    await desk.push('contacts', { ...card, responsibleUserId: 'seller', contactData });
    expect(await reply({ crmUserId: 'gone' })).toMatchObject({ status: 201 });

    await desk.push('users', { id: 'gone', name: 'Back' });
    expect(await reply({ crmUserId: 'gone' })).toMatchObject({ status: 403 });
  });
});
