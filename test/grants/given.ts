import type { LimitedWrites } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import { type TableId, tables } from '#lib/tables';
import { type Asked, attributesOf, type Input } from './asked.ts';

/** A statement of the policy of a function, for one action on one place. */
export interface Given {
  readonly action: string;
  readonly place: string;
  /** Everything that it gives, in words: itself, or each partition and attribute. */
  readonly parts: readonly string[];
  /** What of it such a call needs. Nothing, if it does not allow the call. */
  partsFor(asked: Asked): readonly string[];
}

/** By function, and then by action and place. */
const all = new Map(
  Object.entries<FunctionDefinition>(functions).map(([name, one]) => [name, grouped(statements(one))]),
);

/** All that is given to the function by `lib/functions.ts`, except calls of other functions. */
export function givenTo(name: FunctionName): Given[] {
  return [...(all.get(name)?.values() ?? [])].flat();
}

/** What the function may do by each of the statements that allow it such a call. */
export function allowing(name: FunctionName, asked: Asked): (readonly string[])[] {
  const given = all.get(name)?.get(keyOf(asked)) ?? [];
  return given.map((one) => one.partsFor(asked)).filter((parts) => parts.length > 0);
}

function keyOf({ action, place }: Pick<Asked, 'action' | 'place'>): string {
  return `${action} on ${place}`;
}

function grouped(given: readonly Given[]): ReadonlyMap<string, readonly Given[]> {
  return Map.groupBy(given, keyOf);
}

function statements({ tables: access, sendsTo = [], secrets = [], files = {}, ...more }: FunctionDefinition): Given[] {
  return [
    ...Object.entries(access).flatMap(([place, actions]) => actions.map((action) => whole(action, place))),
    ...(more.accountWrites ?? []).flatMap((limit) => limited('accounts', limit)),
    ...(more.outboxWrites ?? []).flatMap((limit) => limited('outbox', limit)),
    ...(more.pageWrites ?? []).flatMap((limit) => limited('pages', limit)),
    ...sendsTo.map((queue) => whole('SendMessage', queue)),
    ...secrets.map((use) => whole(use, 'secrets')),
    ...Object.entries(files).flatMap(([part, actions]) => actions.map((action) => whole(action, `${part}/`))),
    ...(more.doorbell === 'rung' ? [whole('ManageConnections', 'sockets')] : []),
  ];
}

function whole(action: string, place: string): Given {
  const parts = [keyOf({ action, place })];
  return { action, place, parts, partsFor: () => parts };
}

/** A limit as IAM's conditions decide it: on partitions, and on attributes if it names any. */
function limited(place: TableId, { actions, partitions, attributes }: LimitedWrites): Given[] {
  const { partition: p, sort: s } = tables[place];
  const keys: readonly string[] = [p.name, s.name];
  return actions.map((action) => {
    const partsOf = (partition: string, named = attributes) =>
      (named ?? ['all']).map((attribute) => `${action} on ${place} (${partition}, ${attribute})`);
    const partsFor = ({ write }: Asked) => {
      if (write === undefined) return [];
      const partition = String(((write.Key ?? write.Item) as Input)[p.name]);
      const found = partitions.filter((one) => isOf(one, partition));
      if (!attributes) return found.flatMap((one) => partsOf(one));
      const named = [...new Set(attributesOf(write))].filter((attribute) => !keys.includes(attribute));
      const isAllowed = named.every((attribute) => attributes.includes(attribute));
      return isAllowed ? found.flatMap((one) => partsOf(one, named.length > 0 ? named : undefined)) : [];
    };
    return { action, place, parts: partitions.flatMap((one) => partsOf(one)), partsFor };
  });
}

function isOf(pattern: string, partition: string): boolean {
  return pattern.endsWith('*') ? partition.startsWith(pattern.slice(0, -1)) : partition === pattern;
}
