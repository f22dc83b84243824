import { type ChannelSettings, mayWrite } from './settings.ts';
import { receivesNewClients } from './sight.ts';
import type { WaitingWarning } from './waiting-setting.ts';

/** A chat of the channel, as far as its sight depends on settings. */
export interface PreviewedChat {
  /** Its responsible users now. */
  readonly viewers: readonly string[];
  /** The user who would get its client by the change. */
  readonly givenTo?: string;
}

/** How many chats that a user sees now they would not see any more. */
export interface Loss {
  readonly userId: string;
  readonly chats: number;
}

/** What saving settings would change for people, as of now. */
export interface Preview {
  /** How many waiting clients would be given out (D6). */
  readonly givenOut: number;
  /** Who would no longer see chats of the channel that they see now. */
  readonly losesSight: readonly Loss[];
  /** Whether the counting ended early: then no figure is too large, and some may be too small. */
  readonly atLeast: boolean;
  /** What of the settings is hardly meant so. */
  readonly warnings: readonly WaitingWarning[];
}

/** The chats that a user might lose: all of the channel, or those of these users and, perhaps, those of the pool. */
export type LossPlaces = 'channel' | { readonly ownOf: readonly string[]; readonly pool: boolean };

type Roles = Pick<ChannelSettings, 'userRoles'>;

/** What a role shows: all chats, or one's own and, to those who receive new clients, the pool's (R1, R3). */
interface Standing {
  readonly all: boolean;
  readonly pool: boolean;
}

interface Sights {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly writers: ReadonlySet<string>;
}

/** Something of a chat before and after the change. */
interface Change {
  readonly was: boolean;
  readonly is: boolean;
}

/** A chat that is or will be the user's own. */
interface OwnChat {
  readonly own: Change;
  readonly pool: Change;
}

const NOT_OWN: Change = { was: false, is: false };

/**
 * Who would see fewer of these chats with the settings `after`, those who lose most first. It asks what `sightOf` asks,
 * for all users at once: a thousand users and ten thousand chats are as many steps as both together.
 */
export function lossesOf(before: Roles, after: Roles, chats: Iterable<PreviewedChat>): Loss[] {
  const [was, is] = [sightsOf(before), sightsOf(after)];
  const alike = new Map<string, { readonly pool: Change; count: number }>();
  const own = new Map<string, OwnChat[]>();
  for (const { viewers, givenTo } of chats) {
    const next = givenTo === undefined ? viewers : [givenTo];
    const pool = { was: isPooled(viewers, was), is: isPooled(next, is) };
    const name = `${pool.was} ${pool.is}`;
    const group = alike.get(name) ?? { pool, count: 0 };
    alike.set(name, { pool, count: group.count + 1 });
    for (const userId of new Set([...viewers, ...next])) {
      const ofUser = own.get(userId) ?? [];
      own.set(userId, ofUser);
      ofUser.push({ own: { was: viewers.includes(userId), is: next.includes(userId) }, pool });
    }
  }
  const losses = [...was.standings].map(([userId, standing]) => {
    const next = is.standings.get(userId);
    const lost = (ofUser: Change, pool: Change) =>
      Number(sees(standing, ofUser.was, pool.was) && !sees(next, ofUser.is, pool.is));
    // At first as if no chat were the user's own, and then what differs for those that are.
    const asOthers = [...alike.values()].reduce((sum, { pool, count }) => sum + count * lost(NOT_OWN, pool), 0);
    const ofOwn = own.get(userId) ?? [];
    const differs = ofOwn.reduce((sum, one) => sum + lost(one.own, one.pool) - lost(NOT_OWN, one.pool), 0);
    return { userId, chats: asOthers + differs };
  });
  return losses.filter(({ chats }) => chats > 0).sort((one, other) => other.chats - one.chats);
}

/** The chats to look at: in no others does anybody lose sight by the new settings. Clients given out come on top. */
export function lossPlacesOf(before: Roles, after: Roles): LossPlaces {
  const [was, is] = [sightsOf(before), sightsOf(after)];
  const standings = [...was.standings].map(([userId, standing]) => ({
    userId,
    standing,
    next: is.standings.get(userId),
  }));
  const sellers = standings.filter(({ next }) => !next?.all);
  if (sellers.some(({ standing }) => standing.all)) return 'channel';
  const inPool = sellers.filter(({ standing }) => standing.pool);
  // A chat also leaves the pool if one of its responsible users may write from now on.
  const leaves = [...is.writers].some((userId) => !was.writers.has(userId));
  return {
    ownOf: sellers.filter(({ next }) => !next).map(({ userId }) => userId),
    pool: inPool.some(({ next }) => leaves || !next?.pool),
  };
}

function sightsOf(settings: Roles): Sights {
  const { userRoles } = settings;
  const standings = userRoles.map(({ userId, role }): [string, Standing] => [
    userId,
    { all: role !== 'seller', pool: receivesNewClients(userId, settings) },
  ]);
  const writers = userRoles.filter(({ role }) => mayWrite(role)).map(({ userId }) => userId);
  return { standings: new Map(standings), writers: new Set(writers) };
}

function sees(standing: Standing | undefined, isOwn: boolean, isInPool: boolean): boolean {
  return standing !== undefined && (standing.all || isOwn || (standing.pool && isInPool));
}

function isPooled(viewers: readonly string[], { writers }: Sights): boolean {
  return !viewers.some((viewer) => writers.has(viewer));
}
