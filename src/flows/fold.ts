import { isDeepStrictEqual } from 'node:util';
import { addressKey } from '#domain/address';
import { answersToLower, type Chat, outweighsImports, type ReadOfFacts, viewChat } from '#domain/chat';
import { type Fact, FIRST_KEY } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { drawsTurns } from '#domain/new-clients';
import { openMessages } from '#domain/open-messages';
import { isUnowned } from '#domain/ownership';
import type { LinkedId } from '#domain/person-ids';
import { isSameProfile } from '#domain/profile';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { type Announced, type ChatRow, createChats, isChat, type Stub } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createAddresses } from '#store/clients/addresses';
import { createLinks } from '#store/clients/links';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { importedFrom } from '#store/dynamo/stream';
import type { Write } from '#store/dynamo/transaction';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';
import { createErasedOf, type ErasedOf } from './erased/erased-of.ts';
import type { GiveOut } from './give-out.ts';
import { createHasSpoken } from './has-spoken.ts';
import { createLinkIds, type RingTask } from './identity/link-ids.ts';
import { createRecognise } from './identity/recognise.ts';
import { createReadFacts } from './read-facts.ts';
import { isBesideFacts } from './read-window.ts';
import { hasOwnContact } from './sight/own-records.ts';
import { createNoteWaits, type NoteWaits, type RecountLater } from './statistics/note-waits.ts';
import { createLateArrival } from './timer/late-arrival.ts';

/** Folds a chat: computes its state from its facts, and saves it. */
export type FoldChat = (chatKey: string, newsFrom?: string) => Promise<ChatRow | undefined>;

/** How the contact of a client with a new name is made to follow it: a task is put with the chat, and rung. */
interface Follow {
  readonly write: (task: Task) => Write;
  readonly ring: RingTask;
}

/**
 * Runs before a new chat is made. It makes the chat known to message ids and to its address, and answers with the users
 * and the contact that the chat belongs to. It also reports to the address that an unowned client wrote, if that is
 * news (`wrote`).
 */
type Announce = (chatKey: string, known: ChatRow | undefined, wrote: boolean) => Promise<Announced | undefined>;

/**
 * Runs before a chat is announced, for what its facts tell of who its person is: links their ids, and recognises a
 * contact by a @name. Answers with the ids that the chat has linked then, if there are new ones.
 */
type Identify = (
  chatKey: string,
  row: ChatRow | Stub | undefined,
  chat: Chat,
  facts: readonly Fact[],
) => Promise<readonly LinkedId[] | undefined>;

const TRIES = 20;

/**
 * Makes `foldChat(chatKey, newsFrom)`: one function for the stream, for a request that answers with the new chat, for
 * failed chats and for the watchdog. `newsFrom` is the least key that may be news, of a fact or of what became of one;
 * from the beginning of the chat, all of it is recounted. Answers with the chat as saved, or undefined if nothing was
 * ever said in it. Without `ringTask` the sweep rings the task that a new name of the client leaves.
 */
export function createFold(
  deps: StoreDeps & { readonly cipher: Cipher },
  giveOut: GiveOut,
  ringTask: RingTask = async () => undefined,
): FoldChat {
  const tasks = createTasks(deps);
  const follow = { write: (task: Task) => tasks.write(task, 0), ring: ringTask };
  const making = { follow, identify: createIdentify(deps, ringTask), erasedOf: createErasedOf(deps) };
  const recountLater: RecountLater = async (chat, from) => {
    const task = { kind: 'recount' as const, chat, from };
    await tasks.put(task);
    await ringTask(taskName(task));
  };
  return createFoldWith(deps, createAnnounce(deps, giveOut), createNoteWaits(deps, recountLater), making);
}

/**
 * The fold for a request that has met the chat already: it folds the chat, and never makes one. What follows from a new
 * name, from a new client, or for waits that had ended, is left to the fold that the stream rings.
 */
export function createRefold(deps: StoreDeps): FoldChat {
  return createRefoldWith(deps, {});
}

function createRefoldWith(deps: StoreDeps, how: Pick<Making, 'savesWhatIsNew'>): FoldChat {
  const announce: Announce = async (_chatKey, known) => {
    if (!known) throw new Error('A chat that was there is gone');
    return undefined;
  };
  return createFoldWith(
    deps,
    announce,
    createNoteWaits(deps, async () => undefined),
    how,
  );
}

/**
 * The fold before a client is returned. It reads as the others do, and saves nothing if the chat is right: a save would be
 * one write more for each return, and would overtake another run at the same chat.
 */
export function createLastFold(deps: StoreDeps): FoldChat {
  return createRefoldWith(deps, { savesWhatIsNew: true });
}

function createAnnounce(deps: StoreDeps, giveOut: GiveOut): Announce {
  const chats = createChats(deps);
  const addresses = createAddresses(deps);
  const links = createLinks(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);

  return async function announce(chatKey, known, wrote) {
    const { channelId, chatType, chatId } = chatOfKey(chatKey);
    const { account } = await channels.getKnown(channelId);
    if (!known) await chats.nameByHash(chatKey);
    // This comes before the chat is made, so that a change of the contact finds the chat, or the chat finds the change.
    const { settings: chosen } = await settings.read(channelId);
    const rotates = drawsTurns(chosen);
    // Only a rotation needs to hear that a client writes again.
    if (known?.reported && !rotates) return { ...known, settings: chosen };
    const key = addressKey(account, chatType, chatId);
    const dispenser = rotates ? channelId : undefined;
    const addChat = () => addresses.addChat(key, chatKey, wrote ? { dispenser } : undefined);
    const isNew = !known && wrote && rotates;
    const address = await (isNew ? giveOut(chatKey, addChat) : addChat());
    // By whichever of their ids the person writes on this channel, it is to be this chat.
    if (!known && address.aliases.length > 0) await links.giveHome([key, ...address.aliases], chatKey);
    const { viewers, contact } = address;
    const isOwnContact = hasOwnContact(address);
    return { account, viewers, ...(contact && { contact }), settings: chosen, rotates, isOwnContact };
  };
}

function createIdentify(deps: StoreDeps, ringTask: RingTask): Identify {
  const channels = createChannels(deps);
  const linkIds = createLinkIds(deps, ringTask);
  const recognise = createRecognise(deps);
  return async function identify(chatKey, row, chat, facts) {
    const known = row && isChat(row) ? row : undefined;
    const { account } = row ?? (await channels.getKnown(chatOfKey(chatKey).channelId));
    const telling = { account, key: chatKey };
    if (chat.client) await recognise(telling, namesIn(chat, known ? [] : facts), known?.chat.profile);
    return linkIds(telling, known?.ids ?? [], facts);
  };
}

/** The @names of the client: those in facts that are all new, and the present one. */
function namesIn({ profile }: Chat, facts: readonly Fact[]): (string | undefined)[] {
  return [...facts.map((fact) => (fact.kind === 'client' ? fact.author.username : undefined)), profile?.username];
}

/**
 * What a fold needs that may make a chat. Without `follow` the client's profile stays as it was, without `identify` so do
 * their ids.
 */
interface Making {
  readonly follow: Follow;
  readonly identify: Identify;
  readonly erasedOf: ErasedOf;
  /** It saves nothing if the chat says already what was read. */
  readonly savesWhatIsNew?: boolean;
}

/** Makes the fold. Without `making` there has to be a chat. */
function createFoldWith(
  deps: StoreDeps,
  announce: Announce,
  noteWaits: NoteWaits,
  { follow, identify, erasedOf, savesWhatIsNew }: Partial<Making> = {},
): FoldChat {
  const stored = createFacts(deps);
  const chats = createChats(deps);
  const read = createReadFacts(deps);
  const hasSpoken = createHasSpoken(deps);
  const lateArrival = createLateArrival(deps);

  /** The chat as it follows from what was read. */
  function view(before: Chat | undefined, known: ChatRow | undefined, found: ReadOfFacts): Chat {
    const { profile, ...viewed } = viewChat(before, found);
    const shown = follow ? profile : known?.chat.profile;
    return { ...viewed, ...(shown && { profile: shown }) };
  }

  /** Saves the chat, and tells its address of a client who is news, and its contact of a new name. */
  async function save(
    chatKey: string,
    chat: Chat,
    row: ChatRow | Stub | undefined,
    known: ChatRow | undefined,
    facts: readonly Fact[],
    begin: number | undefined,
  ): Promise<ChatRow | undefined> {
    const ids = await identify?.(chatKey, row, chat, facts);
    const wrote = isNews(chat, known);
    const announced = known && !wrote ? undefined : await announce(chatKey, known, wrote);
    const { account = '' } = row ?? announced ?? {};
    const task = profileTask(account, chatKey);
    const follows = isNewName(chat, known, announced) ? follow : undefined;
    const made = announced && { ...announced, begin };
    const isSpoken = await hasSpoken(chatKey, facts, known);
    const late = await lateArrival(chatKey, chat, known?.chat);
    const more = [...(follows ? [follows.write(task)] : []), ...late];
    const saved = await chats.save(chatKey, chat, row, made, more, { ids, isSpoken, ...hadAt(chat, facts) });
    if (saved) await follows?.ring(taskName(task));
    return saved;
  }

  return async function foldChat(chatKey, newsFrom) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      // The chat is read first, its facts second: a chat older than its facts is refused by its version, facts older
      // than their chat would not be.
      const row = await chats.load(chatKey);
      const before = row && isChat(row) && newsFrom !== FIRST_KEY ? row.chat : undefined;
      const imported = importedFrom(newsFrom);
      // An import changes nothing where somebody wrote (U4), however long the chat is.
      if (row && isChat(row) && before && imported !== undefined && outweighsImports(before)) return row;
      const known = row && isChat(row) ? row : undefined;
      // What a messenger delivers again of an erased person is stored until it is taken away. It names nobody meanwhile.
      const erased = known && known.begin === undefined ? undefined : await erasedOf?.(chatKey);
      const begin = known ? known.begin : erased?.since;
      const news = before ? newsFrom : (imported ?? newsFrom);
      const found = await read(chatKey, before, news, begin, erased?.isErased);
      if (found.facts.length === 0 && !before) return undefined;
      for (const lower of answersToLower(found.facts)) await stored.lowerFrom(chatKey, lower);
      const chat = view(before, known, found);
      // An edit, a deletion or an import changes the words of the row, and nothing else.
      if (known && isBesideFacts(newsFrom) && isSameLast(chat, known.chat)) return known;
      if (known && savesWhatIsNew && isSaid(known.chat, chat)) return known;
      const saved = await save(chatKey, chat, row, known, found.facts, begin);
      if (!saved) continue;
      await noteWaits(saved, { before: known?.chat, read: found, newsFrom, hasSpoken: known?.spoken === true });
      return saved;
    }
    throw new ContentionError('A chat');
  };
}

/** When the message that has been open longest was stored, and the first of all that are open. Nothing if not all were read. */
function hadAt({ openKey }: Chat, facts: readonly Fact[]): { storedAt?: number; hadAt?: number } {
  const open = openMessages(facts);
  const oldest = open.find(({ key }) => key === openKey);
  return oldest ? { storedAt: oldest.storedAt, hadAt: Math.min(...open.map(({ storedAt }) => storedAt)) } : {};
}

/** Whether the stored chat says the same. When it was counted has no say. */
function isSaid(stored: Chat, { seen: _, ...chat }: Chat): boolean {
  return isDeepStrictEqual({ ...chat, seen: stored.seen }, stored);
}

/** Whether both rows of the list say the same words. */
function isSameLast(one: Chat, other: Chat): boolean {
  return one.preview === other.preview && one.lastKey === other.lastKey;
}

/** Whether this is the first message of an unowned client since they lost their owner or were last answered (D2). */
export function isNews({ client }: Chat, known: ChatRow | undefined): boolean {
  if (!client || !known) return client !== undefined;
  if (!isUnowned(known) || (known.reported && known.reportedUpTo === undefined)) return false;
  return client.key > (known.reportedUpTo ?? '');
}

/** Whether the client's contact may have to follow what this fold learned of them. */
function isNewName({ profile }: Chat, known: ChatRow | undefined, announced: Announced | undefined): boolean {
  if (!profile) return false;
  if (!known) return announced?.isOwnContact === true;
  return known.contact !== undefined && !isSameProfile(profile, known.chat.profile);
}

function profileTask(account: string, key: string): Task {
  const { chatType, chatId } = chatOfKey(key);
  return { kind: 'profile', address: addressKey(account, chatType, chatId) };
}
