import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type Table, tables } from '#lib/tables';
import { callApi, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Engine } from './engine.ts';
import type { Hands } from './hands.ts';
import { type Asked, connect, type Trial } from './spine.ts';

/** The last of the three rounds of an erasure is two minutes after the request, and a sweep rings it. */
const ERASED_WITHIN_MS = 240_000;

/** Tries a person's export and erasure: afterwards their words are in no table, in no answer and in no line of a log. */
export async function playPeople(engine: Engine, hands: Hands, trial: Trial): Promise<void> {
  const { report, bot, url } = trial;
  const shop = await connect(trial);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const words = [`secret-of-${chat}`, `answer-to-${chat}`, `name-of-${chat}`];
  const path = `/v1/people/telegram/${chat}`;
  const { channelId } = shop;

  await report.check('GET /v1/people exports all that is known of a person', async () => {
    const { message, update_id } = clientText({ chat, id: 1, text: `my ${words[0]}` });
    equal((await postUpdate(shop.webhook, { update_id, message })).status, 200);
    await shop.chatAs(chat, { unanswered: true });
    const fileId = `file-of-${chat}`;
    bot.files.set(fileId, Buffer.from(`the file of ${words[0]}`));
    const { text: _text, ...about } = clientText({ chat, id: 2, text: '' }).message;
    const document = { file_id: fileId, file_unique_id: fileId, file_name: `${words[0]}.txt`, file_size: 40 };
    equal((await postUpdate(shop.webhook, { update_id: update_id + 1, message: { ...about, document } })).status, 200);
    await until('the file is shown', async () => (await shop.history(chat)).messages[1], trial.withinMs);
    const contactData = [{ chatType: 'telegram', chatId: String(chat) }];
    const contact = { id: `c${chat}`, responsibleUserId: '17', name: words[2], contactData };
    equal((await shop.call('POST', '/v3/users', [{ id: '17', name: 'Anna' }])).status, 200);
    equal((await shop.call('POST', '/v3/contacts', [contact])).status, 200);
    const reply = { channelId, chatType: 'telegram', chatId: String(chat), text: `my ${words[1]}` };
    equal((await shop.call('POST', '/v3/message', reply)).status, 201);
    await shop.sent(chat, reply.text);
    const exported = await shop.call('GET', path);
    equal(exported.status, 200, JSON.stringify(exported.body));
    for (const word of words) match(JSON.stringify(exported.body), new RegExp(word));
  });
  await report.check(
    'an erased person is in no table, no answer and no log, and whoever writes then is new',
    async () => {
      const { status, body } = await shop.call('DELETE', path);
      equal(status, 202, JSON.stringify(body));
      deepEqual((await shop.call('DELETE', path)).body, body, 'once more while it is under way');
      const done = await until(
        'the person is erased',
        async () => {
          const { body: told } = await shop.call('GET', `/v1/erasures/${body.erasureId}`);
          return told.state === 'done' ? told : undefined;
        },
        ERASED_WITHIN_MS,
      );
      ok(done.erased.messages >= 2 && done.erased.files >= 1, JSON.stringify(done));
      ok((await shop.call('GET', '/v1/erasures')).body.erasures.length > 0);
      const said = new RegExp(words.join('|'));
      for (const [name, { localOnly }] of Object.entries<Table>(tables))
        if (!localOnly) ok(!said.test(await everythingIn(hands, name)), `${name} has words of the person`);
      ok(!said.test(await engine.log()), 'a log has words of the person');
      equal((await shop.call('GET', path)).status, 404);
      equal((await callApi(url, 'GET', `/v1/chats/${channelId}/telegram/${chat}`, { key: shop.key })).status, 404);
      equal((await postUpdate(shop.webhook, clientText({ chat, id: 9, text: 'hello' }))).status, 200);
      equal((await shop.chatAs(chat, { unanswered: true })).unansweredCount, 1);
    },
  );
}

async function everythingIn({ dynamodb }: Hands, name: string): Promise<string> {
  let text = '';
  for (let ExclusiveStartKey: object | undefined; ; ) {
    const page = await dynamodb('scan', name, { ...(ExclusiveStartKey && { ExclusiveStartKey }) });
    text += JSON.stringify(page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey === undefined) return text;
  }
}

/** Longer than a check takes a change for one that is under way: what was played just now is found by a later one. */
const NOTHING_FOUND_WITHIN_MS = 150_000;

/**
 * Tries the check of all chats. What was stored by the previous release may be counted otherwise now, and plays have
 * written things by hand that do not fit: all of it is mended, and then nothing is found.
 */
export async function playCheck({ url, operatorKey, report }: Asked): Promise<void> {
  const check = async () => {
    const { status, body } = await callApi(url, 'POST', '/v1/checks', { key: operatorKey });
    equal(status, 202, JSON.stringify(body));
    const done = await until('the check is done', async () => {
      const told = await callApi(url, 'GET', `/v1/checks/${body.checkId}`, { key: operatorKey });
      return told.body.state === 'done' ? told.body : undefined;
    });
    ok(done.chats > 0);
    for (const { kind, found, mended } of done.faults) equal(mended, found, kind);
    return done.faults;
  };
  await report.check('a check of every chat that was played mends what it finds, and then finds nothing', async () => {
    let faults: unknown[] = [];
    const findsNothing = async () => {
      faults = await check();
      return faults.length === 0 || undefined;
    };
    const late = () => Promise.reject(new Error(`it still finds ${JSON.stringify(faults)}`));
    await until('nothing is found', findsNothing, NOTHING_FOUND_WITHIN_MS).catch(late);
  });
}
