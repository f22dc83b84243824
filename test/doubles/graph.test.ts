import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGraph, type GraphRequest } from '#channels/meta/client';
import { credentialsOf, fileOf } from '#test/channels/wapi/outgoing';
import { PATIENCE_MS } from '#test/patience';
import { signatureOf } from './graph/webhooks.ts';
import { type GraphDouble, type GraphOptions, startGraph } from './graph.ts';
import type { HttpDouble } from './http.ts';
import { type Heard, startWebhook } from './webhook.ts';

const HOUR = 3_600_000;

let webhook: HttpDouble<Heard>;
let graph: GraphDouble;

beforeEach(async () => {
  webhook = await startWebhook();
  graph = await startGraph({ callbackUrl: webhook.baseUrl });
});

afterEach(async () => {
  await graph.stop();
  await webhook.stop();
});

async function restart(options: GraphOptions): Promise<void> {
  await graph.stop();
  graph = await startGraph({ callbackUrl: webhook.baseUrl, ...options });
}

const call = (request: GraphRequest, credentials = credentialsOf(graph)) =>
  createGraph(fetch)(credentials, request, AbortSignal.timeout(PATIENCE_MS));
const plainCall = (path: string, headers: Record<string, string> = {}) => fetch(`${graph.baseUrl}${path}`, { headers });
const codeOf = async (response: Response) => ((await response.json()) as { error?: { code: number } }).error?.code;
const say = (to: object, content: object = { type: 'text', text: { body: 'Yes' } }, number = 0) =>
  call({
    method: 'POST',
    path: `${graph.numbers[number]!.id}/messages`,
    json: { messaging_product: 'whatsapp', ...to, ...content },
  });
const bodies = () => webhook.calls.map(({ bytes }) => JSON.parse(bytes.toString('utf8')));
/** All messages and statuses that were heard, in order. */
const told = () =>
  bodies().flatMap(({ entry }) =>
    entry.flatMap(({ changes }: { changes: { value: Record<string, { id: string }[]> }[] }) =>
      changes.flatMap(({ value }) => [
        ...(value.messages ?? []),
        ...(value.statuses ?? []),
        ...(value.message_echoes ?? []),
      ]),
    ),
  );
const text = (body: string) => ({ type: 'text', text: { body } });

describe('who may call', () => {
  test.each([
    { name: 'no version', path: '/330119902200410', code: 2500 },
    { name: 'a version that has ended', path: '/v19.0/330119902200410', code: 2635 },
    { name: 'no token', path: '/v26.0/330119902200410', code: 104 },
    { name: 'a wrong token', path: '/v26.0/330119902200410?access_token=other', code: 190 },
    { name: 'a wrong proof', path: '/v26.0/330119902200410?access_token=EAAdoubletoken&appsecret_proof=00', code: 100 },
    { name: 'several ids', path: '/v26.0/330119902200410?access_token=EAAdoubletoken&ids=1,2', code: 100 },
    {
      name: 'an alias of a field',
      path: '/v26.0/330119902200410?access_token=EAAdoubletoken&fields=id.as(x)',
      code: 100,
    },
    { name: 'an unknown field', path: '/v26.0/330119902200410?access_token=EAAdoubletoken&fields=colour', code: 100 },
    { name: 'another id', path: '/v26.0/12?access_token=EAAdoubletoken', code: 100 },
  ])('not $name', async ({ path, code }) => {
    expect(await codeOf(await plainCall(path))).toBe(code);
  });

  test('nobody without a proof, if the app wants one', async () => {
    await restart({ requiresProof: true });
    const path = `/v26.0/${graph.numbers[0]!.id}`;
    expect(await codeOf(await plainCall(path, { authorization: `Bearer ${graph.token}` }))).toBe(100);
    expect(await call({ method: 'GET', path: graph.numbers[0]!.id })).toMatchObject({ kind: 'ok' });
  });
});

describe('messages', () => {
  test('go to a phone or to a user id, not to both', async () => {
    const both = { to: '+12025550142', recipient: 'US.704' };
    expect(await say(both)).toMatchObject({ kind: 'refused', code: '131009' });
    expect(await say({})).toMatchObject({ kind: 'refused', code: '131008' });
  });

  test('to a user id in `to` are accepted, and nothing is ever heard of them', async () => {
    const dana = graph.person({ userId: 'US.704' });
    graph.writes(dana, text('hi'));
    await graph.deliver();
    expect(await say({ to: 'US.704' })).toMatchObject({ kind: 'ok' });
    graph.tell(graph.taken[0]!.wamid, 'delivered');
    expect(graph.waiting).toEqual([]);
  });

  test('without a plus go to the country of the business', async () => {
    graph.person({ phone: '77012223344' });
    await say({ to: '77012223344' });
    expect(graph.taken[0]).toMatchObject({ dialled: '177012223344', failsWith: 131026 });
  });

  test('outside the window are taken and fail later, and one of the client opens it again', async () => {
    const dana = graph.person({ phone: '12025550142' });
    await say({ to: '+12025550142' });
    graph.writes(dana, text('hi'));
    graph.clock.pass(24 * HOUR - 1);
    await say({ to: '+12025550142' });
    graph.clock.pass(1);
    await say({ to: '+12025550142' });
    await graph.deliver();
    const statuses = told().filter(({ status }) => status !== undefined);
    expect(statuses.map(({ status, errors }) => errors?.[0].code ?? status)).toEqual([131047, 'sent', 131047]);
  });

  test('of one number do not open the window of another', async () => {
    await restart({ numbers: [{}, {}] });
    graph.writes(graph.person({ phone: '12025550142' }), text('hi'));
    await say({ to: '+12025550142' }, undefined, 1);
    expect(graph.taken[0]).toMatchObject({ failsWith: 131047 });
  });

  test.each([
    { name: 'an unknown kind', content: { type: 'poll' }, code: '131051' },
    { name: 'no text', content: { type: 'text', text: { body: ' ' } }, code: '131008' },
    { name: 'a file that is nowhere', content: { type: 'image', image: { id: '1' } }, code: '100' },
    { name: 'a file without id and link', content: { type: 'image', image: {} }, code: '131008' },
    {
      name: 'four buttons',
      content: {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'a' },
          action: { buttons: Array(4).fill({ type: 'reply', reply: { id: '1', title: 'a' } }) },
        },
      },
      code: '131009',
    },
    {
      name: 'a template that is not there',
      content: { type: 'template', template: { name: 'x', language: { code: 'en' } } },
      code: '132001',
    },
  ])('with $name are refused', async ({ content, code }) => {
    graph.person({ phone: '12025550142' });
    expect(await say({ to: '+12025550142' }, content)).toMatchObject({ kind: 'refused', code });
  });

  test('both ways count for the number', async () => {
    await restart({ numbers: [{ perSecond: 2 }] });
    const dana = graph.person({ phone: '12025550142' });
    graph.writes(dana, text('1'));
    graph.writes(dana, text('2'));
    expect(await say({ to: '+12025550142' })).toMatchObject({ kind: 'throttled', code: '130429' });
  });
});

describe('files', () => {
  test('can be read for five minutes from when they were asked for, with the token', async () => {
    const dana = graph.person({ phone: '12025550142' });
    graph.sendsFile(dana, 'image', 'image/jpeg', Buffer.from('jpeg'));
    await graph.deliver();
    const { id } = told()[0].image;
    const answer = await call({ method: 'GET', path: id, query: { phone_number_id: graph.numbers[0]!.id } });
    const { url } = (answer as { result: { url: string } }).result;
    const read = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });

    expect((await fetch(url)).status).toBe(401);
    expect((await read('other')).status).toBe(401);
    expect(await (await read(graph.token)).text()).toBe('jpeg');
    graph.clock.pass(5 * 60_000);
    expect((await read(graph.token)).status).toBe(404);
    graph.clock.pass(7 * 24 * HOUR);
    expect(await call({ method: 'GET', path: id })).toMatchObject({ kind: 'refused', code: '100' });
  });

  test('of another number are not there', async () => {
    await restart({ numbers: [{}, {}] });
    graph.sendsFile(graph.person({ phone: '12025550142' }), 'image', 'image/jpeg', Buffer.from('jpeg'));
    await graph.deliver();
    const { id } = told()[0].image;
    const query = { phone_number_id: graph.numbers[1]!.id };
    expect(await call({ method: 'GET', path: id, query })).toMatchObject({ kind: 'refused', code: '100' });
    expect(await say({ to: '+12025550142' }, { type: 'image', image: { id } }, 1)).toMatchObject({
      kind: 'refused',
      code: '100',
    });
  });

  test('of a kind that Meta does not take are refused', async () => {
    const file = { ...fileOf({ name: 'a.xml', mimeType: 'application/xml' }), field: 'file' };
    const form = { texts: { messaging_product: 'whatsapp' }, file };
    expect(await call({ method: 'POST', path: `${graph.numbers[0]!.id}/media`, form })).toMatchObject({
      kind: 'refused',
      code: '100',
      description: expect.stringContaining('Param file must be a file'),
    });
  });
});

describe('webhooks', () => {
  test('are signed over escaped bytes', async () => {
    graph.writes(graph.person({ phone: '12025550142', name: 'Дана' }), text('Café / 😀'));
    await graph.deliver();
    const [{ bytes, headers }] = webhook.calls as [Heard];
    expect(bytes.toString('utf8')).toContain(String.raw`Caf\u00e9 \/ \ud83d\ude00`);
    expect(headers['x-hub-signature-256']).toBe(signatureOf(graph.appSecret, bytes));
  });

  test('come in batches of 1,000, over accounts, numbers and kinds', async () => {
    await restart({ numbers: [{}, {}, { wabaId: '77', perSecond: 5000 }] });
    const people = Array.from({ length: 50 }, (_, n) => graph.person({ phone: `120255502${n + 10}` }));
    for (let n = 0; n < 1500; n++) {
      const person = people[n % people.length]!;
      const { id } = graph.numbers[n % 3]!;
      if (n % 7 === 0) graph.writesInApp(person, text(`${n}`), id);
      else graph.writes(person, text(`${n}`), id);
    }

    expect(await graph.deliver()).toEqual([
      { status: 200, updates: 1000 },
      { status: 200, updates: 500 },
    ]);

    expect(new Set(told().map(({ id }) => id)).size).toBe(1500);
    const [{ entry }] = bodies();
    expect(new Set(entry.map(({ id }: { id: string }) => id)).size).toBe(2);
    expect(graph.waiting).toEqual([]);
  });

  test('come twice and in any order', async () => {
    const dana = graph.person({ phone: '12025550142' });
    const sent = ['a', 'b', 'c', 'd'].map((body) => graph.writes(dana, text(body)));
    await graph.deliver(undefined, { twice: true, shuffled: true, batch: 1, random: () => 0 });
    const ids = told().map(({ id }) => id);
    expect(ids).toHaveLength(8);
    expect([...new Set(ids)]).not.toEqual(sent);
    expect([...new Set(ids)].sort()).toEqual([...sent].sort());
  });

  test('come again, later each time, until they are taken', async () => {
    graph.writes(graph.person({ phone: '12025550142' }), text('hi'));
    webhook.answerNext('POST', { status: 500, body: '' });
    webhook.answerNext('POST', { status: 302, body: '' });

    expect(await graph.deliver()).toEqual([{ status: 500, updates: 1 }]);
    expect(await graph.deliver()).toEqual([]);
    graph.clock.pass(5000);
    expect(await graph.deliver()).toEqual([{ status: 302, updates: 1 }]);
    graph.clock.pass(9999);
    expect(await graph.deliver()).toEqual([]);
    graph.clock.pass(1);
    expect(await graph.deliver()).toEqual([{ status: 200, updates: 1 }]);
    expect(graph.waiting).toEqual([]);
  });

  test('end after an hour of failures, and what waited is lost', async () => {
    graph.writes(graph.person({ phone: '12025550142' }), text('hi'));
    for (let n = 0; n < 20 && graph.webhookUrl !== undefined; n++) {
      webhook.answerNext('POST', { status: 503, body: '' });
      await graph.deliver();
      graph.clock.pass(10 * 60_000);
    }
    expect(graph.webhookUrl).toBeUndefined();
    expect(graph.waiting).toEqual([]);
    graph.writes(graph.person({ phone: '12025550777' }), text('hi'));
    expect(graph.waiting).toEqual([]);
  });

  test('of messages go to the address of the number, all else to that of the app', async () => {
    const own = await startWebhook();
    const path = graph.numbers[0]!.id;
    const configured = { override_callback_uri: `${own.baseUrl}/w`, verify_token: 'word' };
    expect(await call({ method: 'POST', path, json: { webhook_configuration: configured } })).toMatchObject({
      kind: 'ok',
    });
    expect(own.calls[0]).toMatchObject({
      method: 'GET',
      query: { 'hub.mode': 'subscribe', 'hub.verify_token': 'word' },
    });

    const dana = graph.person({ phone: '12025550142' });
    graph.writes(dana, text('hi'));
    graph.writesInApp(dana, text('hello'));
    await graph.deliver();

    expect(own.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(bodies()[0].entry[0].changes[0].field).toBe('smb_message_echoes');
    await own.stop();
  });

  test.each([
    { name: 'that does not give back the challenge', answer: { status: 200, body: '"7"' } },
    { name: 'that refuses it', answer: { status: 403, body: '' } },
  ])('do not go to an address $name', async ({ answer }) => {
    webhook.answerNext('GET', answer);
    const json = { override_callback_uri: webhook.baseUrl, verify_token: 'word' };
    const path = `${graph.numbers[0]!.wabaId}/subscribed_apps`;
    expect(await call({ method: 'POST', path, json })).toMatchObject({ kind: 'refused', code: '2200' });
    expect(await call({ method: 'GET', path })).toMatchObject({ result: { data: [] } });
  });

  test('may come before the answer of the call', async () => {
    await restart({ tellsBeforeAnswer: true });
    graph.writes(graph.person({ phone: '12025550142' }), text('hi'));
    await graph.deliver();

    await say({ to: '+12025550142' });

    expect(webhook.calls.length).toBe(2);
    expect(told()[1]).toMatchObject({ id: graph.taken[0]!.wamid, status: 'sent' });
  });
});
