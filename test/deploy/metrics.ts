import { equal, ok } from 'node:assert/strict';
import { callApi, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Hands } from './hands.ts';
import { connect, type Trial } from './spine.ts';

const CHAT = 701;
const BLOCKED = {
  status: 403,
  body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
};

/** Plays what is counted, and finds the lines of metrics in the logs of the functions, as CloudWatch does. */
export async function playMetrics(hands: Hands, trial: Trial): Promise<void> {
  const { url, bot, report, withinMs } = trial;
  const shop = await connect(trial);
  const { channelId } = shop;

  /** Plays something, and waits until the function has logged that metric. */
  async function counted(name: string, metric: string, play: () => Promise<unknown>): Promise<void> {
    const since = Date.now();
    await play();
    const lines = await until(
      `${name} logs ${metric}`,
      async () => {
        const found = (await hands.counted(name, metric, since)).filter((line) => '_aws' in line);
        return found.length > 0 ? found : undefined;
      },
      withinMs,
    );
    for (const line of lines) {
      equal(typeof line[metric], 'number');
      equal(line.stack, 'konvert-dev', 'the metric does not name the stack');
    }
  }

  const write = async () => {
    equal((await postUpdate(shop.webhook, clientText({ chat: CHAT, id: 1, text: 'hello' }))).status, 200);
    await shop.chatAs(CHAT, { unanswered: true });
  };
  await report.check('a message is counted as Inbound, its chat as Folded', () =>
    counted('fold-chat', 'Folded', () => counted('receive-message', 'Inbound', write)),
  );
  await report.check('a reply that the messenger refuses is counted in FailedDeliveries', () =>
    counted('deliver-message', 'FailedDeliveries', async () => {
      bot.answerNext('sendMessage', BLOCKED);
      const body = { channelId, chatType: 'telegram', chatId: String(CHAT), text: 'good day' };
      equal((await shop.call('POST', '/v3/message', body)).status, 201);
    }),
  );
  await report.check('a wrong key is counted in RefusedSignIns', () =>
    counted('read-chats', 'RefusedSignIns', async () => {
      equal((await callApi(url, 'GET', '/v1/chats', { key: 'wrong' })).status, 401);
    }),
  );
  await report.check('a record of a stream that is late is counted in StreamAgeSeconds', () =>
    counted('fold-chat', 'StreamAgeSeconds', () =>
      hands.invoke('fold-chat', { Records: [{ dynamodb: { ApproximateCreationDateTime: Date.now() / 1000 - 600 } }] }),
    ),
  );
  await report.check('the queries of docs/operations.md find a request, and all of one chat', async () => {
    const response = await fetch(`${url}/v1/chats/${channelId}/telegram/${CHAT}`, {
      headers: { authorization: `Bearer ${shop.key}` },
    });
    const line = await until(
      'the line of the request',
      async () => (await hands.found(linesWith(response.headers.get('trace-id') ?? '-')))[0],
      withinMs,
    );
    const { chat, status } = JSON.parse(line) as { chat: string; status: number };
    equal(status, 200);
    const lines = await hands.found(linesWith(chat));
    ok(
      lines.some((one) => one.includes('/webhooks/{transport}/{channelId}')),
      'not the webhook',
    );
    ok(
      lines.some((one) => one.includes('"deliver"')),
      'not the reply',
    );
  });
  await report.check('each alarm is there, and tells the topic', async () => {
    const alarms = await hands.alarms();
    equal(alarms.length, 14);
    for (const { AlarmDescription, AlarmActions } of alarms) equal(AlarmActions.length, 1, AlarmDescription);
  });
}

function linesWith(name: string): string {
  return `fields @timestamp, @log, @message | filter @message like /${name}/ | sort @timestamp asc`;
}
