import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Messenger, Setup } from '#channels/channel';
import { UnreadableWebhookError } from '#channels/errors';
import type { Inbound, Received, ReceivedMessage } from '#channels/inbound';
import type { Outbound, Outgoing, Sent } from '#channels/outbound';
import { playedMessenger } from '#test/scheduler/machines';
import { type Account, type Answer, createWorld, START, type World } from '#test/world';

/** The messenger of these worlds. It signs bodies, and one address of it serves all accounts of an app. */
export const TRANSPORT = 'shared';
const SIGNATURE = 'x-signature-256';

/** A number of the messenger, connected by a company. */
export interface ConnectedNumber {
  readonly channelId: string;
  readonly account: Account;
  /** The messenger's own id. */
  readonly identity: string;
  readonly appSecret: string;
}

/** How a body is posted, if not as the messenger would. */
export interface Posting {
  readonly to?: ConnectedNumber;
  readonly signedWith?: string;
  /** The bytes that are posted in the place of those that were signed. */
  readonly sent?: string;
}

/** What the messenger answers to a send. */
export type SharedSend = (message: Outgoing) => Sent;

/** In what the messenger is another one. */
export interface Plays {
  readonly inbound?: Partial<Inbound>;
  readonly outbound?: Partial<Outbound>;
  readonly setup?: Partial<Setup>;
}

/** A world in which a company has a number of such a messenger. */
export interface SharedWorld {
  readonly world: World;
  readonly number: ConnectedNumber;
  /** The secret under which the last number was registered. */
  readonly registered: () => string;
  /** What the messenger answers to sends. */
  sends(answer: SharedSend): void;
  /** Connects one more number. */
  connect(
    identity: string,
    options?: { account?: Account; appSecret?: string; business?: string },
  ): Promise<ConnectedNumber>;
  post(items: readonly Received[] | object, posting?: Posting): Promise<Answer>;
  /** The messages of a client of the number, as its company reads them; undefined if there is no such chat. */
  history(chatId: string, of?: ConnectedNumber): Promise<Record<string, unknown>[] | undefined>;
  chatOf(chatId: string, of?: ConnectedNumber): Promise<Answer>;
}

/** A message of a client. */
export function said(chatId: string, providerId: string, more: Partial<ReceivedMessage> & { account?: string } = {}) {
  return {
    kind: 'client',
    ids: [{ chatType: 'whatsapp', chatId }],
    providerId,
    time: START,
    opens: true,
    author: { name: 'Anna' },
    content: { type: 'text', text: `text of ${providerId}` },
    ...more,
  } as ReceivedMessage & { account?: string };
}

export function signed(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/** Makes a world with one number. */
export async function createSharedWorld(plays: Plays = {}): Promise<SharedWorld> {
  let send: SharedSend = () => ({ kind: 'sent', providerId: 'sent1' });
  let registered = '';
  const register = (secret: string) => {
    registered = secret;
  };
  const world = await createWorld({ messenger: sharedMessenger((...sent) => send(...sent), register, plays) });

  async function connect(
    identity: string,
    { account = world.account, appSecret = 'the-app', business }: Parameters<SharedWorld['connect']>[1] = {},
  ): Promise<ConnectedNumber> {
    const credentials = { identity, appSecret, ...(business !== undefined && { business }) };
    const body = { transport: TRANSPORT, name: identity, credentials };
    const { status, body: answer, text } = await world.call('POST', '/v1/channels', { key: account.apiKey, body });
    if (status !== 201) throw new Error(text);
    return { channelId: (answer as { channelId: string }).channelId, account, identity, appSecret };
  }

  const number = await connect('number-1');
  const chatPath = (chatId: string, { channelId }: ConnectedNumber) => `/v1/chats/${channelId}/whatsapp/${chatId}`;

  return {
    world,
    number,
    connect,
    registered: () => registered,
    sends: (answer) => {
      send = answer;
    },
    post(items, { to = number, signedWith = to.appSecret, sent } = {}) {
      const body = JSON.stringify(Array.isArray(items) ? { items } : items);
      const headers = { [SIGNATURE]: signed(body, signedWith) };
      return world.call('POST', `/webhooks/${TRANSPORT}/${to.channelId}`, { headers, body: sent ?? body });
    },
    async history(chatId, of = number) {
      const { status, body } = await world.call('GET', `${chatPath(chatId, of)}/messages`, { key: of.account.apiKey });
      return status === 200 ? (body as { messages: Record<string, unknown>[] }).messages : undefined;
    },
    chatOf: (chatId, of = number) => world.call('GET', chatPath(chatId, of), { key: of.account.apiKey }),
  };
}

function sharedMessenger(
  send: SharedSend,
  register: (secret: string) => void,
  { inbound, outbound, setup }: Plays,
): Messenger {
  const played = playedMessenger(
    { send: async (_, message) => send(message), ...outbound },
    {
      setup: {
        readCredentials: (input) => ({ credentials: input as Record<string, string> }),
        connect: async ({ identity = '' }) => ({ id: identity, plainId: identity, name: identity }),
        register: async ({ webhookSecret }) => register(webhookSecret),
        unregister: async () => undefined,
        ...setup,
      },
      inbound: {
        maxBodyBytes: 3 * 1024 * 1024,
        sharesAddress: true,
        furtherAccounts: ({ business }) => (business === undefined ? [] : [business]),
        greet({ method, query }, { webhookSecret }) {
          if (method !== 'GET' || query['hub.verify_token'] !== webhookSecret) return undefined;
          return { status: 200, text: query['hub.challenge'] ?? '' };
        },
        verify({ headers, body }, { credentials: { appSecret = '' } }) {
          const [given, wanted] = [
            Buffer.from(headers[SIGNATURE] ?? ''),
            Buffer.from(signed(`${Buffer.from(body)}`, appSecret)),
          ];
          return appSecret !== '' && given.length === wanted.length && timingSafeEqual(given, wanted);
        },
        parse(body) {
          const { items, product } = body as { items?: Received[]; product?: string };
          if (product !== undefined) return [{ kind: 'ignored', reason: 'product' }];
          if (!items) throw new UnreadableWebhookError('No items');
          return items;
        },
        ...inbound,
      },
    },
  );
  return { ...played, transport: TRANSPORT, chatTypes: ['whatsapp'] };
}
