import type { Chosen, Mode, Place, RoleOfUser } from '../settings-models/roles.ts';
import type { Waiting } from '../settings-models/waiting.ts';
import { isSamePlace, isSameRole, withSchedule, withWaiting } from './chosen.ts';
import { isSameRule } from './waiting-rule.ts';

/** One thing that is chosen anew. What two people choose of different things does not collide. */
export type Difference =
  | { readonly of: 'mode'; readonly from: Mode; readonly to: Mode }
  | { readonly of: 'place'; readonly from: Place; readonly to: Place }
  | { readonly of: 'schedule'; readonly from?: string; readonly to?: string }
  | { readonly of: 'waiting'; readonly from?: Waiting; readonly to?: Waiting }
  | { readonly of: 'role'; readonly userId: string; readonly from?: RoleOfUser; readonly to?: RoleOfUser };

/** What differs between two choices: mode, place, hours, rule, and the roles in the order of the first and then of the second. */
export function differencesOf(before: Chosen, after: Chosen): Difference[] {
  const userIds = new Set([...before.roles.keys(), ...after.roles.keys()]);
  return [
    ...(before.mode === after.mode ? [] : [{ of: 'mode', from: before.mode, to: after.mode } as const]),
    ...(isSamePlace(before.place, after.place) ? [] : [{ of: 'place', from: before.place, to: after.place } as const]),
    ...(before.schedule === after.schedule
      ? []
      : [{ of: 'schedule', ...sidesOf(before.schedule, after.schedule) } as const]),
    ...(isSameRule(before.waiting, after.waiting)
      ? []
      : [{ of: 'waiting', ...sidesOf(before.waiting, after.waiting) } as const]),
    ...[...userIds].flatMap((userId): Difference[] => {
      const [from, to] = [before.roles.get(userId), after.roles.get(userId)];
      if (isSameRole(from, to)) return [];
      return [{ of: 'role', userId, ...sidesOf(from, to) }];
    }),
  ];
}

/** The choices with these things chosen anew. */
export function withDifferences(chosen: Chosen, differences: readonly Difference[]): Chosen {
  let now = chosen;
  const roles = new Map(chosen.roles);
  for (const difference of differences) {
    switch (difference.of) {
      case 'mode':
        now = { ...now, mode: difference.to };
        break;
      case 'place':
        now = { ...now, place: difference.to };
        break;
      case 'schedule':
        now = withSchedule(now, difference.to);
        break;
      case 'waiting':
        now = withWaiting(now, difference.to);
        break;
      case 'role':
        if (difference.to) roles.set(difference.userId, difference.to);
        else roles.delete(difference.userId);
        break;
      default:
        difference satisfies never;
    }
  }
  return { ...now, roles };
}

/** What is not there on a side is left out. */
function sidesOf<T>(from: T | undefined, to: T | undefined): { readonly from?: T; readonly to?: T } {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** What a difference is about: one text for each thing. */
export function thingOf(difference: Difference): string {
  return difference.of === 'role' ? `role ${difference.userId}` : difference.of;
}

/** What is to be said, and of which users. */
export interface Sentence {
  readonly kind:
    | 'mode'
    | 'place'
    | 'schedule'
    | 'waiting'
    | 'become-seller'
    | 'become-manager'
    | 'become-auditor'
    | 'lose-role'
    | 'receive'
    | 'receive-no-more';
  /** Empty for all but roles. */
  readonly userIds: readonly string[];
}

const KINDS: readonly Sentence['kind'][] = [
  'mode',
  'place',
  'schedule',
  'waiting',
  'become-seller',
  'become-manager',
  'become-auditor',
  'lose-role',
  'receive',
  'receive-no-more',
];

/** What to say of the differences. Users of the same change share one sentence. */
export function sentencesOf(differences: readonly Difference[]): Sentence[] {
  const said = differences.flatMap((difference): { kind: Sentence['kind']; userId?: string }[] => {
    if (difference.of !== 'role') return [{ kind: difference.of }];
    const { userId, from, to } = difference;
    const isOn = to?.receives ?? false;
    return [
      ...(from?.role === to?.role
        ? []
        : [{ kind: to ? (`become-${to.role}` as const) : 'lose-role', userId } as const]),
      // To lose the role says that the switch is gone as well.
      ...((from?.receives ?? false) === isOn || !to
        ? []
        : [{ kind: isOn ? 'receive' : 'receive-no-more', userId } as const]),
    ];
  });
  return KINDS.flatMap((kind) => {
    const ofKind = said.filter((one) => one.kind === kind);
    if (ofKind.length === 0) return [];
    return [{ kind, userIds: ofKind.flatMap(({ userId }) => (userId === undefined ? [] : [userId])) }];
  });
}
