import { deepEqual, equal, match } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SignJWT } from 'jose';
import { systemClock } from '#clock';
import { newAmoState } from '#local/demo/crm/amo-state';
import { crmKey } from '#store/accounts/keys';
import { type AmoHands, handsOf } from '#test/crms/doubles/amocrm/hands';
import { type AmoDouble, createAmoDouble } from '#test/crms/doubles/amocrm/index';
import { type ApiAnswer, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { konvert } from './command-line.ts';
import type { Hands } from './hands.ts';
import { connect, type Trial } from './spine.ts';

/** An account of amoCRM on this machine. */
export interface CrmToTry {
  readonly double: AmoDouble;
  readonly hands: AmoHands;
  /** By this, functions are led to it, whatever host of amoCRM they call. */
  readonly env: Readonly<Record<string, string>>;
}

/** A proof keeps the pace of news, which is a sixth of what the CRM takes, and a note waits for its client. */
const PROOF_MS = 30_000;
const LEADS = pathToFileURL(join(import.meta.dirname, 'led-to-doubles.ts'));

/** Starts the account. */
export async function startCrm(): Promise<CrmToTry> {
  // Konvert reads the clock of the machine, and asks what changed since then.
  const clock = { ...systemClock, pass: () => undefined };
  const double = createAmoDouble(clock);
  await double.listen();
  return {
    double,
    hands: handsOf(double, clock),
    env: { AMOCRM_DOUBLE: double.baseUrl, NODE_OPTIONS: `--import ${LEADS}` },
  };
}

/** A client and their deal in a connected CRM, from the first message to the end of the connection. */
export async function playCrm(hands: Hands, { double, hands: there }: CrmToTry, trial: Trial): Promise<void> {
  const { report, url, withinMs } = trial;
  const { state, oauth } = double;
  Object.assign(state, newAmoState(state.account.subdomain));
  double.hooks.splice(0);
  const shop = await connect(trial);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const { clientId, clientSecret } = oauth.app;
  const secrets = { KONVERT_CRM_ACCESS_TOKEN: oauth.longLived, KONVERT_CRM_CLIENT_SECRET: clientSecret };
  const env = { KONVERT_URL: url, KONVERT_API_KEY: shop.key, ...secrets };
  const crm = async (...words: string[]) => {
    const { code, out, err } = await konvert(['crm', ...words, '--json'], env);
    equal(code, 0, `crm ${words.join(' ')}: ${err}`);
    return JSON.parse(out);
  };
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await shop.call(method, path, body);
    equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const responsibleIs = (id: string, patience = withinMs) =>
    until(
      `the chat is with ${id}`,
      async () => {
        const { body } = await shop.call('GET', `/v1/chats/${shop.channelId}/telegram/${chat}`);
        return body.responsibleUserId === id || undefined;
      },
      patience,
    );
  const [olga, ivan] = state.users.map(({ id }) => String(id)) as [string, string];
  const [pipeline] = state.pipelines;

  const connection = await report.check(
    'konvert crm connect amocrm: users and pipelines are there, hooks are registered',
    async () => {
      const host = `host=${there.portal.host}`;
      const fields = [host, 'accessToken', `clientId=${clientId}`, 'clientSecret'];
      const made = await crm('connect', 'amocrm', '--field', ...fields);
      deepEqual([made.state, made.portal], ['active', { name: 'Demo', host: there.portal.host }]);
      deepEqual(
        (await done('GET', '/v3/users')).map(({ id }: { id: string }) => id).sort(),
        state.users.map(idOf).sort(),
      );
      equal(state.hooks.filter(isOf(made)).length, 1);
      await done('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
      const userRoles = [olga, ivan].map((userId) => ({ userId, role: 'seller', allowGetNewClients: userId === olga }));
      const stageId = String(pipeline?.stages[1]?.id);
      const newClients = { mode: 'round-robin', pipelineId: String(pipeline?.id), stageId };
      await done('PUT', `/v1/settings/channels/${shop.channelId}`, { newClients, userRoles });
      return made;
    },
  );
  await report.check('a client writes: the CRM has contact and deal once, and what was said', async () => {
    await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'Good day!' }));
    await responsibleIs(olga);
    await until('a note stands', async () => state.notes.length > 0 || undefined, Math.max(withinMs, PROOF_MS));
    deepEqual([there.count('contact'), there.count('deal')], [1, 1]);
    match(state.notes[0]?.text ?? '', /Good day!/);
    equal((await done('GET', '/v3/contacts')).data[0].id, String(state.contacts[0]?.id));
  });
  await report.check('another user there, a hook rings, and the chat is theirs', async () => {
    double.hooks.splice(0);
    there.setResponsible({ type: 'contact', id: String(state.contacts[0]?.id) }, ivan);
    const rung = double.hooks.filter(isOf(connection));
    for (const { destination, body } of rung) equal((await post(url, destination, body)).status, 200);
    await responsibleIs(ivan);
    equal((await post(url, connection.hooksUrl, { 'account[id]': '1' })).status, 401);
  });
  const account = await report.check(
    'amoCRM shows the page in the card of the deal, to whom it vouches for',
    async () => {
      const ask = (token: string) =>
        post(url, connection.frameUrl, { token, entity: 'deal', id: String(state.leads[0]?.id) });
      const forged = await tokenOf(state.account.id, ivan, clientId, 'another secret');
      equal((await ask(forged)).status, 401);
      const token = await tokenOf(state.account.id, ivan, clientId, clientSecret);
      const [, of] = /\/chat\/([^#]+)#k=/.exec((await ask(token)).body.url) ?? [];
      equal((await ask(token)).status, 401, 'a token is taken once');
      return of ?? '';
    },
  );
  await report.check('konvert crm refresh loads who is new; what no hook told is found by the schedule', async () => {
    const maria = there.addUser({ name: 'Maria Orlova' });
    deepEqual((await crm('refresh')).users, { added: 1, changed: 0, gone: 0 });
    equal((await done('GET', `/v3/users/${maria}`)).name, 'Maria Orlova');
    there.setResponsible({ type: 'contact', id: String(state.contacts[0]?.id) }, olga);
    // Its own schedule may have proved all a moment ago, and then nothing is due for an hour.
    const { p, s } = crmKey(account);
    const Key = { p: { S: p }, s: { S: s } };
    await hands.dynamodb('update_item', 'accounts', { Key, UpdateExpression: 'REMOVE lastProofAt' });
    await hands.invoke('refresh-crm', {});
    await responsibleIs(olga, Math.max(withinMs, PROOF_MS));
  });
  await report.check('konvert crm disconnect: hooks are gone there, the client stays here', async () => {
    await crm('disconnect', '--yes');
    equal(state.hooks.filter(isOf(connection)).length, 0);
    equal((await shop.call('GET', '/v1/crm')).status, 404);
    equal((await done('GET', '/v3/contacts')).count, 1);
    deepEqual([there.count('contact'), there.count('deal')], [1, 1]);
  });
}

/** Earlier plays may have left connections of their own behind. */
const isOf =
  ({ connectionId }: { readonly connectionId: string }) =>
  ({ destination }: { readonly destination: string }) =>
    destination.includes(connectionId);

const idOf = ({ id }: { readonly id: number }) => String(id);

/** Posts a form as amoCRM does, to this machine. The address that a deployment tells leads nowhere here. */
async function post(url: string, told: string, body: string | Record<string, string>): Promise<ApiAnswer> {
  const response = await fetch(url + told.slice(told.indexOf('/webhooks/')), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(body),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** A token for one request, by which amoCRM vouches for its user. */
function tokenOf(account: number, userId: string, integration: string, secret: string): Promise<string> {
  return new SignJWT({ account_id: account, user_id: Number(userId), client_uuid: integration })
    .setProtectedHeader({ alg: 'HS256' })
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(Buffer.from(secret));
}
