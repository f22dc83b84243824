import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Named } from '#domain/mentions';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { createEraseScan, type Scanned } from '#store/dynamo/erase-scan';
import { updateIf } from '#store/dynamo/update-if';
import { isErasure } from './erase-task.ts';
import { laneKey } from './lane-item.ts';
import { eventLane } from './lane-names.ts';

type Item = Readonly<Record<string, unknown>>;

/** Takes away what leaves to a person or tells of them: rows, lanes, tasks and claims. */
export function createEraseOutbox(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'outbox');
  const eraseScan = createEraseScan(deps, 'outbox');

  /** Takes away all that `isTheirs`, and marks of their contacts, from a place on, until a time (epoch ms). */
  function remove(
    person: Named,
    isTheirs: (item: Item) => boolean,
    place: string | undefined,
    until: number,
  ): Promise<Scanned> {
    return eraseScan((item) => !isShared(item) && (isTheirs(item) || isNewsOf(person, item)), place, until);
  }

  /** Takes the person out of what the lane of the account's events remembers of refusals. */
  async function forgetSubjects({ account, addresses }: Named): Promise<void> {
    const Key = laneKey(eventLane(account));
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    const kept = Item?.kept as Kept | undefined;
    if (!kept || !addresses.some((address) => JSON.stringify(kept).includes(address))) return;
    const without = (all: readonly string[]) => all.filter((one) => !addresses.includes(one));
    const next = {
      ...kept,
      ...(kept.suspects && { suspects: without(kept.suspects) }),
      ...(kept.aside && { aside: without(kept.aside) }),
      ...(kept.strikes && {
        strikes: Object.fromEntries(Object.entries(kept.strikes).filter(([subject]) => !addresses.includes(subject))),
      }),
    };
    // A holder that has the lane writes what it remembers; then the next round does this again.
    await updateIf(client, {
      TableName: table,
      Key,
      UpdateExpression: 'SET kept = :next',
      ConditionExpression: 'kept = :kept',
      ExpressionAttributeValues: { ':next': next, ':kept': kept },
    });
  }

  return { remove, forgetSubjects };
}

interface Kept {
  readonly suspects?: readonly string[];
  readonly aside?: readonly string[];
  readonly strikes?: Readonly<Record<string, number>>;
}

/** The item of a lane that others share, and the task of an erasure, which goes by itself. */
function isShared({ l, e }: Item): boolean {
  const lane = String(l);
  const isOfAccount = /^(event|connector|news)#/.test(lane) && e === '-';
  return isOfAccount || isErasure(lane);
}

/** A mark that a contact of the person has to be read again from a connected CRM. */
function isNewsOf({ account, contacts }: Named, { l, type, id }: Item): boolean {
  return l === `news#${account}` && type === 'contact' && contacts.includes(String(id));
}
