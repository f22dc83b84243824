import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { callApi, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { type Connected, connect, type Trial } from './spine.ts';

interface Page {
  readonly said: Record<string, unknown>[];
  tell(message: object): void;
  close(): void;
}

const USERS = [
  { id: 'anna', name: 'Anna' },
  { id: 'olga', name: 'Olga' },
  { id: 'bare', name: 'Without a role' },
];

/** Tries the WebSocket API: pages are rung when a chat in sight changes. */
export async function playDoorbell(trial: Trial): Promise<void> {
  const { report, url } = trial;
  const shop = await connect(trial);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const pages: Page[] = [];
  const open = async (userId: string) => {
    const page = await openPage(await addressOf(shop, userId));
    pages.push(page);
    return page;
  };
  await giveRoles(shop);

  try {
    await report.check('GET /v1/me says that pages are rung', async () => {
      equal((await callApi(url, 'GET', '/v1/me', { key: shop.key })).body.doorbell, true);
    });
    const [anna, olga, bare] = await report.check('POST /v1/doorbells: an address that opens a socket', async () =>
      Promise.all(USERS.map(({ id }) => open(id))),
    );
    await report.check('a ticket opens nothing twice, nor does one that is none', async () => {
      const address = await addressOf(shop, 'anna');
      (await openPage(address)).close();
      for (const wrong of [address, `${address.split('?')[0]}?ticket=none`, `${address.split('?')[0]}`]) {
        await openPage(wrong).then(
          () => ok(false, wrong),
          () => {},
        );
      }
    });
    await report.check('a ping is answered', async () => {
      anna!.tell({ t: 'ping' });
      await heard(anna!, ({ t }) => t === 'pong');
    });
    await report.check('a webhook rings the pages of those who see the chat', async () => {
      await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'Good day' }));
      const { version } = await shop.chatAs(chat, { unanswered: true });
      for (const page of [anna!, olga!]) await heard(page, (said) => names(said, chat, version));
      deepEqual(ofChats(bare!), []);
    });
    await report.check('colleagues are told who is writing', async () => {
      const named = [shop.channelId, 'telegram', String(chat)];
      anna!.tell({ t: 'writing', chat: named });
      deepEqual(await heard(olga!, ({ t }) => t === 'writing'), { t: 'writing', chat: named, name: 'Anna' });
      deepEqual(ofChats(bare!), []);
    });
    await report.check('a change of roles makes every page look again', async () => {
      await giveRoles(shop);
      await heard(bare!, ({ all }) => all === true);
    });
    await report.check('who is gone is forgotten, and the others are rung', async () => {
      anna!.close();
      await postUpdate(shop.webhook, clientText({ chat, id: 2, text: 'Hello?' }));
      const { version } = await until('the message is counted', async () => {
        const found = await shop.chatAs(chat, { unanswered: true });
        return found.unansweredCount === 2 ? found : undefined;
      });
      await heard(olga!, (said) => names(said, chat, version));
    });
  } finally {
    for (const page of pages) page.close();
  }
}

/** Tries a stack without a WebSocket API. */
export async function playWithoutDoorbell(trial: Trial): Promise<void> {
  const { url, report } = trial;
  const { key } = await connect(trial);
  await report.check('without a WebSocket API, GET /v1/me says that pages are not rung', async () => {
    equal((await callApi(url, 'GET', '/v1/me', { key })).body.doorbell, null);
    equal((await callApi(url, 'POST', '/v1/doorbells', { key })).status, 404);
  });
}

/** Lets Anna sell and Olga see everything in the channel. */
export async function giveRoles({ call, channelId }: Connected): Promise<void> {
  equal((await call('POST', '/v3/users', USERS)).status, 200);
  const roles = { anna: 'seller', olga: 'manager' };
  const userRoles = Object.entries(roles).map(([userId, role]) => ({ userId, role, allowGetNewClients: true }));
  const settings = { newClients: { mode: 'first-reply' }, userRoles };
  const { status, body } = await call('PUT', `/v1/settings/channels/${channelId}`, settings);
  equal(status, 200, JSON.stringify(body));
}

async function addressOf({ call }: Connected, userId: string): Promise<string> {
  const { status, body } = await call('POST', '/v1/doorbells', {}, userId);
  equal(status, 201, JSON.stringify(body));
  return body.url;
}

async function openPage(address: string): Promise<Page> {
  const socket = new WebSocket(address);
  const said: Record<string, unknown>[] = [];
  socket.on('message', (data) => said.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(() => {
    throw new Error('The socket was refused');
  });
  closed.catch(() => {});
  await Promise.race([once(socket, 'open'), closed]);
  socket.on('error', () => {});
  return { said, tell: (message) => socket.send(JSON.stringify(message)), close: () => socket.terminate() };
}

/** What a page was told of chats. Every page of an account is told to look again when roles or hours change. */
function ofChats({ said }: Page): Record<string, unknown>[] {
  return said.filter(({ all }) => all !== true);
}

function heard({ said }: Page, isIt: (said: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  return until('the page is told', async () => said.find(isIt));
}

function names({ chats = [] }: Record<string, unknown>, chat: number, version: number): boolean {
  return (chats as [string, string, string, number][]).some(([, , id, rung]) => id === String(chat) && rung >= version);
}
