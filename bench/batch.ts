import { SIGNATURE_HEADER, signatureOf } from '#channels/meta/signature';
import { readersOf } from '#lib/listeners';
import { startGraph } from '#test/doubles/graph';
import type { Usage } from './meter.ts';
import { type Row, rounded } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const MESSAGES = 1_000;
const CHATS = 100;
/** The most records that `fold-chat` gets at once. */
const STREAM_BATCH = readersOf('messages').find(({ function: name }) => name === 'fold-chat')?.most;
const BUDGET = 1.3;
/** Seconds after 1970. */
const START = Date.UTC(2026, 9, 5, 9, 0, 0) / 1000;

/** What a body costs that holds a thousand messages in a hundred known chats, as Meta sends after an outage. */
export async function measureBatch(): Promise<Row[]> {
  const graph = await startGraph();
  const world = await openBenchWorld();
  try {
    const { token: accessToken, appSecret, baseUrl: apiBaseUrl } = graph;
    const phoneNumberId = graph.numbers[0]?.id ?? '';
    const credentials = { phoneNumberId, accessToken, appSecret, apiBaseUrl };
    const wanted = { transport: 'wapi', name: 'Number', credentials, setWebhook: false };
    const { channelId } = (await world.call('POST', '/v1/channels', wanted)).body;
    let bodies = 0;
    const post = async (messages: number) => {
      bodies += 1;
      const body = bodyOf(phoneNumberId, messages, bodies);
      const signature = signatureOf(Buffer.from(JSON.stringify(body)), appSecret);
      await world.post(`/webhooks/wapi/${channelId}`, body, { [SIGNATURE_HEADER]: signature });
      await world.fold(STREAM_BATCH);
    };
    await post(CHATS);
    const waiting = await world.measure(() => post(MESSAGES));
    for (let chat = 0; chat < CHATS; chat += 1) await answer(world, channelId, chat);
    const answered = await world.measure(() => post(MESSAGES));
    return [rowOf('in 100 chats that wait', waiting), rowOf('in 100 answered chats', answered)];
  } finally {
    await world.stop();
    await graph.stop();
  }
}

function phoneOf(chat: number): string {
  return String(79_001_110_000 + chat);
}

/** The chats take turns, as they do in a real body. */
function bodyOf(phoneNumberId: string, count: number, body: number): object {
  const messages = Array.from({ length: count }, (_, index) => ({
    from: phoneOf(index % CHATS),
    from_user_id: `RU.${String(index % CHATS).padStart(18, '1')}`,
    id: `wamid.${Buffer.from(`${body}-${index}`.padStart(42, 'HBgL')).toString('base64')}`,
    timestamp: String(START + body * 1000 + index),
    type: 'text',
    text: { body: 'Good day! Is the red one in stock?' },
  }));
  const contacts = Array.from({ length: CHATS }, (_, chat) => ({
    wa_id: phoneOf(chat),
    user_id: `RU.${String(chat).padStart(18, '1')}`,
    profile: { name: `Client ${chat}` },
  }));
  const metadata = { display_phone_number: '79001112233', phone_number_id: phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, contacts, messages };
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
}

async function answer(world: BenchWorld, channelId: string, chat: number): Promise<void> {
  const message = { channelId, chatType: 'whatsapp', chatId: phoneOf(chat), text: 'Yes, three of them.' };
  await world.call('POST', '/v3/message', message);
  await world.fold();
}

function rowOf(which: string, { writeUnits, readUnits }: Usage): Row {
  const perMessage = writeUnits / MESSAGES;
  return {
    what: `Meta batch of 1,000 messages ${which}, with their folds`,
    budget: `<= ${BUDGET} write per message`,
    figure: `${rounded(perMessage)} write, ${rounded(readUnits / MESSAGES)} read`,
    met: perMessage <= BUDGET,
  };
}
