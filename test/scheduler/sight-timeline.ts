import { type Directory, EMPTY, type PlayedRole, rolesThatCount, type View, viewOf } from './sight-reference.ts';

/** The last state of each part of the directory that a request finds acknowledged. It may see no older one (R2). */
export type Mark = ReadonlyMap<string, number>;

/** The parts of the directory. Each changes as a whole, and a request sees it in one of its states. */
export const parts = {
  address: (key: string) => `address ${key}`,
  roles: (channelId: string) => `roles ${channelId}`,
  user: (userId: string) => `user ${userId}`,
} as const;

/**
 * Every state of the directory, in the order in which changes took effect, and which of them were acknowledged. A
 * request may see each part as it was at the last change that was acknowledged before the request began, or at any time
 * since. A change that was cut short is never acknowledged, so its parts may be seen as before it and as after it.
 */
export class Timeline {
  readonly #states: Directory[] = [EMPTY];
  readonly #acknowledged = new Map<string, number>();

  /** The state in which everything has to end. */
  get now(): Directory {
    return this.#states.at(-1) as Directory;
  }

  get index(): number {
    return this.#states.length - 1;
  }

  /** Adds the state after a change. Returns the parts that it changed. */
  commit(change: (before: Directory) => Directory): string[] {
    const before = this.now;
    const after = change(before);
    this.#states.push(after);
    return changedParts(before, after);
  }

  /** No request that begins now may see those parts as they were before that index. */
  acknowledge(touched: Iterable<string>, index: number): void {
    for (const part of touched) this.#acknowledged.set(part, Math.max(index, this.#acknowledged.get(part) ?? 0));
  }

  mark(): Mark {
    return new Map(this.#acknowledged);
  }

  /** The states from that index on. */
  since(index: number): readonly Directory[] {
    return this.#states.slice(index);
  }

  /** What a request that began at the mark may see of an address. */
  views(mark: Mark, address: string): View[] {
    const seen = this.since(mark.get(parts.address(address)) ?? 0).map((state) => viewOf(state, address));
    return distinct(seen);
  }

  /** The roles by which a request that began at the mark may decide. `saved` says whether any were ever given. */
  roles(mark: Mark, channelId: string): { roles: PlayedRole[]; saved: boolean }[] {
    const chosen = this.since(mark.get(parts.roles(channelId)) ?? 0).map(({ roles, hadRoles }) => {
      return { roles: roles.get(channelId) ?? [], saved: hadRoles.has(channelId) };
    });
    return distinct(
      distinct(chosen).flatMap(({ roles, saved }) =>
        this.#subsets(
          mark,
          roles.map(({ userId }) => userId),
        ).map((present) => ({
          roles: rolesThatCount(roles, (userId) => present.has(userId)),
          saved,
        })),
      ),
    );
  }

  /** Whether the user may exist, may not exist, or both, for a request that began at the mark. */
  existence(mark: Mark, userId: string): boolean[] {
    return [...new Set(this.since(mark.get(parts.user(userId)) ?? 0).map(({ users }) => users.has(userId)))];
  }

  /** The sets of these users that may exist at once. */
  #subsets(mark: Mark, userIds: readonly string[]): ReadonlySet<string>[] {
    return userIds.reduce<ReadonlySet<string>[]>(
      (sets, userId) =>
        this.existence(mark, userId).flatMap((there) => (there ? sets.map((set) => new Set(set).add(userId)) : sets)),
      [new Set()],
    );
  }
}

function changedParts(before: Directory, after: Directory): string[] {
  const addresses = new Set([...before.addresses.keys(), ...after.addresses.keys()]);
  const channels = [...after.roles.keys()].filter((id) => before.roles.get(id) !== after.roles.get(id));
  const users = [...new Set([...before.users, ...after.users])].filter(
    (id) => before.users.has(id) !== after.users.has(id),
  );
  return [
    ...[...addresses]
      .filter((key) => JSON.stringify(viewOf(before, key)) !== JSON.stringify(viewOf(after, key)))
      .map(parts.address),
    ...channels.map(parts.roles),
    ...users.map(parts.user),
  ];
}

function distinct<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
