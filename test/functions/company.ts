import { shortHash } from '#domain/hash';
import { chatKey } from '#domain/message';
import type { Role } from '#domain/settings';
import { type Account, type Answer, type ConnectedChannel, createWorld, type World } from '#test/world';

/** A role, and for sellers whether the switch "receives new clients" is on. */
export type Given = Role | 'seller with switch';

/** Calls for tests of an account with several users. */
export interface Desk {
  /** Calls the API as the CRM, or as `user`. */
  ask(method: string, path: string, body?: unknown, user?: string): Promise<Answer>;
  push(kind: 'users' | 'contacts' | 'deals' | 'pipelines', ...entities: unknown[]): Promise<void>;
  remove(kind: 'users' | 'contacts' | 'deals', id: string): Promise<void>;
  /** Replaces the roles of the channel by these. */
  give(roles: Readonly<Record<string, Given>>, channel?: ConnectedChannel): Promise<void>;
  /** The ids of the chats in the user's list, in its order. */
  seenBy(user: string): Promise<string[]>;
  counterOf(user: string): Promise<{ counterV2: number; type: string | null; lastMsgDateTime: string | null }>;
}

/** The desk of an account. All but `ask` throw unless the answer is 200. */
export function deskOf(world: World, { apiKey }: Account = world.account): Desk {
  async function ask(method: string, path: string, body?: unknown, user?: string): Promise<Answer> {
    return world.call(method, path, { key: apiKey, body, headers: user === undefined ? {} : { 'konvert-user': user } });
  }

  async function must(method: string, path: string, body?: unknown, user?: string): Promise<unknown> {
    const answer = await ask(method, path, body, user);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  return {
    ask,
    push: async (kind, ...entities) => void (await must('POST', `/v3/${kind}`, entities)),
    remove: async (kind, id) => void (await must('DELETE', `/v3/${kind}/${id}`)),
    async give(roles, { channelId } = world.channel) {
      const userRoles = Object.entries(roles).map(([userId, given]) => ({
        userId,
        role: given === 'seller with switch' ? 'seller' : given,
        allowGetNewClients: given === 'seller with switch',
      }));
      await must('PUT', `/v1/settings/channels/${channelId}`, { newClients: { mode: 'first-reply' }, userRoles });
      await world.drain();
    },
    async seenBy(user) {
      const { chats } = (await must('GET', '/v1/chats?limit=100', undefined, user)) as { chats: { chatId: string }[] };
      return chats.map(({ chatId }) => chatId);
    },
    counterOf: (user) => must('GET', `/v3/unanswered/${user}`) as ReturnType<Desk['counterOf']>,
  };
}

/** A chat of the company, and `marks`: texts that show that an answer holds something of it. */
export interface MarkedChat {
  readonly path: string;
  readonly channelId: string;
  readonly chatId: string;
  readonly marks: readonly string[];
}

/** A company with every kind of user and chat, and another account beside it with some of the same ids. */
export interface Company {
  readonly world: World;
  readonly chats: Readonly<Record<string, MarkedChat>>;
  /** Texts that only this company has, apart from those of its chats. */
  readonly marks: readonly string[];
  readonly other: { readonly account: Account; readonly channel: ConnectedChannel; readonly marks: readonly string[] };
  readonly keyId: string;
  readonly deliveryId: string;
}

/** The answer of a messenger that refuses a message for good. */
export const REFUSED = { status: 403, body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked' } };

/** The client of each chat, and the channel in which they write. */
const CHATS: Readonly<Record<string, { readonly chatId: number; readonly on: 'main' | 'open' | 'bare' }>> = {
  owned: { chatId: 730001, on: 'main' },
  ownedElsewhere: { chatId: 730001, on: 'open' },
  pool: { chatId: 730002, on: 'main' },
  roleless: { chatId: 730003, on: 'main' },
  orphan: { chatId: 730004, on: 'main' },
  unknowns: { chatId: 730005, on: 'main' },
  controls: { chatId: 730006, on: 'main' },
  heads: { chatId: 730007, on: 'main' },
  openPool: { chatId: 730008, on: 'open' },
  bare: { chatId: 730009, on: 'bare' },
};

const RESPONSIBLE: Readonly<Record<string, string>> = {
  owned: 'own',
  roleless: 'norole',
  orphan: 'deleted',
  unknowns: 'ghost',
  controls: 'control',
  heads: 'head',
  bare: 'own',
};

/** Makes the company. Every chat has one unanswered message. */
export async function openCompany(): Promise<Company> {
  const world = await createWorld();
  const desk = deskOf(world);
  const channels = { main: world.channel, open: await world.addChannel(), bare: await world.addChannel() };

  const users = ['own', 'dealer', 'closer', 'switched', 'other', 'head', 'control', 'norole', 'deleted'];
  await desk.push('users', ...users.map((id) => ({ id, name: `Our ${id}` })));
  await desk.push('pipelines', { id: 'p1', name: 'Our pipeline', stages: [{ id: 's1', name: 'Our stage' }] });
  const sellers = { own: 'seller', dealer: 'seller', closer: 'seller', other: 'seller', deleted: 'seller' } as const;
  await desk.give({ ...sellers, switched: 'seller with switch', head: 'manager', control: 'auditor' });
  const open = { dealer: 'seller', other: 'seller', switched: 'seller', head: 'manager', control: 'auditor' } as const;
  await desk.give(open, channels.open);

  for (const [name, responsibleUserId] of Object.entries(RESPONSIBLE)) {
    const contactData = [{ chatType: 'telegram', chatId: String(CHATS[name]!.chatId) }];
    await desk.push('contacts', { id: `contact-${name}`, name: `Card of ${name}`, responsibleUserId, contactData });
  }
  const deal = { name: 'Our deal', contacts: ['contact-owned'] };
  await desk.push(
    'deals',
    { ...deal, id: 'deal-open', responsibleUserId: 'dealer', closed: false },
    { ...deal, id: 'deal-closed', responsibleUserId: 'closer', closed: true },
  );
  await desk.remove('users', 'deleted');

  for (const [name, { chatId, on }] of Object.entries(CHATS)) {
    await world.say(chatId, `Said by ${name}.`, { channel: channels[on] });
  }
  world.bot.answerNext('sendMessage', REFUSED);
  await world.reply(CHATS.bare!.chatId, { channelId: channels.bare.channelId, clearUnanswered: false });
  await world.drain();
  const [{ deliveryId } = { deliveryId: '' }] = await world.deliveries();
  // By then no reader of the rest takes these chats for ones that have just become unanswered.
  await world.pass(60_000);
  const { keyId } = (await desk.ask('POST', '/v1/account/keys')).body as { keyId: string };

  return {
    world,
    chats: Object.fromEntries(
      Object.entries(CHATS).map(([name, { chatId, on }]) => [name, markedChat(world, name, chatId, channels[on])]),
    ),
    marks: ['Our ', 'deal-open', ...Object.values(channels).map(({ channelId }) => channelId), deliveryId, keyId],
    other: await openOther(world),
    keyId,
    deliveryId,
  };
}

function markedChat(world: World, name: string, id: number, channel: ConnectedChannel): MarkedChat {
  const { channelId } = channel;
  const chatId = String(id);
  const person = Object.values(CHATS).filter((chat) => chat.chatId === id);
  // What two chats of one person have in common is a mark of neither.
  const ofPerson = person.length > 1 ? [] : [chatId, `contact-${name}`, `Card of ${name}`];
  const hash = shortHash(chatKey({ channelId, chatType: 'telegram', chatId }));
  return { path: world.pathOf(id, channel), channelId, chatId, marks: [`Said by ${name}.`, hash, ...ofPerson] };
}

/** Makes another account. Its head has the id of our head, and its client is also our client. */
async function openOther(world: World): Promise<Company['other']> {
  const account = await world.addAccount();
  const channel = await world.addChannel(account);
  const desk = deskOf(world, account);
  await desk.push('users', { id: 'head', name: 'Their head' });
  await desk.give({ head: 'manager' }, channel);
  const contactData = [{ chatType: 'telegram', chatId: '730001' }];
  await desk.push('contacts', { id: 'contact-owned', name: 'Their card', responsibleUserId: 'head', contactData });
  await world.say(730001, 'Said to them.', { channel });
  return { account, channel, marks: ['Their ', 'Said to them', channel.channelId] };
}
