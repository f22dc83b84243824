import { accountOfKey } from '#domain/address';
import { shortHash, uuidOf } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { describeError, type Log } from '#log';
import type { Address, Addresses } from '#store/addresses';
import type { Assignments } from '#store/assignments';
import type { SightChanges } from '#store/sight-changes';
import { rungAddresses, type StreamEvent } from '#store/stream';
import type { Tasks } from '#store/tasks';

export interface AssignContactDeps {
  readonly addresses: Pick<Addresses, 'get'>;
  readonly assignments: Pick<Assignments, 'add'>;
  readonly sightChanges: Pick<SightChanges, 'keepContact'>;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly log: Log;
}

/** Brings what was decided about an address to its end. Repeating it does no harm. */
export type Assign = (addressKey: string) => Promise<void>;

/** Makes `assign`: one function for the stream and for the task of an address that failed. */
export function createAssign({
  addresses,
  assignments,
  sightChanges,
}: Omit<AssignContactDeps, 'tasks' | 'log'>): Assign {
  return async function assign(addressKey) {
    const address = await addresses.get(addressKey);
    const record = recordOf(address);
    if (record) await assignments.add(accountOfKey(addressKey), record);
    if (!address.contact && address.owner !== undefined) await sightChanges.keepContact(addressKey);
  };
}

/** Addresses have news: each is followed up. One bad address never holds up the others. */
export function createHandler(deps: AssignContactDeps & { readonly assign: Assign }) {
  return async (event: StreamEvent): Promise<void> => {
    await Promise.all(
      rungAddresses(event).map(async (address) => {
        try {
          await deps.assign(address);
        } catch (error) {
          deps.log({ assign: shortHash(address), outcome: 'failed', ...describeError(error) });
          await deps.tasks.put({ kind: 'assign', address });
        }
      }),
    );
  };
}

/** The record of a decision: its id and time follow from it, so repeating it writes the same one (D9). */
function recordOf({ key, decidedAt, why, contact }: Address) {
  if (!why || decidedAt === undefined) return undefined;
  const { chatKey, userId, rule, place, passedOver } = why;
  return {
    assignmentId: uuidOf(`assignment#${key}#${decidedAt}`),
    at: decidedAt,
    ...chatOfKey(chatKey),
    contactId: contact?.id ?? null,
    userId,
    rule,
    place,
    passedOver,
  };
}
