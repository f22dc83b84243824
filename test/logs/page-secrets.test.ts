import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';

// What only a browser of one user may know is in no log and in no answer to anybody else, also when a table breaks and
// its error repeats the whole command.

const OWN = { origin: 'https://konvert.example', 'sec-fetch-site': 'same-origin' };
const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/endpoint-of-one-browser';
const CLIENT = 7;
const DRAFT = 'A text that nobody has sent';
const SOUGHT = 'Somebody who is sought';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  await world.say(CLIENT, 'hello');
});

afterEach(async () => {
  world.failing = undefined;
  await world.stop();
});

/** Tables that fail for what is asked about pages, with an error that repeats the command. */
const breaking: NonNullable<PageWorld['failing']> = ({ input }) => {
  const quoted = JSON.stringify(input);
  throw Object.assign(new Error(`Invalid: ${quoted}\n    at ${quoted} (file:///x.ts:1:1)`), { Item: input });
};

test.each([
  ['works', undefined],
  ['breaks', breaking],
])('no link, token, cookie, ticket, endpoint, draft or search is told while the store %s', async (_, failing) => {
  const [link, spare] = [await world.link({ userId: 'seller' }), await world.link({ userId: 'head' })];
  const made = await world.call('POST', '/v1/page-tokens', { headers: OWN, body: { link, device: true } });
  const { token } = made.body as { token: string };
  const cookie = String(made.headers['set-cookie']).split(';')[0] ?? '';
  const { url } = (await world.as(token, 'POST', '/v1/doorbells')).body as { url: string };
  const ticket = new URL(url).searchParams.get('ticket') ?? '';
  const [, , value = ''] = cookie.split('.');
  const secrets = [link, spare, token.slice(3), value, ticket, ENDPOINT, 'endpoint-of', DRAFT, SOUGHT];
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);

  world.failing = failing;
  const answers = [
    await world.spend(spare),
    await world.spend(link),
    await world.call('POST', '/v1/page-tokens/renew', { headers: { ...OWN, cookie } }),
    await world.as(token, 'GET', '/v1/me'),
    await world.as(token, 'GET', '/v1/devices'),
    await world.as(token, 'PUT', '/v1/push-subscriptions/one', { endpoint: ENDPOINT }),
    await world.as(token, 'PUT', `/v1/drafts/${world.channel.channelId}/telegram/${CLIENT}`, { text: DRAFT }),
    await world.as(token, 'GET', `/v1/chats?find=${encodeURIComponent(SOUGHT)}`),
    await world.as(`${token}x`, 'GET', '/v1/me'),
  ];
  await world.openPage({ url }).catch(() => undefined);
  await world.openPage({ url: `${url}x` }).catch(() => undefined);
  await world.say(CLIENT, 'again').catch(() => undefined);
  world.failing = undefined;
  await world.pass(120_000);

  const logged = JSON.stringify(world.logs);
  expect(secrets.filter((secret) => logged.includes(secret))).toEqual([]);
  const failed = answers.filter(({ status }) => status >= 400).map(({ text }) => text);
  expect(secrets.filter((secret) => failed.join().includes(secret))).toEqual([]);
  expect(answers.some(({ status }) => status >= 500)).toBe(failing !== undefined);
});
