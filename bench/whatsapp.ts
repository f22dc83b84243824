import { SIGNATURE_HEADER, signatureOf } from '#channels/meta/signature';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import type { Usage } from './meter.ts';
import { type Row, rounded } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
/** Seconds after 1970. */
const START = Date.UTC(2026, 9, 5, 9, 0, 0) / 1000;
/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** What people with two ids cost in WhatsApp, what receipts cost, and files in and out. */
export async function measureWhatsApp(): Promise<Row[]> {
  // Nothing is posted: a bench reads what waits, and tells it itself.
  const graph = await startGraph({ callbackUrl: 'http://127.0.0.1:9/' });
  const world = await openBenchWorld();
  try {
    const number = await connect(world, graph);
    return [
      ...(await measurePeople(world, number)),
      ...(await measureReceipts(world, graph, number)),
      ...(await measureFiles(world, graph, number)),
    ];
  } finally {
    await world.stop();
    await graph.stop();
  }
}

/** A connected number, and how Meta tells it something. */
interface Number {
  readonly channelId: string;
  tell(lists: Readonly<Record<string, unknown>>): Promise<void>;
}

async function connect(world: BenchWorld, graph: GraphDouble): Promise<Number> {
  const { token: accessToken, appSecret, baseUrl: apiBaseUrl } = graph;
  const phoneNumberId = graph.numbers[0]?.id ?? '';
  const credentials = { phoneNumberId, accessToken, appSecret, apiBaseUrl };
  const wanted = { transport: 'wapi', name: 'Number', credentials, setWebhook: false };
  const { channelId } = (await world.call('POST', '/v1/channels', wanted)).body;
  const metadata = { display_phone_number: '79001112233', phone_number_id: phoneNumberId };
  return {
    channelId,
    async tell(lists) {
      const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...lists } };
      const body = { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [change] }] };
      const signature = signatureOf(Buffer.from(JSON.stringify(body)), appSecret);
      await world.post(`/webhooks/wapi/${channelId}`, body, { [SIGNATURE_HEADER]: signature });
    },
  };
}

let lastId = 0;

/** What a client says, in Meta's words. `content` is `{type, [type]: …}`. */
function said(client: number, content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  lastId += 1;
  const from = phoneOf(client);
  const user = `RU.${String(client).padStart(18, '1')}`;
  const message = { from, from_user_id: user, id: `wamid.${lastId}`, timestamp: String(START + lastId), ...content };
  return { contacts: [{ wa_id: from, user_id: user, profile: { name: 'Client' } }], messages: [message] };
}

const text = (client: number) => said(client, { type: 'text', text: { body: TEXT } });

function phoneOf(client: number): string {
  return String(79_001_110_000 + client);
}

async function measurePeople(world: BenchWorld, { tell }: Number): Promise<Row[]> {
  const oneId = await world.measure(async () => {
    await world.receive(1, TEXT);
    await world.fold();
  });
  const first = await world.measure(async () => {
    await tell(text(1));
    await world.fold();
  });
  // From then on the person's ids count as known.
  world.advance(60_000);
  lastId += 60;
  const again = await world.measure(async () => {
    await tell(text(1));
    await world.fold();
  });
  const webhook = await world.measure(() => tell(text(1)));
  await world.fold();
  return [
    {
      what: 'webhook of WhatsApp: sequential round trips before the 2xx, the person known',
      budget: '1',
      figure: String(webhook.steps),
      met: webhook.steps <= 1,
    },
    // Once in a life: the second id and the first are written in one transaction, and the chat remembers both.
    unitsRow('WhatsApp: first message of a client with phone and user id', oneId.writeUnits + 5, first),
    unitsRow('WhatsApp: next message, chat already unanswered', 2, again),
  ];
}

async function measureReceipts(world: BenchWorld, graph: GraphDouble, { channelId, tell }: Number): Promise<Row[]> {
  const message = { channelId, chatType: 'whatsapp', chatId: phoneOf(1), text: 'Yes, three of them.' };
  await world.call('POST', '/v3/message', message);
  await world.fold();
  await world.send();
  const { wamid, opaque } = graph.taken.at(-1) ?? {};
  const receipt = (status: string) => {
    const about = { id: wamid, status, timestamp: String(START + 100), recipient_id: phoneOf(1) };
    return tell({ statuses: [{ ...about, biz_opaque_callback_data: opaque }] });
  };
  const delivered = await world.measure(() => receipt('delivered'));
  const read = await world.measure(() => receipt('read'));
  const late = await world.measure(() => receipt('delivered'));
  return [
    unitsRow('receipt: delivered', 1, delivered),
    unitsRow('receipt: read', 1, read),
    unitsRow('receipt that says nothing new', 1, late),
  ];
}

async function measureFiles(world: BenchWorld, graph: GraphDouble, { channelId, tell }: Number): Promise<Row[]> {
  await world.publish();
  const dana = graph.person({ phone: phoneOf(2), name: 'Dana' });
  graph.sendsFile(dana, 'image', 'image/png', PNG);
  const { value } = graph.waiting.at(-1) as unknown as { value: { messages: [{ image: object }] } };
  await tell(text(2));
  await world.fold();
  const photo = said(2, { type: 'image', image: value.messages[0].image });
  const comes = await world.measure(async () => {
    await tell(photo);
    await world.fold();
  });
  const stored = await world.measure(async () => {
    await world.publish();
    await world.storeFiles();
  });
  const upload = await world.measure(() =>
    world.call('POST', '/v1/files', { name: 'act.pdf', type: 'application/pdf', size: 1000 }),
  );
  const { messages } = (await world.call('GET', `/v1/chats/${channelId}/whatsapp/${phoneOf(2)}/messages`)).body;
  const { contentUri } = messages.at(-1);
  const forwarded = await world.measure(async () => {
    const message = { channelId, chatType: 'whatsapp', chatId: phoneOf(2), contentUri };
    await world.call('POST', '/v3/message', message);
    await world.fold();
  });
  return [
    unitsRow('message with a file, chat already unanswered', 2, comes),
    unitsRow('what the file itself costs: wanted, fetched, stored', 2, stored),
    unitsRow('upload of a file: its address', 1, upload),
    unitsRow('reply with a file that Konvert has, without sending', 5, forwarded),
  ];
}

function unitsRow(what: string, write: number, { writeUnits, readUnits, steps }: Usage): Row {
  return {
    what,
    budget: `${write} write`,
    figure: `${rounded(writeUnits)} write, ${rounded(readUnits)} read, ${steps} steps`,
    met: writeUnits <= write,
  };
}
