import { createHmac } from 'node:crypto';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import type { GraphTemplate } from '#test/doubles/graph/world';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { type Answer, createWorld, type MessageListAnswer, START, type World } from '#test/world';

/** The client's number. */
export const CLIENT = '79001112233';

/** A world with a WhatsApp number. Its Graph API keeps Meta's rules. Both have the same time. */
export interface WhatsAppWorld {
  readonly world: World;
  readonly graph: GraphDouble;
  /** The first number's channel. */
  readonly channelId: string;
  addNumber(phoneNumberId: string, fields?: Record<string, unknown>): Promise<string>;
  addTemplate(name: string, components: GraphTemplate['components'], more?: Partial<GraphTemplate>): GraphTemplate;
  /** Lets the client write, or call if that is given. It opens the window. */
  writes(content?: { readonly type: string } & Record<string, unknown>): Promise<void>;
  /** Sends the message, and lets it leave. */
  send(fields: Record<string, unknown>): Promise<Answer>;
  history(): Promise<MessageListAnswer['messages']>;
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const NUMBERS = ['100000001', '100000002', '100000003'].map((id, index) => ({
  id,
  wabaId: index < 2 ? '200000001' : '200000002',
  phone: `7495000000${index}`,
}));

/** Opens the world with one number. */
export async function openWhatsApp(options: Parameters<typeof createWorld>[0] = {}): Promise<WhatsAppWorld> {
  const clock = createVirtualClock(START);
  const graph = await startGraph({ clock, numbers: NUMBERS });
  const world = await createWorld(options);
  const person = graph.person({ phone: CLIENT, name: 'Ann' });
  let lastId = 0;

  async function addNumber(phoneNumberId: string, fields: Record<string, unknown> = {}): Promise<string> {
    const { wabaId } = NUMBERS.find(({ id }) => id === phoneNumberId)!;
    const { token: accessToken, appSecret, baseUrl: apiBaseUrl } = graph;
    const credentials = { phoneNumberId, wabaId, accessToken, appSecret, apiBaseUrl };
    const body = { transport: 'wapi', name: `Number ${phoneNumberId}`, credentials, setWebhook: false, ...fields };
    const answer = await world.call('POST', '/v1/channels', { key: world.account.apiKey, body });
    if (answer.status !== 201) throw new Error(answer.text);
    return (answer.body as { channelId: string }).channelId;
  }

  const channelId = await addNumber('100000001');

  async function post(value: Record<string, unknown>): Promise<void> {
    const metadata = { display_phone_number: NUMBERS[0]!.phone, phone_number_id: '100000001' };
    const change = {
      field: 'calls' in value ? 'calls' : 'messages',
      value: { messaging_product: 'whatsapp', metadata, ...value },
    };
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '200000001', changes: [change] }],
    });
    const signature = createHmac('sha256', graph.appSecret).update(body).digest('hex');
    const headers = { 'x-hub-signature-256': `sha256=${signature}` };
    const answer = await world.call('POST', `/webhooks/wapi/${channelId}`, { headers, body });
    if (answer.status !== 200) throw new Error(answer.text);
    await world.drain();
  }

  return {
    world,
    graph,
    channelId,
    addNumber,

    addTemplate(name, components, more = {}) {
      const id = String(5000 + graph.templates.length);
      const usual = { wabaId: '200000001', language: 'en', status: 'APPROVED', category: 'UTILITY' };
      const template = { id, name, components, ...usual, ...more };
      graph.templates.push(template);
      return template;
    },

    async writes(content = { type: 'text', text: { body: 'hello' } }) {
      graph.writes(person, { type: 'text', text: { body: 'hello' } });
      lastId += 1;
      const seconds = String(Math.floor(clock.now() / 1000));
      const about = { from: CLIENT, id: `wamid.in${lastId}`, timestamp: seconds };
      const contacts = [{ profile: { name: 'Ann' }, wa_id: CLIENT }];
      await post({
        contacts,
        ...(content.type === 'call'
          ? { calls: [{ ...about, ...(content.call as object) }] }
          : { messages: [{ ...about, ...content }] }),
      });
    },

    async send(fields) {
      const body = { channelId, chatType: 'whatsapp', chatId: CLIENT, ...fields };
      const answer = await world.call('POST', '/v3/message', { key: world.account.apiKey, body });
      await world.drain();
      return answer;
    },

    async history() {
      const path = `/v1/chats/${channelId}/whatsapp/${CLIENT}/messages`;
      const answer = await world.call('GET', path, { key: world.account.apiKey });
      return (answer.body as MessageListAnswer).messages;
    },

    async pass(ms) {
      clock.pass(ms);
      await world.pass(ms);
    },

    async stop() {
      await world.stop();
      await graph.stop();
    },
  };
}
