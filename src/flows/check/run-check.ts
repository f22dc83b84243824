import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import {
  CHECK_PHASES,
  type CheckCounts,
  type CheckPhase,
  countedTogether,
  isItsDay,
  NOTHING_CHECKED,
  sumOf,
  tallyOf,
} from '#domain/check';
import { FIRST_KEY } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { rosterOf } from '#domain/new-clients';
import { type ChannelSettings, NO_SETTINGS } from '#domain/settings';
import type { FoldChat } from '#flows/fold';
import { createFollowSettings } from '#flows/follow-settings';
import { createRecountWaits } from '#flows/statistics/recount-waits';
import { describeError, type Log, type NameInLog } from '#log';
import { createMetrics } from '#metrics';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { type Check, createChecks } from '#store/accounts/checks';
import type { Cipher } from '#store/accounts/cipher';
import { createTeams } from '#store/accounts/teams';
import { type ChatItems, createChatItems, misplaced } from '#store/chats/chat-items';
import { isChat } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createToldChats } from '#store/chats/told-chats';
import { createAddresses } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';
import { createProveChat, type ProveChat } from './prove-chat.ts';
import { recountAll } from './recount-all.ts';

/** Goes on with a check until it ends, or until the time `until` (epoch ms) has come: then it rings itself. */
export type RunCheck = (checkId: string, until: number) => Promise<void>;

/** So many items are looked at between two saves. */
const PAGE = 500;
const CHATS_AT_ONCE = 16;
/** A border of a schedule is followed within a minute, or two if a bell was lost. */
const SHIFT_MS = 120_000;

interface Page {
  readonly chats: readonly string[];
  readonly next?: string | undefined;
  /** What was found beside chats. */
  readonly beside?: CheckCounts;
}

export interface RunCheckDeps extends StoreDeps {
  readonly bells: Bells<'checks'>;
  readonly cipher: Cipher;
  readonly nameInLog: NameInLog;
  readonly log: Log;
}

/**
 * Makes `runCheck`. How far it got is saved after each page, on condition that no other run was faster. A run that dies
 * loses one page, and looking at that once more finds it mended.
 */
export function createRunCheck(deps: RunCheckDeps, foldChat: FoldChat): RunCheck {
  const { bells, clock, log, nameInLog } = deps;
  const metrics = createMetrics(log, clock);
  const checks = createChecks(deps);
  const pages = createPages(deps);
  const proveChat = createProveChat(deps, foldChat);
  const recountWaits = createRecountWaits(deps);

  /** One line and one count for each check. */
  function tellEnd({ id, mode, chats, found, mended }: Check): void {
    log({ check: id, mode, outcome: 'done', chats, found, mended });
    metrics.count('ChecksFailed', sumOf(found));
  }

  return async function runCheck(checkId, until) {
    let check = await checks.get(checkId);
    while (check && check.doneAt === undefined) {
      if (clock.now() > until) return bells.ring('checks', checkId);
      const page = await pages[check.phase](check);
      const failed = async (chatKey: string, error: unknown) =>
        log({ check: checkId, chat: await nameInLog(chatKey), outcome: 'failed', ...describeError(error) });
      const counts = await proveAll(page.chats, proveChat, failed);
      const ofWaits =
        check.phase === 'facts' ? await recountAll(page.chats.map(fromFirst), recountWaits, failed) : NOTHING_CHECKED;
      const all = [counts, ofWaits, page.beside ?? NOTHING_CHECKED].reduce(countedTogether);
      const next = nextOf(check, page, all, clock.now());
      check = await checks.save(next);
      if (check?.doneAt !== undefined) tellEnd(check);
    }
  };
}

/** Proves the chats, some at once. One that cannot be proved holds up no other: it was found, and not mended. */
export async function proveAll(
  chatKeys: readonly string[],
  proveChat: ProveChat,
  failed: (chatKey: string, error: unknown) => Promise<void>,
): Promise<CheckCounts> {
  let counts = NOTHING_CHECKED;
  await eachAtOnce(chatKeys, CHATS_AT_ONCE, async (chatKey) => {
    try {
      counts = countedTogether(await proveChat(chatKey), counts);
    } catch (error) {
      await failed(chatKey, error);
      counts = countedTogether({ chats: 1, found: tallyOf(['unreadable']), mended: {} }, counts);
    }
  });
  return counts;
}

function fromFirst(chatKey: string) {
  return { chatKey, key: FIRST_KEY };
}

/** The check behind that page. */
function nextOf(check: Check, { next }: Page, counts: CheckCounts, now: number): Check {
  const { after: _, ...rest } = check;
  const counted = { ...rest, ...countedTogether(check, counts) };
  if (next !== undefined) return { ...counted, after: next };
  const phases: readonly CheckPhase[] = CHECK_PHASES[check.mode];
  const phase = phases[phases.indexOf(check.phase) + 1];
  return phase === undefined ? { ...counted, doneAt: now } : { ...counted, phase };
}

/** The pages of each part of a check: which chats have to be proved. */
function createPages(deps: StoreDeps): Record<CheckPhase, (check: Check) => Promise<Page>> {
  const chatItems = createChatItems(deps);
  const facts = createFacts(deps);
  const toldChats = createToldChats(deps);
  const addresses = createAddresses(deps);
  const { clock } = deps;
  const settings = createSettings(deps);
  const channels = createChannels(deps);
  const teams = createTeams(deps);
  const dispensers = createDispensers(deps);
  const followSettings = createFollowSettings(deps);

  /** Chats with facts. A whole check proves each of them, also if it has no row. */
  async function factsPage({ after }: Check): Promise<Page> {
    return toldChats.chatPage(PAGE, after);
  }

  /** Rows of chats. A whole check has met those with facts already. */
  async function chatsPage({ mode, startedAt, after }: Check): Promise<Page> {
    const page = await chatItems.page(PAGE, after);
    if (mode === 'whole') {
      const without: string[] = [];
      await eachAtOnce([...page.chats.keys()], CHATS_AT_ONCE, async (chatKey) => {
        if ((await facts.newestKey(chatKey)) === FIRST_KEY) without.push(chatKey);
      });
      return { chats: without, next: page.next };
    }
    const channelIds = [...new Set([...page.chats.keys()].map((key) => chatOfKey(key).channelId))];
    const byId = await settings.settingsOf(channelIds);
    const suspect = [...page.chats].filter(
      ([key, items]) => isItsDay(key, startedAt) || isSuspect(items, byId.get(chatOfKey(key).channelId) ?? NO_SETTINGS),
    );
    return { chats: suspect.map(([key]) => key), next: page.next };
  }

  /** Chats that addresses know and that have no row. */
  async function addressesPage({ mode, startedAt, after }: Check): Promise<Page> {
    const page = await addresses.chatsPage(PAGE, after);
    const known = page.addresses.filter(({ key }) => mode === 'whole' || isItsDay(key, startedAt));
    const keys = known.flatMap((address) => address.chats);
    const there = await chatItems.existing(keys);
    return { chats: keys.filter((key) => !there.has(key)), next: page.next };
  }

  /** Rotations that do not follow from the settings of their channels. */
  async function rotationsPage({ after }: Check): Promise<Page> {
    const page = await dispensers.channelPage(PAGE, after);
    let beside = NOTHING_CHECKED;
    for (const channelId of page.channels) {
      if (await isFollowed(channelId)) continue;
      await followSettings(channelId);
      const isMended = await isFollowed(channelId);
      const found = tallyOf(['rotation']);
      beside = countedTogether(beside, { chats: 0, found, mended: isMended ? found : {} });
    }
    return { chats: [], next: page.next, beside };
  }

  async function isFollowed(channelId: string): Promise<boolean> {
    const { account } = await channels.getKnown(channelId);
    const [{ settings: chosen }, { team }] = await Promise.all([settings.read(channelId), teams.read(account)]);
    // Of a border that has just passed the rotation may not have heard yet (T12).
    for (const at of [clock.now(), clock.now() - SHIFT_MS]) {
      const { eligible, passedOver } = rosterOf(chosen, team, at);
      if (await dispensers.hasRoster(channelId, eligible, passedOver)) return true;
    }
    return false;
  }

  return { facts: factsPage, chats: chatsPage, addresses: addressesPage, rotations: rotationsPage };
}

/** Whether a client waits in the chat, or the row alone shows that something is wrong. */
function isSuspect(items: ChatItems, settings: ChannelSettings): boolean {
  const { row, isUnreadable, hasState, beside } = items;
  // A page may begin within a chat.
  if (!row || !isChat(row)) return isUnreadable || hasState || beside.length > 0;
  if (row.chat.openKey !== undefined || row.places.unanswered !== undefined) return true;
  const { isOwn, isScope, isBeside } = misplaced(items, row, settings);
  return isOwn || isScope || isBeside;
}
