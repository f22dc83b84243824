import type { Received } from '#channels/inbound';
import { readersOf } from '#lib/listeners';
import { SIGNATURE, sharedMessenger, signed, TRANSPORT } from '#test/functions/shared-address';
import type { Usage } from './meter.ts';
import { type Row, rounded } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const MESSAGES = 1_000;
const CHATS = 100;
/** The most records that `fold-chat` gets at once. */
const STREAM_BATCH = readersOf('messages').find(({ function: name }) => name === 'fold-chat')?.most;
const BUDGET = 1.3;
const APP_SECRET = 'a'.repeat(32);
const START = Date.UTC(2026, 9, 5, 9, 0, 0);

/** What a body costs that holds a thousand messages in a hundred known chats, as Meta sends after an outage. */
export async function measureBatch(): Promise<Row[]> {
  const world = await openBenchWorld(sharedMessenger(() => ({ kind: 'unreachable', reason: 'not part of it' })));
  try {
    const credentials = { identity: 'number-1', appSecret: APP_SECRET };
    const { body } = await world.call('POST', '/v1/channels', { transport: TRANSPORT, name: 'Number', credentials });
    const address = `/webhooks/${TRANSPORT}/${(body as { channelId: string }).channelId}`;
    let posted = 0;
    const post = async (messages: number) => {
      posted += 1;
      const items = messagesOf(messages, posted);
      await world.post(address, { items }, { [SIGNATURE]: signed(JSON.stringify({ items }), APP_SECRET) });
      await world.fold(STREAM_BATCH);
    };
    await post(CHATS);
    const waiting = await world.measure(() => post(MESSAGES));
    for (let chat = 0; chat < CHATS; chat += 1) await answer(world, address, chat);
    const answered = await world.measure(() => post(MESSAGES));
    return [rowOf('in 100 chats that wait', waiting), rowOf('in 100 answered chats', answered)];
  } finally {
    await world.stop();
  }
}

/** The chats take turns, as they do in a real body. Ids are as long as WhatsApp's. */
function messagesOf(count: number, body: number): Received[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'client',
    account: 'number-1',
    ids: [
      { chatType: 'whatsapp', chatId: String(79_001_110_000 + (index % CHATS)) },
      { chatType: 'whatsapp', chatId: `US.${String(index % CHATS).padStart(16, '1')}` },
    ],
    providerId: `wamid.${`${body}-${index}`.padStart(54, 'x')}`,
    time: START + body * 1_000_000 + index * 100,
    opens: true,
    author: { name: `Client ${index % CHATS}` },
    content: { type: 'text', text: 'Good day! Is the red one in stock?' },
  }));
}

async function answer(world: BenchWorld, address: string, chat: number): Promise<void> {
  const channelId = address.split('/').at(-1);
  const chatId = String(79_001_110_000 + chat);
  await world.call('POST', '/v3/message', { channelId, chatType: 'whatsapp', chatId, text: 'Yes, three of them.' });
  await world.fold();
}

function rowOf(which: string, { writeUnits, readUnits }: Usage): Row {
  const perMessage = writeUnits / MESSAGES;
  return {
    what: `Meta batch of ${MESSAGES} messages ${which}, with their folds`,
    budget: `<= ${BUDGET} write per message`,
    figure: `${rounded(perMessage)} write, ${rounded(readUnits / MESSAGES)} read`,
    met: perMessage <= BUDGET,
  };
}
