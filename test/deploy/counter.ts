import { deepEqual, equal } from 'node:assert/strict';
import { openCounter } from '#test/e2e/counter-client';
import { serveBridge } from '#test/e2e/served-bridge';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { giveRoles } from './doorbell.ts';
import { connect, type Trial } from './spine.ts';

/** Tries the live counter beside the stack: it answers 404 itself, and a bridge tells what clients listen to. */
export async function playCounter(trial: Trial): Promise<void> {
  const { report, url } = trial;
  const shop = await connect(trial);
  await giveRoles(shop);
  const bridge = await serveBridge(url);
  const clients = [['websocket'], ['polling']].map((transports) =>
    openCounter(bridge.url, { type: 'api_v3', apiKey: shop.key, userId: 'anna' }, transports),
  );
  const say = (counterV2: number, type: 'red' | null) => Promise.all(clients.map((one) => one.says(counterV2, type)));
  const chat = 1000 + Math.floor(Math.random() * 1e9);

  try {
    await report.check('the live counter is no route of the stack', async () => {
      equal((await fetch(`${url}/counters/ws_host/api_v3/${shop.key}`)).status, 404);
    });
    await report.check('a bridge beside the stack tells the counter to who listens by socket.io', () => say(0, null));
    await report.check('the counter goes up when a client writes, and down with a reply', async () => {
      await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'Good day' }));
      await say(1, 'red');
      const message = { channelId: shop.channelId, chatType: 'telegram', chatId: String(chat), text: 'Hello' };
      equal((await shop.call('POST', '/v3/message', message)).status, 201);
      await say(0, null);
      deepEqual(
        clients.map(({ updates }) => updates.map(({ counterV2 }) => counterV2)),
        [
          [0, 1, 0],
          [0, 1, 0],
        ],
      );
    });
  } finally {
    for (const { socket } of clients) socket.close();
    await bridge.stop();
  }
}
