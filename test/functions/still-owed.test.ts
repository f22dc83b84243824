import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type ChatAnswer, createWorld, START, textUpdate, type World } from '#test/world';
import { deskOf } from './company.ts';

const CHAT = 5;

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.say(CHAT, 'how much is it?', { at: START });
  await answer('I will ask');
});

afterEach(() => world.stop());

async function answer(text: string, fields: object = {}): Promise<void> {
  world.clock.advance(10_000);
  expect(await world.reply(CHAT, { text, ...fields })).toMatchObject({ status: 201 });
  await world.drain();
}

async function set(stillOwed: unknown, chatId: number | string = CHAT): Promise<Answer> {
  return world.call('PUT', `${world.pathOf(chatId)}/still-owed`, { key: world.account.apiKey, body: { stillOwed } });
}

async function say(): Promise<ChatAnswer> {
  world.clock.advance(10_000);
  const answered = await set(true);
  expect(answered).toMatchObject({ status: 200 });
  return answered.body as ChatAnswer;
}

async function takeBack(): Promise<ChatAnswer> {
  return (await set(false)).body as ChatAnswer;
}

const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

describe('U9 "I still owe an answer"', () => {
  test('the newest message of the client is open, since it was said', async () => {
    const chat = await say();

    expect(chat).toMatchObject({
      unanswered: true,
      unansweredCount: 1,
      unansweredSince: at(20),
      stillOwed: { userId: null, at: at(20) },
      preview: 'I will ask',
      lastMessageAt: at(10),
    });
    await world.drain();
    const { seenUpTo: _, version: _version, ...same } = chat;
    expect(await world.chat(CHAT)).toMatchObject(same);
    expect((await world.chats('view=unanswered')).chats).toHaveLength(1);
  });

  test('is a line of the history, and nothing is sent', async () => {
    const sent = world.bot.calls.length;
    await say();
    await world.drain();

    expect((await world.history(CHAT)).messages.at(-1)).toMatchObject({
      type: 'system',
      isEcho: true,
      stillOwed: { userId: null, withdrawnAt: null },
    });
    expect(world.bot.calls).toHaveLength(sent);
  });

  test('said again it changes nothing, as by a double click', async () => {
    const [first] = await Promise.all([say(), set(true)]);
    const again = await say();

    expect(again).toMatchObject({ unansweredCount: 1, unansweredSince: first.unansweredSince });
    expect((await world.history(CHAT)).messages.filter(({ stillOwed }) => stillOwed).length).toBeLessThanOrEqual(2);
  });

  test('a reply ends it', async () => {
    await say();
    await answer('It is ten.');

    const chat = await world.chat(CHAT);
    expect(chat).toMatchObject({ unanswered: false, unansweredCount: 0 });
    expect(chat).not.toHaveProperty('stillOwed');
  });

  test('a reply that answers nothing does not', async () => {
    await say();
    await answer('Sale!', { clearUnanswered: false });

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, stillOwed: {} });
  });

  test('"no reply needed" ends it, if it was said later', async () => {
    const { seenUpTo } = await say();
    world.clock.advance(10_000);

    const { body } = await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo });

    expect(body).toMatchObject({ unanswered: false, noReplyNeeded: { at: at(30) } });
  });

  test('"no reply needed" that was said before does not, and is not shown until it is taken back', async () => {
    const { seenUpTo } = await world.history(CHAT);
    world.clock.advance(10_000);
    await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo });

    expect(await say()).toMatchObject({ unanswered: true, noReplyNeeded: null });
    expect(await takeBack()).toMatchObject({ unanswered: false, noReplyNeeded: { at: at(20) } });
  });

  test('what the client writes then waits beside it, and one reply ends both', async () => {
    await say();
    world.clock.advance(10_000);
    await world.say(CHAT, 'hello?');

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 2, unansweredSince: at(20) });
    await answer('It is ten.');
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('while the message waits anyway, it waits since it was written', async () => {
    world.clock.advance(10_000);
    await world.say(CHAT, 'hello?');

    expect(await say()).toMatchObject({ unansweredCount: 1, unansweredSince: at(20), stillOwed: { at: at(30) } });
  });

  test('taking it back closes the message again, however often it was said', async () => {
    await say();
    await say();

    const chat = await takeBack();

    expect(chat).toMatchObject({ unanswered: false, unansweredCount: 0 });
    expect(chat).not.toHaveProperty('stillOwed');
    expect(await takeBack()).toMatchObject({ unanswered: false });
    const lines = (await world.history(CHAT)).messages.filter(({ stillOwed }) => stillOwed);
    expect(lines.every(({ stillOwed }) => stillOwed?.withdrawnAt === at(30))).toBe(true);
  });

  test('it stays owed, although the time of the message lies in the future', async () => {
    world.clock.advance(10_000);
    await world.say(CHAT, 'hello?', { at: START + 3_600_000 });
    await answer('I will ask');
    await say();
    await answer('Sale!', { clearUnanswered: false });

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1, stillOwed: { at: at(40) } });
  });

  test('it shows in a flood', async () => {
    world.clock.advance(10_000);
    for (let id = 100; id < 300; id += 1) await world.webhook(textUpdate(CHAT, 'hello?', id, START + 20_000));
    await world.drain();
    await answer('Sale!', { clearUnanswered: false });

    expect(await say()).toMatchObject({ unansweredCount: 200, unansweredSince: at(20), stillOwed: { at: at(40) } });
    await answer('And sale!', { clearUnanswered: false });
    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 200, stillOwed: { at: at(40) } });
  });

  test('I2 it is in the list of those who may write there, whoever said it', async () => {
    const desk = deskOf(world);
    const contactOf = (responsibleUserId: string) =>
      desk.push('contacts', {
        id: 'k1',
        name: 'Anna',
        responsibleUserId,
        contactData: [{ chatType: 'telegram', chatId: String(CHAT) }],
      });
    await desk.push(
      'users',
      { id: 'ivan', name: 'Ivan' },
      { id: 'maria', name: 'Maria' },
      { id: 'vera', name: 'Vera' },
    );
    await desk.give({ ivan: 'seller', maria: 'seller', vera: 'auditor' });
    await contactOf('ivan');
    const path = `${world.pathOf(CHAT)}/still-owed`;
    expect(await desk.ask('PUT', path, { stillOwed: true }, 'vera')).toMatchObject({ status: 403 });
    expect(await desk.ask('PUT', path, { stillOwed: true }, 'maria')).toMatchObject({ status: 404 });
    expect(await desk.ask('PUT', path, { stillOwed: true }, 'ivan')).toMatchObject({ status: 200 });
    await contactOf('maria');

    expect(await desk.seenBy('ivan')).toEqual([]);
    expect(await desk.seenBy('maria')).toEqual([String(CHAT)]);
    expect(await desk.counterOf('maria')).toMatchObject({ counterV2: 1, type: 'red' });
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, stillOwed: { userId: 'ivan' } });
    expect(await desk.ask('PUT', path, { stillOwed: false }, 'maria')).toMatchObject({ body: { unanswered: false } });
  });
});

describe('what is refused', () => {
  test('an answer to a client who wrote nothing', async () => {
    await world.reply(6, { text: 'Hello!' });
    await world.drain();

    expect(await set(true, 6)).toMatchObject({ status: 400, body: { error: 'NOTHING_TO_ANSWER' } });
    expect(await set(false, 6)).toMatchObject({ status: 200, body: { unanswered: false } });
  });

  test.each([undefined, null, 'true', 1])('a state that is none: %s', async (state) => {
    expect(await set(state)).toMatchObject({ status: 400, body: { data: { fields: ['stillOwed'] } } });
  });

  test('a chat that is not there', async () => {
    expect(await set(true, 404)).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
  });
});
