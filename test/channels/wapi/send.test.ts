import { hash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import { createGraph } from '#channels/meta/client';
import type { Outbound, Outgoing, Sent } from '#channels/outbound';
import { createWapiOutbound } from '#channels/wapi/send';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';

const DANA = '12025550142';
const DANA_ID = 'US.70412295513308';

/** The `fetch` of a deployment. The double is at a private address. */
const publicFetch = createPublicFetch({ refuses: () => false });

let graph: GraphDouble;
let outbound: Outbound;

beforeEach(async () => {
  graph = await startGraph({ requiresProof: true, callbackUrl: 'https://konvert.example/webhook' });
  outbound = createWapiOutbound(createGraph(publicFetch), graph.clock);
});

afterEach(() => graph.stop());

/** Somebody who has just written. */
function dana(more: object = {}) {
  const person = graph.person({ phone: DANA, userId: DANA_ID, ...more });
  graph.writes(person, { type: 'text', text: { body: 'Open today?' } });
  return person;
}

const send = (message: Outgoing, number = 0): Promise<Sent> =>
  outbound.send(credentialsOf(graph, number), message, AbortSignal.timeout(PATIENCE_MS));
const say = (text: string, more: Partial<Outgoing> = {}, chatId = DANA) =>
  send(toPerson(chatId, { type: 'text', text }, more));
const lastBody = () => graph.taken.at(-1)?.body;
const countOf = (method: string) => graph.calls.filter((call) => call.method === method).length;

describe('a text', () => {
  test('goes to the phone number with a plus, with our own words and mark', async () => {
    dana();

    const sent = await say('*Yes*, until _nine_');

    expect(sent).toEqual({ kind: 'sent', providerId: graph.taken[0]?.wamid });
    expect(lastBody()).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: `+${DANA}`,
      biz_opaque_callback_data: DANA,
      type: 'text',
      text: { body: '*Yes*, until _nine_' },
    });
  });

  test('with a link shows a preview of it', async () => {
    dana();
    await say('See https://konvert.example');
    expect(lastBody()).toMatchObject({ text: { preview_url: true } });
  });

  test('quotes a message', async () => {
    dana();
    await say('Yes', { quotes: 'wamid.M11==' });
    expect(lastBody()).toMatchObject({ context: { message_id: 'wamid.M11==' } });
  });

  test('goes to a user id as `recipient`, never as `to`', async () => {
    dana({ phone: undefined });

    expect(await say('Yes', {}, DANA_ID)).toMatchObject({ kind: 'sent' });
    expect(lastBody()).toMatchObject({ recipient: DANA_ID });
    expect(lastBody()).not.toHaveProperty('to');
    expect(graph.taken.at(-1)?.person?.userId).toBe(DANA_ID);
  });

  test('goes to the phone number of a person who is known by a user id as well', async () => {
    dana();
    const to = [DANA_ID, DANA].map((chatId) => ({ chatType: 'whatsapp', chatId }));
    await say('Yes', { to: [to[0]!, to[1]!] });
    expect(lastBody()).toMatchObject({ to: `+${DANA}` });
  });

  test.each(['@dana', 'dana', '+12025550142', 'US.', ''])(
    'without an address (%j) is refused, and nothing is called',
    async (chatId) => {
      expect(await say('Yes', {}, chatId)).toMatchObject({
        kind: 'refused',
        refusal: { reason: 'BAD_CONTACT' },
      });
      expect(graph.calls).toEqual([]);
    },
  );

  test('of a country of its own reaches its person, because of the plus', async () => {
    const kazakh = graph.person({ phone: '77012223344' });
    graph.writes(kazakh, { type: 'text', text: { body: 'hi' } });
    await say('Сәлем', {}, '77012223344');
    expect(graph.taken.at(-1)?.person).toBe(kazakh);
  });
});

describe('buttons', () => {
  const choose = (...texts: string[]) => ({
    type: 'text' as const,
    text: 'Choose',
    buttons: { place: 'inline' as const, rows: texts.map((text) => [{ text }]) },
  });

  test('up to three are buttons, and give back their payload or their number', async () => {
    dana();
    const rows = [[{ text: 'Yes, please, by all means', payload: 'y' }], [{ text: 'No' }]];
    await send(toPerson(DANA, { type: 'text', text: 'Choose', buttons: { place: 'inline', rows } }));
    expect(lastBody()).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Choose' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'y', title: 'Yes, please, by all ' } },
            { type: 'reply', reply: { id: '1', title: 'No' } },
          ],
        },
      },
    });
  });

  test('more than three are a list of ten at most', async () => {
    dana();
    await send(toPerson(DANA, choose(...Array.from({ length: 12 }, (_, n) => `Choice with a long name ${n}`))));
    const { interactive } = lastBody() as {
      interactive: { action: { sections: [{ rows: { id: string; title: string }[] }] } };
    };
    expect(interactive).toMatchObject({ type: 'list', action: { button: '☰' } });
    expect(interactive.action.sections[0].rows.map(({ id }) => id)).toEqual([...'0123456789']);
    expect(interactive.action.sections[0].rows[0]?.title).toBe('Choice with a long name ');
  });

  test('one with an address opens it', async () => {
    dana();
    const rows = [[{ text: 'Shop', url: 'https://konvert.example' }]];
    expect(await send(toPerson(DANA, { type: 'text', text: 'See', buttons: { place: 'inline', rows } }))).toMatchObject(
      { kind: 'sent' },
    );
    expect(lastBody()).toMatchObject({ interactive: { type: 'cta_url' } });
  });

  test('none are a text', async () => {
    dana();
    await send(toPerson(DANA, { type: 'text', text: 'Bye', buttons: { place: 'reply', rows: [], removes: true } }));
    expect(lastBody()).toMatchObject({ type: 'text' });
  });
});

describe('a file', () => {
  test.each([
    { name: 'a picture', file: { kind: 'image', mimeType: 'image/jpeg', name: 'p.jpg' }, type: 'image', shown: {} },
    { name: 'a video', file: { kind: 'video', mimeType: 'video/mp4', name: 'v.mp4' }, type: 'video', shown: {} },
    { name: 'a sound', file: { kind: 'audio', mimeType: 'audio/mpeg', name: 's.mp3' }, type: 'audio', shown: {} },
    {
      name: 'a voice message',
      file: { kind: 'voice', mimeType: 'audio/ogg; codecs=opus', name: 'v.ogg' },
      type: 'audio',
      shown: { voice: true },
    },
    {
      name: "a recorder's voice message",
      file: { kind: 'voice', mimeType: 'audio/opus', name: 'v.ogg' },
      type: 'audio',
      shown: { voice: true },
    },
    {
      name: 'a voice message that is no Opus',
      file: { kind: 'voice', mimeType: 'audio/mp4', name: 'v.m4a' },
      type: 'audio',
      shown: {},
    },
    {
      name: 'a document',
      file: { kind: 'document', mimeType: 'application/pdf', name: 'act.pdf' },
      type: 'document',
      shown: { filename: 'act.pdf' },
    },
    {
      name: 'a picture as a document',
      file: { kind: 'document', mimeType: 'image/png', name: 'p.png' },
      type: 'document',
      shown: { filename: 'p.png' },
    },
  ] as const)('$name is uploaded and sent by its id', async ({ file, type, shown }) => {
    dana();
    const bytes = Buffer.from('the bytes of it');

    expect(await send(toPerson(DANA, { type: 'file', file: fileOf({ ...file, bytes }) }))).toMatchObject({
      kind: 'sent',
    });

    expect(lastBody()).toMatchObject({ type, [type]: { id: expect.any(String), ...shown } });
    const { id } = (lastBody() as Record<string, { id: string }>)[type]!;
    const credentials = credentialsOf(graph);
    const about = await createGraph(fetch)(credentials, { method: 'GET', path: id }, AbortSignal.timeout(PATIENCE_MS));
    const { url } = (about as { result: { url: string } }).result;
    const read = await fetch(url, { headers: { authorization: `Bearer ${graph.token}` } });
    expect(Buffer.from(await read.arrayBuffer())).toEqual(bytes);
  });

  test('of many megabytes arrives whole', async () => {
    dana();
    const bytes = randomBytes(20 * 1024 * 1024);
    expect(await send(toPerson(DANA, { type: 'file', file: fileOf({ bytes }) }))).toMatchObject({ kind: 'sent' });
    const { id } = (lastBody() as { document: { id: string } }).document;
    const about = await createGraph(fetch)(
      credentialsOf(graph),
      { method: 'GET', path: id },
      AbortSignal.timeout(PATIENCE_MS),
    );
    expect(about).toMatchObject({ result: { sha256: hash('sha256', bytes) } });
  });

  test('is uploaded once for all tries of a message', async () => {
    dana();
    const file = fileOf();
    graph.answerNext('POST messages', { status: 500, body: {} });

    expect(await send(toPerson(DANA, { type: 'file', file }))).toMatchObject({ kind: 'unreachable' });
    expect(await send(toPerson(DANA, { type: 'file', file }))).toMatchObject({ kind: 'sent' });

    expect(countOf('POST media')).toBe(1);
    expect(file.opened).toBe(1);
  });

  test('is uploaded anew for another message, and after 30 days', async () => {
    dana();
    await send(toPerson(DANA, { type: 'file', file: fileOf() }));
    await send(toPerson(DANA, { type: 'file', file: fileOf() }, { key: 'our2.1' }));
    expect(countOf('POST media')).toBe(2);

    graph.clock.pass(30 * 86_400_000);
    expect(await send(toPerson(DANA, { type: 'file', file: fileOf() }))).toMatchObject({ kind: 'sent' });
    expect(countOf('POST media')).toBe(3);
    expect(countOf('POST messages')).toBe(3);
  });

  test('whose upload Meta has lost is uploaded once more in the same try', async () => {
    dana();
    graph.answerNext('POST messages', { status: 500, body: {} });
    await send(toPerson(DANA, { type: 'file', file: fileOf() }));
    const [{ id }] = graph.calls
      .filter(({ method }) => method === 'POST messages')
      .map(({ body }) => (body as { document: { id: string } }).document) as [{ id: string }];
    const deleted = await createGraph(fetch)(
      credentialsOf(graph),
      { method: 'DELETE', path: id },
      AbortSignal.timeout(PATIENCE_MS),
    );
    expect(deleted).toEqual({ kind: 'ok', result: { success: true } });

    expect(await send(toPerson(DANA, { type: 'file', file: fileOf() }))).toMatchObject({ kind: 'sent' });
    expect(countOf('POST media')).toBe(2);
  });

  test('of another number is not sent by this one', async () => {
    await graph.stop();
    graph = await startGraph({ numbers: [{}, {}], callbackUrl: 'https://konvert.example/webhook' });
    dana();
    const message = toPerson(DANA, { type: 'file', file: fileOf() });

    expect(await send(message, 0)).toMatchObject({ kind: 'sent' });
    expect(await send(message, 1)).toMatchObject({ kind: 'sent' });
    expect(countOf('POST media')).toBe(2);
    expect(countOf('POST messages')).toBe(2);
  });

  test('that cannot be uploaded goes by its link', async () => {
    dana();
    const file = fileOf({ mimeType: 'application/zip', name: 'all.zip', link: 'https://files.example/all.zip' });
    expect(await send(toPerson(DANA, { type: 'file', file }))).toMatchObject({ kind: 'sent' });
    expect(lastBody()).toMatchObject({ document: { link: 'https://files.example/all.zip', filename: 'all.zip' } });
    expect(file.opened).toBe(0);
  });

  test('that can neither be uploaded nor fetched is refused', async () => {
    const sent = await send(toPerson(DANA, { type: 'file', file: fileOf({ mimeType: 'application/zip' }) }));
    expect(sent).toMatchObject({ kind: 'refused', refusal: { reason: 'WRONG_CONTENT', code: '131053' } });
    expect(graph.calls).toEqual([]);
  });

  test.each([
    { name: 'cannot be read', file: { open: () => Promise.reject(new Error('gone')) } },
    { name: 'is longer than it said', file: { size: 3 } },
    { name: 'is shorter than it said', file: { size: 300 } },
  ])('that $name is tried again later, and nothing is sent', async ({ file }) => {
    const broken = { ...fileOf(), ...file };
    expect(await send(toPerson(DANA, { type: 'file', file: broken }))).toMatchObject({ kind: 'unreachable' });
    expect(graph.calls).toEqual([]);
  });

  test('whose upload is throttled waits', async () => {
    const error = { message: 'Rate limit hit', code: 130429 };
    graph.answerNext('POST media', { status: 429, body: { error }, headers: { 'retry-after': '7' } });
    expect(await send(toPerson(DANA, { type: 'file', file: fileOf() }))).toEqual({
      kind: 'throttled',
      retryAfterSeconds: 7,
      scope: 'channel',
    });
  });
});

describe('what Meta refuses', () => {
  test('free words outside the window are taken, and fail later', async () => {
    dana();
    graph.clock.pass(24 * 3_600_000);
    expect(await say('Are you there?')).toMatchObject({ kind: 'sent' });
    expect(JSON.stringify(graph.waiting.at(-1))).toContain('131047');
  });

  test('the pair limit holds one chat back, 4 to the power of the refusals', async () => {
    dana();
    const ivan = graph.person({ phone: '12025550777' });
    graph.writes(ivan, { type: 'text', text: { body: 'hi' } });
    for (let n = 0; n < 45; n++) expect(await say(`${n}`, { key: `${n}` })).toMatchObject({ kind: 'sent' });

    const waits = [await say('45'), await say('45'), await say('45'), await say('45'), await say('45')];

    expect(waits.map((sent) => sent.kind === 'throttled' && [sent.scope, sent.retryAfterSeconds])).toEqual([
      ['chat', 4],
      ['chat', 16],
      ['chat', 64],
      ['chat', 256],
      ['chat', 256],
    ]);
    expect(await say('hi', {}, '12025550777')).toMatchObject({ kind: 'sent' });
    graph.clock.pass(6000);
    expect(await say('45')).toMatchObject({ kind: 'sent' });
    expect(await say('46')).toMatchObject({ kind: 'throttled', retryAfterSeconds: 4 });
  });

  test('the limit of the number holds all chats back', async () => {
    await graph.stop();
    graph = await startGraph({ numbers: [{ perSecond: 3 }] });
    dana();
    await say('1');
    await say('2');
    expect(await say('3')).toMatchObject({ kind: 'throttled', scope: 'channel' });
    graph.clock.pass(1000);
    expect(await say('3')).toMatchObject({ kind: 'sent' });
  });

  test('a token that ended closes the channel', async () => {
    graph.tokens.clear();
    expect(await say('Yes')).toMatchObject({
      kind: 'unauthorized',
      refusal: { code: '190', reason: 'CHANNEL_REJECTED' },
    });
  });

  test("an app's secret that was changed closes the channel", async () => {
    const credentials = { ...credentialsOf(graph), appSecret: 'another' };
    const sent = await outbound.send(
      credentials,
      toPerson(DANA, { type: 'text', text: 'Yes' }),
      AbortSignal.timeout(PATIENCE_MS),
    );
    expect(sent).toMatchObject({ kind: 'unauthorized', refusal: { code: '100' } });
    expect(JSON.stringify(sent)).not.toContain(graph.token);
  });

  test('the number itself is nobody to write to', async () => {
    expect(await say('Yes', {}, graph.numbers[0]!.phone)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'BAD_CONTACT', code: '131021' },
    });
  });

  test.each([
    { code: 3, kind: 'unauthorized', reason: 'CHANNEL_REJECTED' },
    { code: 131045, kind: 'refused', reason: 'CHANNEL_REJECTED' },
  ])('$code is a refusal, though it comes with the status 500', async ({ code, kind, reason }) => {
    graph.answerNext('POST messages', { status: 500, body: { error: { code, message: 'No' } } });
    expect(await say('Yes')).toMatchObject({ kind, refusal: { reason } });
  });

  test.each([
    {
      name: 'a fault of its own',
      answer: { status: 500, body: { error: { code: 131000, message: 'Something went wrong' } } },
    },
    { name: 'an answer without an id', answer: { status: 200, body: { messages: [] } } },
    { name: 'an id that fits into no key', answer: { status: 200, body: { messages: [{ id: 'я'.repeat(500) }] } } },
  ])('$name may have sent it', async ({ answer }) => {
    graph.answerNext('POST messages', answer);
    expect(await say('Yes')).toMatchObject({ kind: 'unreachable' });
  });
});

test('a status may come before the answer', async () => {
  await graph.stop();
  graph = await startGraph({ tellsBeforeAnswer: true });
  dana();
  expect(await say('Yes')).toMatchObject({ kind: 'sent' });
});
