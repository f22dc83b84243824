import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KnownBy, ReceivedMessage } from '#channels/inbound';
import type { OutgoingContent } from '#channels/outbound';
import { createVk } from '#channels/vk/index';
import { textOf, topLevel } from '#channels/vk/top-level';
import { parserOf } from '#test/channels/messages';
import { startVk, type VkDouble } from '#test/doubles/vk';
import { PATIENCE_MS } from '#test/patience';
import { event, GROUP, message, replied, said } from './events.ts';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';
import { startReceiver } from './receiver.ts';

// What others stumbled over, each with the report. Traps 2 and 4 are in `setup.test.ts`.

const SECRET = 'c'.repeat(64);
const TOLD = 'c'.repeat(50);
const vk = createVk();
const parse = parserOf(vk);

let api: VkDouble;
let channel: KnownBy;

beforeEach(async () => {
  api = await startVk();
  api.person();
  channel = { credentials: credentialsOf(api), webhookSecret: SECRET };
});

afterEach(() => api.stop());

const send = (content: OutgoingContent, more = {}) =>
  vk.outbound.send(channel.credentials, toPerson('30020010', content, more), AbortSignal.timeout(PATIENCE_MS));
const text = (said: string): OutgoingContent => ({ type: 'text', text: said });
const lastCall = (method: string) => api.calls.findLast((call) => call.method === method)?.body;

describe('trap 1: anything but `ok`, such as a byte order mark before it, makes VK repeat the event five times (digitalstars/simpleVK-php#13)', () => {
  test('what was taken is answered byte for byte, and never repeated', async () => {
    const receiver = await startReceiver(vk, () => channel);
    await vk.setup.register(channel, receiver.url);
    api.writes(api.person(), 'Hello');

    const handed = await api.deliver();

    expect(handed).toEqual([{ status: 200, text: 'ok', isTaken: true }]);
    expect(api.waiting).toEqual([]);
    expect(receiver.received).toMatchObject([{ kind: 'client', content: { text: 'Hello' } }]);
    await receiver.stop();
  });

  test('the double repeats the rest, and counts', async () => {
    const counters: unknown[] = [];
    const server = createServer(async (request, response) => {
      await request.toArray();
      counters.push(request.headers['x-retry-counter']);
      response.end('\uFEFFok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    api.servers.push({ id: 1, url, title: 'x', secret_key: '', status: 'ok', settings: { message_new: '1' } });
    api.writes(api.person(), 'Hello');

    for (let tries = 0; tries < 8; tries += 1) {
      await api.deliver();
      api.clock.pass(3_600_000);
    }

    expect(counters).toEqual([undefined, '1', '2', '3', '4', '5']);
    expect(api.waiting).toEqual([]);
    server.closeAllConnections();
    server.close();
  });
});

test('trap 3: a message is wrapped since version 5.103, and bare before (VKCOM/vk-java-sdk#215)', () => {
  const bare = event('message_new', message());

  expect(parse(bare)).toEqual(parse(said()));
  expect(parse(bare)).toMatchObject([{ kind: 'client', content: { text: 'Hello' } }]);
});

test('trap 5: a message of the team has no client_info, and no wrapper (vkbottle#1147)', () => {
  expect(parse(replied())).toMatchObject([{ kind: 'echo' }]);
  expect(parse(event('message_reply', { message: message({ from_id: -GROUP }) }))).toMatchObject([{ kind: 'echo' }]);
});

describe('trap 6: not_supported_button nests payloads without end (negezor/vk-io#358)', () => {
  const pressed = (payload: unknown) =>
    (parse(said({ text: 'Yes', payload })) as ReceivedMessage[])[0]?.content.pressed;
  const wrap = (payload: unknown) => ({ command: 'not_supported_button', payload });

  test('one layer is taken off, as an object or as JSON', () => {
    expect(pressed(JSON.stringify(wrap({ t: 'Yes', p: 'y' })))).toBe('y');
    expect(pressed(JSON.stringify(wrap('{"t":"Yes","p":"y"}')))).toBe('y');
    expect(pressed(JSON.stringify(wrap(wrap({ t: 'Yes' }))))).toBe(JSON.stringify(wrap({ t: 'Yes' })));
  });

  test('layers without end are neither read nor followed', () => {
    const endless = Array.from({ length: 12 }).reduce<string>((inner) => JSON.stringify(wrap(inner)), '{"t":"Yes"}');

    expect(endless.length).toBeGreaterThan(4096);
    expect(pressed(endless)).toBeUndefined();
  });

  test('a body that is nested deeper than any of VK’s is nobody’s', () => {
    const deep = (levels: number) =>
      Buffer.from(`{"secret":"${TOLD}","object":${'['.repeat(levels)}${']'.repeat(levels)}}`);
    const isVerified = (levels: number) =>
      vk.inbound.verify({ method: 'POST', query: {}, headers: {}, body: deep(levels) }, channel);

    expect([isVerified(190), isVerified(210), isVerified(400_000)]).toEqual([true, false, false]);
  });
});

describe('trap 7: who is to blame (python273/vk_api#238)', () => {
  test('901 and 902 are the person’s, and so is 900', async () => {
    const outcomes = [];
    for (const more of [{ mayBeWritten: false }, { refusesWith: 902 }, { refusesWith: 900 }] as const) {
      api.person(more);
      outcomes.push(await send(text('Hi'), { key: `k${outcomes.length}` }));
    }

    expect(outcomes).toMatchObject([
      { kind: 'refused', refusal: { code: '901', reason: 'BAD_CONTACT' } },
      { kind: 'refused', refusal: { code: '902', reason: 'BAD_CONTACT' } },
      { kind: 'refused', refusal: { code: '900', reason: 'BAD_CONTACT' } },
    ]);
  });

  test('911 is the keyboard’s, and no payload is null', async () => {
    const rows = [[{ text: 'Yes', payload: 'y' }, { text: 'No' }], [{ text: 'Shop', url: 'https://shop.example' }]];
    const sent = await send({ type: 'text', text: 'Choose', buttons: { place: 'inline', rows } });
    const keyboard = lastCall('messages.send')?.keyboard ?? '';
    api.answerNext('messages.send', {
      status: 200,
      body: { error: { error_code: 911, error_msg: 'Keyboard format is invalid' } },
    });

    expect(sent.kind).toBe('sent');
    expect(keyboard).not.toContain('null');
    expect(await send(text('Hi'))).toMatchObject({ kind: 'refused', refusal: { reason: 'WRONG_CONTENT' } });
  });

  test('912: the bot features of the community are off', async () => {
    api.botFeatures = false;
    const buttons = { place: 'inline', rows: [[{ text: 'Yes' }]] } as const;

    expect(await send({ type: 'text', text: 'Choose', buttons })).toMatchObject({
      kind: 'refused',
      refusal: { code: '912', reason: 'GENERAL_ERROR' },
    });
  });
});

test('trap 8: a link in the text takes the place of a file (python273/vk_api#329), so links are not looked at', async () => {
  await send(text('https://shop.example'));
  await send({ type: 'file', file: fileOf() }, { key: 'k2' });

  const sends = api.calls.filter(({ method }) => method === 'messages.send');
  expect(sends.map(({ body }) => body.dont_parse_links)).toEqual(['1', '1']);
});

describe('trap 9: files', () => {
  const photo = (): OutgoingContent => ({
    type: 'file',
    file: fileOf({ kind: 'image', mimeType: 'image/png', name: 'a.png', bytes: Buffer.from('png') }),
  });

  test('go to the person’s own place, because that of a chat is code 1 (negezor/vk-io#479)', async () => {
    await send(photo());

    expect(lastCall('photos.getMessagesUploadServer')).toMatchObject({ peer_id: '30020010' });
    const stranger = toPerson('30020099', photo());
    expect(await vk.outbound.send(channel.credentials, stranger, AbortSignal.timeout(PATIENCE_MS))).toMatchObject({
      kind: 'unreachable',
    });
  });

  test('a saved file without ids is never sent as `undefined` (bot-example-php#11)', async () => {
    api.answerNext('photos.saveMessagesPhoto', { status: 200, body: { response: [{}] } });

    expect(await send(photo())).toMatchObject({ kind: 'unreachable' });
    expect(lastCall('messages.send')).toBeUndefined();
  });

  test('the form names the field of each kind, and VK gets all bytes', async () => {
    await send(photo());
    await send({ type: 'file', file: fileOf() }, { key: 'k2' });
    const ogg = fileOf({ kind: 'voice', mimeType: 'audio/ogg', name: 'v.ogg', bytes: Buffer.from('ogg') });
    await send({ type: 'file', file: ogg }, { key: 'k3' });

    expect([...api.saved.values()].map(({ name, bytes }) => [name, String(bytes)])).toEqual([
      ['a.png', 'png'],
      ['act.pdf', '%PDF-1.7 act'],
      ['v.ogg', 'ogg'],
    ]);
    expect(api.messages.map(({ attachments }) => attachments)).toEqual([...api.saved.keys()].map((key) => [key]));
  });
});

describe('trap 10: a secret that one side knows only (VKCOM/vk-java-sdk#220), and random_id', () => {
  const isVerified = (body: string, webhookSecret = SECRET) =>
    vk.inbound.verify(
      { method: 'POST', query: {}, headers: {}, body: Buffer.from(body) },
      { ...channel, webhookSecret },
    );

  test.each([
    ['set here and not sent', '{"type":"message_new"}', SECRET],
    ['sent and not set here', `{"secret":"${TOLD}"}`, ''],
    ['empty on both sides', '{"secret":""}', ''],
    ['null', '{"secret":null}', SECRET],
    ['a number', '{"secret":5}', SECRET],
    ['said twice', `{"secret":"${TOLD}","secret":"${TOLD}"}`, SECRET],
    ['said twice, once in escapes', `{"secret":"${TOLD}","\\u0073ecret":"x"}`, SECRET],
    ['deeper than at the top', `{"object":{"secret":"${TOLD}"}}`, SECRET],
    ['in a text', `{"text":"\\"secret\\":\\"${TOLD}\\""}`, SECRET],
    ['in a list', `[{"secret":"${TOLD}"}]`, SECRET],
    ['behind the object', `{"type":"x"} {"secret":"${TOLD}"}`, SECRET],
    ['in a body that is too large', `{"secret":"${TOLD}","text":"${'x'.repeat(1024 * 1024)}"}`, SECRET],
  ])('%s: refused', (_, body, secret) => {
    expect(isVerified(body, secret)).toBe(false);
  });

  test('the right one verifies, wherever it stands at the top', () => {
    expect(isVerified(`{"secret":"${TOLD}"}`)).toBe(true);
    expect(isVerified(` { "object" : {"a":[1,{"b":"}"}]} , "s\\u0065cret" : "${TOLD}" , "v":"5.199" } `)).toBe(true);
  });

  test('the reading finds in any JSON what JSON.parse finds there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string({ maxLength: 60 }), (others, secret) => {
        const { secret: _secret, ...rest } = others;
        const json = JSON.stringify({ ...rest, secret }, null, secret.length % 3);

        expect(textOf(topLevel(json, ['secret'])?.secret)).toBe(
          secret.isWellFormed() ? secret : JSON.parse(json).secret,
        );
        expect(topLevel(json.slice(0, -1), ['secret'])).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test('the reading throws at nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        topLevel(body, ['secret', 'type']);
      }),
      { numRuns: 1000 },
    );
  });

  test('random_id is the same in every try, another in the next attempt, never 0 and of 32 bits', async () => {
    await send(text('Hi'), { key: 'our1.1' });
    await send(text('Hi'), { key: 'our1.1' });
    await send(text('Hi'), { key: 'our1.2' });

    const ids = api.calls.map(({ body }) => Number(body.random_id));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids.every((id) => Number.isInteger(id) && id !== 0 && id >= -(2 ** 31) && id < 2 ** 31)).toBe(true);
    // The second try was no second message.
    expect(api.messages).toHaveLength(2);
  });
});
