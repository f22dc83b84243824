import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import {
  answersToLower,
  type Chat,
  COUNTED_MESSAGES,
  isAnswer,
  type ReadOfFacts,
  reopenedFrom,
  viewChat,
} from '#domain/chat';
import { END_OF_KEYS, FIRST_KEY, leastKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { drawsTurns } from '#domain/new-clients';
import type { Channels } from '#store/accounts/channels';
import type { Rules } from '#store/accounts/settings';
import { type Announced, type ChatRow, type Chats, isChat, isNobodys } from '#store/chats/chats';
import type { Messages } from '#store/chats/messages';
import type { Address, Addresses } from '#store/clients/addresses';
import { ContentionError } from '#store/dynamo/errors';

/** What a fold needs. */
export interface FoldDeps extends RefoldDeps {
  readonly addresses: Addresses;
  readonly channels: Pick<Channels, 'getKnown'>;
  readonly settings: Pick<Rules, 'read'>;
  /** Without it new clients wait in the pool until `assign-contact` gives them out. */
  readonly giveOut?: GiveOut;
}

/**
 * Has a chat added to its address, and gives the client out if they are new, so that the chat is made where it belongs: a
 * move in the lists costs more than the rest. Answers with the address as it then is: still nobody's, where that failed.
 */
export type GiveOut = (chatKey: string, addChat: () => Promise<Address>) => Promise<Address>;

/** What a fold of a chat that is there needs. */
export interface RefoldDeps {
  readonly messages: Messages;
  readonly chats: Chats;
  readonly clock: Clock;
}

/** Brings a chat up to its facts. */
export type FoldChat = (chatKey: string, rung?: string) => Promise<ChatRow | undefined>;

const TRIES = 20;

/**
 * Makes `foldChat(chatKey, rung)`: one function for the stream, for a request that answers with the new chat, for failed
 * chats and for the watchdog. `rung` is the least key of a fact that may be news; the beginning of the chat recounts it
 * whole. Answers with the chat as saved, undefined where nothing was ever said in it.
 */
export function createFold(deps: FoldDeps): FoldChat {
  const { chats, addresses, channels, settings, giveOut } = deps;
  return createFoldWith(deps, async (chatKey, known, wrote) => {
    const { channelId, chatType, chatId } = chatOfKey(chatKey);
    const { account } = await channels.getKnown(channelId);
    if (!known) await chats.nameByHash(chatKey);
    // Before the chat is there, so that a change of the contact finds the chat, or the chat finds the change.
    const rules = (await settings.read(channelId)).settings;
    const { userRoles } = rules;
    const turns = drawsTurns(rules);
    // That they write again matters to a rotation only.
    if (known?.told && !turns) return { ...known, settings: { userRoles } };
    const key = addressKey(account, chatType, chatId);
    const dispenser = turns ? channelId : undefined;
    const addChat = () => addresses.addChat(key, chatKey, wrote ? { dispenser } : undefined);
    const isNew = !known && wrote && turns;
    const { viewers, contact } = await (isNew && giveOut ? giveOut(chatKey, addChat) : addChat());
    return { account, viewers, ...(contact && { contact }), settings: { userRoles }, turns };
  });
}

/** The same for a request that has met the chat already: it may fold it, and need not be able to make one. */
export function createRefold(deps: RefoldDeps): FoldChat {
  return createFoldWith(deps, async (_chatKey, known) => {
    if (!known) throw new Error('A chat that was there is gone');
    return undefined;
  });
}

type Announce = (chatKey: string, known: ChatRow | undefined, wrote: boolean) => Promise<Announced | undefined>;

/** Whether nobody's client wrote, for the first time since they are nobody's or since they were answered (D2). */
function isNews({ client }: Chat, known: ChatRow | undefined): boolean {
  if (!client || !known) return client !== undefined;
  if (!isNobodys(known) || (known.told && known.left === undefined)) return false;
  return client.key > (known.left ?? '');
}

/**
 * `announce` makes a new chat known before it is there: to message ids and to its address, which says whose it is. The
 * address hears as well when that is news that the client wrote.
 */
function createFoldWith({ messages, chats, clock }: RefoldDeps, announce: Announce): FoldChat {
  return async function foldChat(chatKey, rung) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      // The chat first, its facts second: a chat that is older than its facts is refused by its version, never the reverse.
      const row = await chats.load(chatKey);
      const before = row && isChat(row) && rung !== FIRST_KEY ? row.chat : undefined;
      const read = await readWindow(chatKey, before, rung);
      if (read.facts.length === 0 && !before) return undefined;
      for (const { key, from } of answersToLower(read.facts)) await messages.lowerFrom(chatKey, key, from);
      const chat = viewChat(before, read);
      const known = row && isChat(row) ? row : undefined;
      const wrote = isNews(chat, known);
      const announced = known && !wrote ? undefined : await announce(chatKey, known, wrote);
      const saved = await chats.save(chatKey, chat, row, announced);
      if (saved) return saved;
    }
    throw new ContentionError('A chat');
  };

  /** Reads from the oldest key that can matter: what is open, what rang, and what answers that fell had covered. */
  async function readWindow(chatKey: string, before: Chat | undefined, rung: string | undefined): Promise<ReadOfFacts> {
    const startedAt = clock.now();
    const from = leastKey(before?.openKey, rung);
    if (before && before.unansweredCount >= COUNTED_MESSAGES && rung !== undefined) {
      const facts = await messages.readFrom(chatKey, rung);
      // Answers sort after what they cover, so without one in sight nothing of the flood is closed or opened.
      if (!facts.some(isAnswer)) return { facts, low: rung, startedAt, whole: false };
    }
    return readWhole(chatKey, before, from, startedAt);
  }

  async function readWhole(
    chatKey: string,
    before: Chat | undefined,
    from: string,
    startedAt: number,
  ): Promise<ReadOfFacts> {
    let low = from;
    for (;;) {
      const facts = low === END_OF_KEYS ? [] : await messages.readFrom(chatKey, low);
      const wider = reopenedFrom(facts, before);
      if (wider >= low) return { facts, low, startedAt, whole: true };
      low = wider;
    }
  }
}
