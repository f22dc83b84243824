import { eachAtOnce } from '#at-once';
import type { Doorbells } from '#bells';
import { type ChatImage, changedChats, isRung, RING_ALL, type Ring, ringOf, sightAt } from '#domain/doorbell';
import { isUserOf } from '#domain/page';
import { NO_SETTINGS } from '#domain/settings';
import { describeError, type Log } from '#log';
import { createAccountStates } from '#store/accounts/account-state';
import { createSettings } from '#store/accounts/channel-settings';
import type { User, Users } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createSockets, type Socket } from '#store/pages/sockets';

/** What rings the pages of an account is built from. Without doorbells nothing is rung. */
export interface RingPagesDeps extends StoreDeps {
  readonly doorbells: Doorbells | undefined;
  readonly log: Log;
}

/** What is said to a page. */
export type Said =
  | Ring
  | { readonly t: 'pong' }
  | { readonly t: 'bye'; readonly why: 'signed-out' }
  | { readonly t: 'writing'; readonly chat: readonly [string, string, string]; readonly name: string };

export type RingPages = ReturnType<typeof createRingPages>;

/** How many sockets are spoken to at once. */
const AT_ONCE = 50;

/** Rings the pages that are open. A ring that fails is logged and lost: every page looks again by itself. */
export function createRingPages(deps: RingPagesDeps) {
  const { doorbells, cache, log } = deps;
  const sockets = createSockets(deps);
  const settings = createSettings(deps);
  const states = createAccountStates(deps);
  /** The settings of a channel, at most ten seconds old. A change of roles rings by itself (`ringAll`). */
  const settingsOf = cache.loader('settings-of-sight', async (channelId) => (await settings.read(channelId)).settings);

  async function say(socket: Socket, said: Said): Promise<void> {
    try {
      if ((await doorbells?.post(socket.id, JSON.stringify(said))) === 'gone') await sockets.removeGone(socket);
    } catch (error) {
      log({ doorbell: said.t, outcome: 'lost', ...describeError(error) });
    }
  }

  /** Answers what a page said by its socket. */
  async function answer(socketId: string, said: Said): Promise<void> {
    try {
      await doorbells?.post(socketId, JSON.stringify(said));
    } catch (error) {
      log({ doorbell: said.t, outcome: 'lost', ...describeError(error) });
    }
  }

  /** Rings those who see one of these chats, or saw it before. The images may be of several accounts. */
  async function ringChats(images: readonly ChatImage[]): Promise<void> {
    if (!doorbells) return;
    for (const [account, ofAccount] of Map.groupBy(images, (image) => image.account)) {
      const open = await sockets.ofAccount(account);
      if (open.length === 0 || (await states.stateOf(account)).isDisabled) continue;
      const changed = changedChats(ofAccount);
      const channelIds = [...new Set(changed.map(({ newest }) => newest.channelId))];
      const roles = new Map(await Promise.all(channelIds.map(async (id) => [id, await settingsOf(id)] as const)));
      await eachAtOnce(open, AT_ONCE, async (socket) => {
        const rung = changed.filter((chat) => isRung(socket, chat, roles.get(chat.newest.channelId) ?? NO_SETTINGS));
        const ring = ringOf(rung.map(({ newest }) => newest));
        if (ring) await say(socket, ring);
      });
    }
  }

  /** Whether the user of the socket may write in the chat. */
  async function mayWrite(socket: Socket, image: ChatImage): Promise<boolean> {
    if ((await states.stateOf(socket.account)).isDisabled) return false;
    return sightAt(socket, image, (await settingsOf(image.channelId)) ?? NO_SETTINGS) === 'writes';
  }

  /** Tells all others who see the chat that the user writes in it. */
  async function tellWriting(image: ChatImage, user: { readonly id: string; readonly name: string }): Promise<void> {
    const { account, channelId, chatType, chatId } = image;
    const roles = (await settingsOf(channelId)) ?? NO_SETTINGS;
    const open = await sockets.ofAccount(account);
    const told = open.filter(
      (socket) =>
        socket.userId !== undefined && socket.userId !== user.id && sightAt(socket, image, roles) !== 'nothing',
    );
    await eachAtOnce(told, AT_ONCE, (socket) =>
      say(socket, { t: 'writing', chat: [channelId, chatType, chatId], name: user.name }),
    );
  }

  /**
   * Lets every page of the account look at everything again, because roles have changed. Those of users who were deleted
   * are ended. It never throws.
   */
  async function ringAll(account: string, users: Pick<Users, 'get'>): Promise<void> {
    if (!doorbells) return;
    try {
      const open = await sockets.ofAccount(account);
      const userIds = new Set(open.flatMap(({ userId }) => userId ?? []));
      const known = new Map<string, User>();
      await eachAtOnce([...userIds], AT_ONCE, async (userId) => {
        const user = await users.get(account, userId);
        if (user) known.set(userId, user);
      });
      await eachAtOnce(open, AT_ONCE, (socket) => {
        const { userId } = socket;
        return userId === undefined || isUserOf(socket, known.get(userId)) ? say(socket, RING_ALL) : end(socket);
      });
    } catch (error) {
      log({ doorbell: 'ring', outcome: 'lost', ...describeError(error) });
    }
  }

  /**
   * Tells the pages that were opened by a key (its id) or a token (its hash) that it is good no more, and forgets them.
   * It is called after the key or token has ended.
   */
  async function sayBye(account: string, bearer: string): Promise<void> {
    if (!doorbells) return;
    await eachAtOnce(await sockets.endBearer(account, bearer), AT_ONCE, end);
  }

  async function end(socket: Socket): Promise<void> {
    await say(socket, { t: 'bye', why: 'signed-out' });
    await sockets.remove(socket);
  }

  return { answer, ringChats, mayWrite, tellWriting, ringAll, sayBye };
}
