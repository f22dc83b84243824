import { addressOfChat } from '#domain/address';
import { chatOfKey } from '#domain/message';
import { rosterOf } from '#domain/new-clients';
import { isUnowned } from '#domain/ownership';
import { settingWarnings } from '#domain/setting-warnings';
import { type ChosenSettings, NO_SETTINGS, withChoices } from '#domain/settings';
import { type LossPlaces, lossesOf, lossPlacesOf, type Preview, type PreviewedChat } from '#domain/settings-preview';
import { createSettings } from '#store/accounts/channel-settings';
import { createTeams } from '#store/accounts/teams';
import { type ChatBelonging, createBelongings } from '#store/chats/belongings';
import { createChats } from '#store/chats/chats';
import { poolScope, type Scope, viewerId } from '#store/chats/scopes';
import { createAddresses } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';

/** Says what a save of these settings would change. The caller has checked that they can be saved. */
export type PreviewSettings = (account: string, channelId: string, chosen: ChosenSettings) => Promise<Preview>;

/** So many chats are looked at, at most: those that wait without anybody, and those that somebody might lose. */
export const MOST_WAITING = 1_000;
export const MOST_CHATS = 10_000;
/** The function may take 15 s. */
const AT_MOST_MS = 8_000;
const PAGE = 1_000;
/** If more users lose their roles, the channel is read once instead of the chats of each. */
const MOST_USERS = 20;

/** A chat with the user who gets its client by the save. */
type Given = ChatBelonging & { readonly person: string; readonly givenTo: string };

/** Chats that were looked at, and whether there are more. */
interface Looked<T> {
  readonly chats: readonly T[];
  readonly more: boolean;
}

/** Makes `previewSettings`. */
export function createPreviewSettings(deps: StoreDeps): PreviewSettings {
  const { clock } = deps;
  const settings = createSettings(deps);
  const teams = createTeams(deps);
  const chats = createChats(deps);
  const belongings = createBelongings(deps);
  const addresses = createAddresses(deps);
  const dispensers = createDispensers(deps);

  /** The chats of the new clients who wait in the pool, each with the next user in turn. */
  async function givenOut(account: string, channelId: string, eligible: readonly string[]): Promise<Looked<Given>> {
    if (eligible.length === 0) return { chats: [], more: false };
    const pool = poolScope(account, channelId);
    const { found, more } = await chats.candidates(pool, 'unanswered', MOST_WAITING, undefined);
    const byKey = new Map((await belongings.of(found.map(({ key }) => key))).map((chat) => [chat.key, chat]));
    const waiting = found
      .flatMap(({ key }) => byKey.get(key) ?? [])
      .filter((chat) => chat.isWaiting && isUnowned(chat));
    const people = await addresses.getAll(waiting.map(({ key }) => addressOfChat(account, key)));
    const turns = await dispensers.comingTurnsOf(channelId, eligible);
    const drawn = new Map<string, string>();
    const given = waiting.flatMap((chat, index) => {
      const person = people[index];
      if (!person || !isUnowned(person) || !person.wrote.some((key) => isOf(channelId, key))) return [];
      const givenTo = drawn.get(person.key) ?? turns(drawn.size) ?? '';
      drawn.set(person.key, givenTo);
      return [{ ...chat, person: person.key, givenTo }];
    });
    return { chats: given, more };
  }

  /** The chats of the channel that stand in these places. */
  async function chatsIn(account: string, channelId: string, places: LossPlaces): Promise<Looked<ChatBelonging>> {
    const until = clock.now() + AT_MOST_MS;
    const found = new Map<string, ChatBelonging>();
    for (const scope of scopesOf(account, channelId, places)) {
      for await (const page of chats.candidatePages(scope, 'rest', PAGE)) {
        if (found.size >= MOST_CHATS || clock.now() > until) return { chats: [...found.values()], more: true };
        const keys = page.map(({ key }) => key).filter((key) => isOf(channelId, key) && !found.has(key));
        for (const chat of await belongings.of(keys)) found.set(chat.key, chat);
      }
    }
    return { chats: [...found.values()], more: false };
  }

  return async function previewSettings(account, channelId, chosen) {
    const before = (await settings.settingsOf([channelId])).get(channelId) ?? NO_SETTINGS;
    const after = withChoices(before, chosen, clock.now());
    const { team } = await teams.read(account);
    const [given, others] = await Promise.all([
      givenOut(account, channelId, rosterOf(after, team, clock.now()).eligible),
      chatsIn(account, channelId, lossPlacesOf(before, after)),
    ]);
    const each = new Map<string, PreviewedChat>([...others.chats, ...given.chats].map((chat) => [chat.key, chat]));
    return {
      givenOut: new Set(given.chats.map(({ person }) => person)).size,
      losesSight: lossesOf(before, after, each.values()),
      atLeast: given.more || others.more,
      warnings: settingWarnings(after, team),
    };
  };
}

function scopesOf(account: string, channelId: string, places: LossPlaces): Scope[] {
  if (places === 'channel' || places.ownOf.length > MOST_USERS) return [{ kind: 'channel', id: channelId }];
  const own = places.ownOf.map((userId): Scope => ({ kind: 'viewer', id: viewerId(account, userId) }));
  return places.pool ? [poolScope(account, channelId), ...own] : own;
}

function isOf(channelId: string, chatKey: string): boolean {
  return chatOfKey(chatKey).channelId === channelId;
}
