import { equal } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#clock';
import { DEMO_KINDS } from '#local/demo/kinds';
import { type OpenedKind, openKind, pathOf } from '#local/demo/kit/open-kind';
import { answerJson } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { callApi, freePort, until } from '#test/e2e/call-api';
import type { Hands } from './hands.ts';
import type { Asked } from './spine.ts';

/** The messengers whose webhooks carry the secret in the address. */
const SECRET_IN_ADDRESS: readonly string[] = ['avito'];

/** Tries a channel of each messenger that the demo company has: a client writes, and a reply arrives. */
export async function playMessengers(hands: Hands, trial: Asked): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-deploy-'));
  const port = await freePort();
  const serverUrl = `http://127.0.0.1:${port}`;
  const opened = await Promise.all(
    DEMO_KINDS.map((kind) => {
      const file = join(folder, `${kind.name}.json`);
      return openKind(kind, { file, mediaFolder: folder, secret: 'ab'.repeat(32), serverUrl }, systemClock);
    }),
  );
  const server = createServer(
    async (request) => {
      const messenger = opened.find(({ serves }) => serves(request.target));
      return messenger ? messenger.answer(request) : answerJson(404, { error: 'NOT_FOUND', description: 'Nobody' });
    },
    () => {},
  );
  await server.listen(port, '127.0.0.1');
  try {
    const { url, operatorKey, report } = trial;
    const made = await callApi(url, 'POST', '/v1/accounts', { key: operatorKey, body: { name: 'All messengers' } });
    const key = made.body.apiKey as string;
    await Promise.all(
      opened.map((one) =>
        report.check(`${one.kind.channelName}: a client writes, and a reply arrives`, () =>
          play(trial, key, serverUrl, one),
        ),
      ),
    );
    await report.check('tend-channels looks after all of them', async () => {
      await hands.invoke('tend-channels', {});
      const { body } = await callApi(url, 'GET', '/v3/channels', { key });
      for (const { name, state } of body) equal(state, 'active', name);
    });
  } finally {
    await server.stop(0);
    await rm(folder, { recursive: true });
  }
}

async function play({ url, withinMs }: Asked, key: string, serverUrl: string, { kind, wanted, typeIn }: OpenedKind) {
  const call = (method: string, path: string, body?: unknown) => callApi(url, method, path, { key, body });
  const ask = async (method: string, route: string, body?: unknown) =>
    (await callApi(serverUrl, method, pathOf(kind) + route, { body })).body;
  // The address that a deployment tells leads nowhere on this machine, so the messenger gets the local one by hand.
  const connected = await call('POST', '/v1/channels', { ...wanted, setWebhook: false });
  equal(connected.status, 201, JSON.stringify(connected.body));
  const { channelId, webhookUrl, secretToken, verifyToken } = connected.body;
  const { pathname } = new URL(webhookUrl);
  const inAddress = SECRET_IN_ADDRESS.includes(kind.name) ? `?token=${secretToken}` : '';
  await typeIn(url + pathname.slice(pathname.indexOf('/webhooks/')) + inAddress, secretToken ?? verifyToken);

  const { webhook } = await ask('POST', '/write', { client: 'eva', text: 'Do you deliver?' });
  equal(webhook.status, 200, JSON.stringify(webhook));
  const { chatType } = kind;
  const chatId = kind.chatOf('eva');
  const path = `/v1/chats/${channelId}/${chatType}/${encodeURIComponent(chatId)}`;
  await until(
    `a chat of ${kind.name} is unanswered`,
    async () => (await call('GET', path)).body.unanswered || undefined,
    withinMs,
  );
  const sent = await call('POST', '/v3/message', { channelId, chatType, chatId, text: 'We do.' });
  equal(sent.status, 201, JSON.stringify(sent.body));
  await until(
    `the reply is in ${kind.name}`,
    async () =>
      (await ask('GET', '/messages')).messages.some(({ text }: { text: string }) => text === 'We do.') || undefined,
    withinMs,
  );
}
