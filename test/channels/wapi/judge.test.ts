import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionCTA,
  ActionList,
  Audio,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  CopyComponent,
  Document,
  HeaderComponent,
  HeaderParameter,
  Image,
  Interactive,
  ListSection,
  Location,
  PayloadComponent,
  Row,
  Template,
  Text,
  URLComponent,
  Video,
} from 'whatsapp-api-js/messages';
import type { ClientMessage, ClientRecipientIdentifier } from 'whatsapp-api-js/types';
import { createGraph } from '#channels/meta/client';
import type { Outbound, OutgoingContent } from '#channels/outbound';
import { createWapiOutbound } from '#channels/wapi/send';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import type { HttpDouble } from '#test/doubles/http';
import { type Heard, startWebhook } from '#test/doubles/webhook';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';

// A client of WhatsApp by somebody else speaks to the double. What it sends is taken, what it reads is right, and what
// our adapter sends is the same.

const DANA = '12025550142';
const DANA_ID = 'US.70412295513308';
/** Its types want both ids, and it sends either. */
const PHONE = { phone: `+${DANA}` } as ClientRecipientIdentifier;

let graph: GraphDouble;
let webhook: HttpDouble<Heard>;
let outbound: Outbound;
let judge: WhatsAppAPI;

beforeEach(async () => {
  webhook = await startWebhook();
  graph = await startGraph({ callbackUrl: webhook.baseUrl });
  outbound = createWapiOutbound(createGraph(fetch), graph.clock);
  judge = new WhatsAppAPI({
    token: graph.token,
    appSecret: graph.appSecret,
    webhookVerifyToken: 'word',
    v: 'v26.0',
    ponyfill: {
      fetch: (url: string | URL | Request, init?: RequestInit) =>
        fetch(String(url).replace('https://graph.facebook.com', graph.baseUrl), init),
    },
  });
});

afterEach(async () => {
  await graph.stop();
  await webhook.stop();
});

const numberId = () => graph.numbers[0]!.id;
const bodyOf = (at: number) => graph.taken.at(at)?.body;

/** Both send, and Meta takes the same from both. */
async function expectSame(message: ClientMessage, content: OutgoingContent, chatId = DANA): Promise<void> {
  const recipient = chatId === DANA ? PHONE : ({ bsuid: chatId } as ClientRecipientIdentifier);
  const theirs = await judge.sendMessage(numberId(), recipient, message, 'wamid.M1==', chatId);
  expect(theirs).toMatchObject({ messaging_product: 'whatsapp', messages: [{ id: graph.taken.at(-1)?.wamid }] });

  const sent = await outbound.send(
    credentialsOf(graph),
    toPerson(chatId, content, { quotes: 'wamid.M1==' }),
    AbortSignal.timeout(PATIENCE_MS),
  );

  expect(sent).toMatchObject({ kind: 'sent', providerId: graph.taken.at(-1)?.wamid });
  expect(graph.taken).toHaveLength(2);
  expect(bodyOf(-1)).toEqual(bodyOf(-2));
}

function template(components: GraphDouble['templates'][number]['components'], category = 'UTILITY') {
  graph.templates.push({
    id: '71',
    wabaId: graph.numbers[0]!.wabaId,
    name: 'order',
    language: 'ru',
    status: 'APPROVED',
    category,
    components,
  });
}

describe('what it sends is taken, and is what our adapter sends', () => {
  beforeEach(() => {
    graph.person({ phone: DANA, userId: DANA_ID });
  });

  const rows = (...texts: string[]) => ({ place: 'inline' as const, rows: texts.map((text) => [{ text }]) });

  test('a text', () => expectSame(new Text('Café?'), { type: 'text', text: 'Café?' }));

  test('a text with a link', () =>
    expectSame(new Text('https://a.example', true), { type: 'text', text: 'https://a.example' }));

  test('a text to a user id', () => expectSame(new Text('Hi'), { type: 'text', text: 'Hi' }, DANA_ID));

  test('buttons', () =>
    expectSame(new Interactive(new ActionButtons(new Button('0', 'Yes'), new Button('1', 'No')), new Body('Choose')), {
      type: 'text',
      text: 'Choose',
      buttons: rows('Yes', 'No'),
    }));

  test('a list', () =>
    expectSame(
      new Interactive(
        new ActionList(
          '☰',
          new ListSection(undefined, new Row('0', 'a'), new Row('1', 'b'), new Row('2', 'c'), new Row('3', 'd')),
        ),
        new Body('Choose'),
      ),
      { type: 'text', text: 'Choose', buttons: rows('a', 'b', 'c', 'd') },
    ));

  test('a button with an address', () =>
    expectSame(new Interactive(new ActionCTA('Shop', 'https://a.example'), new Body('See')), {
      type: 'text',
      text: 'See',
      buttons: { place: 'inline', rows: [[{ text: 'Shop', url: 'https://a.example' }]] },
    }));

  test.each([
    { kind: 'image', mimeType: 'image/jpeg', name: 'p.jpg', messageOf: (id: string) => new Image(id, true) },
    { kind: 'video', mimeType: 'video/mp4', name: 'v.mp4', messageOf: (id: string) => new Video(id, true) },
    { kind: 'audio', mimeType: 'audio/mpeg', name: 's.mp3', messageOf: (id: string) => new Audio(id, true) },
    { kind: 'voice', mimeType: 'audio/ogg', name: 'v.ogg', messageOf: (id: string) => new Audio(id, true, true) },
    {
      kind: 'document',
      mimeType: 'application/pdf',
      name: 'act.pdf',
      messageOf: (id: string) => new Document(id, true, undefined, 'act.pdf'),
    },
  ] as const)('a file: $kind', async ({ messageOf, ...about }) => {
    const form = new FormData();
    form.append('file', new File(['bytes'], about.name, { type: about.mimeType }));
    const theirs = (await judge.uploadMedia(numberId(), form)) as { id: string };
    await judge.sendMessage(numberId(), PHONE, messageOf(theirs.id), undefined, DANA);

    await outbound.send(
      credentialsOf(graph),
      toPerson(DANA, { type: 'file', file: fileOf(about) }),
      AbortSignal.timeout(PATIENCE_MS),
    );

    const [one, other] = graph.taken.map(({ body }) => JSON.stringify(body).replace(/"id":"\d+"/, '"id":"…"'));
    expect(JSON.parse(other!)).toEqual(JSON.parse(one!));
  });

  test('a template with numbers', () => {
    template([
      { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' },
      { type: 'BODY', text: '{{1}} for {{2}}' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'See', url: 'https://a.example/{{1}}' },
          { type: 'QUICK_REPLY', text: 'Yes' },
          { type: 'COPY_CODE', text: 'Copy' },
        ],
      },
    ]);
    return expectSame(
      new Template(
        'order',
        'ru',
        new HeaderComponent(new HeaderParameter('17')),
        new BodyComponent(new BodyParameter('Book'), new BodyParameter('20 $')),
        new URLComponent('a17'),
        new PayloadComponent('y'),
        new CopyComponent('SAVE20'),
      ),
      { type: 'template', templateId: '71', values: ['17', 'Book', '20 $', 'a17', 'SAVE20'], payloads: ['y'] },
    );
  });

  test('a template with names', () => {
    template([
      { type: 'HEADER', format: 'TEXT', text: 'Dear {{name}}' },
      { type: 'BODY', text: 'See you on {{day}}' },
    ]);
    return expectSame(
      new Template(
        'order',
        'ru',
        new HeaderComponent(new HeaderParameter('Dana', 'name')),
        new BodyComponent(new BodyParameter('Monday', 'day')),
      ),
      { type: 'template', templateId: '71', values: ['Dana', 'Monday'] },
    );
  });

  test('a template with a place', () => {
    template([
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'Come' },
    ]);
    const place = new Location(76.8897, 43.2389, 'Depot 4', '12 Abay Ave');
    return expectSame(new Template('order', 'ru', new HeaderComponent(new HeaderParameter(place))), {
      type: 'template',
      templateId: '71',
      values: ['43.2389', '76.8897', 'Depot 4', '12 Abay Ave'],
    });
  });
});

describe('what the double posts, it verifies and reads', () => {
  const heard = () => webhook.calls.filter(({ method }) => method === 'POST');
  const read = async ({ bytes, headers }: Heard) => {
    const raw = bytes.toString('utf8');
    await judge.post(JSON.parse(raw), raw, headers['x-hub-signature-256'] ?? '');
  };

  test('a message, with characters that are escaped in the signed bytes', async () => {
    const onMessage = vi.fn();
    judge.on.message = onMessage;
    const dana = graph.person({ phone: DANA, userId: DANA_ID, name: 'Дана / 😀' });
    const wamid = graph.writes(dana, { type: 'text', text: { body: 'Café — 😀 https://a.example/' } });
    await graph.deliver();

    await read(heard()[0]!);

    expect(heard()[0]!.bytes.every((byte) => byte < 128)).toBe(true);
    expect(onMessage.mock.calls[0]![0]).toMatchObject({
      phoneID: numberId(),
      recipient: { phone: DANA, bsuid: DANA_ID },
      name: 'Дана / 😀',
      message: { id: wamid, type: 'text', text: { body: 'Café — 😀 https://a.example/' } },
    });
  });

  test('a file, which it reads by its id', async () => {
    const onMessage = vi.fn();
    judge.on.message = onMessage;
    graph.sendsFile(graph.person({ userId: DANA_ID }), 'image', 'image/jpeg', Buffer.from('jpeg'));
    await graph.deliver();
    await read(heard()[0]!);
    const { message, recipient } = onMessage.mock.calls[0]![0];

    const media = (await judge.retrieveMedia(message.image.id, numberId())) as { url: string };

    expect(recipient).toEqual({ bsuid: DANA_ID });
    expect(await (await judge.fetchMedia(media.url)).text()).toBe('jpeg');
  });

  test('statuses, with what was sent along', async () => {
    const onStatus = vi.fn();
    judge.on.status = onStatus;
    const dana = graph.person({ phone: DANA });
    graph.writes(dana, { type: 'text', text: { body: 'hi' } });
    await graph.deliver();
    await judge.sendMessage(numberId(), PHONE, new Text('Yes'), undefined, 'job-55');
    const { wamid } = graph.taken[0]!;
    for (const status of ['delivered', 'read'] as const) graph.tell(wamid, status);
    graph.tell(wamid, 'failed', 131049);
    await graph.deliver(undefined, { batch: 1 });

    for (const one of heard().slice(1)) await read(one);

    expect(
      onStatus.mock.calls.map(([{ id, status, error, biz_opaque_callback_data }]) => [
        id,
        status,
        error?.code,
        biz_opaque_callback_data,
      ]),
    ).toEqual([
      [wamid, 'sent', undefined, 'job-55'],
      [wamid, 'delivered', undefined, 'job-55'],
      [wamid, 'read', undefined, 'job-55'],
      [wamid, 'failed', 131049, 'job-55'],
    ]);
  });

  test('a forged body is refused', async () => {
    graph.writes(graph.person({ phone: DANA }), { type: 'text', text: { body: 'hi' } });
    await graph.deliver();
    const [one] = heard();
    await expect(read({ ...one!, bytes: Buffer.from(one!.bytes.toString().replace('hi', 'ho')) })).rejects.toThrow();
  });
});
