import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { accountOfKey } from '#domain/address';
import type { Lapse } from '#domain/lapse';
import { isOut } from '#domain/new-clients';
import { type Belonging, isUnowned } from '#domain/ownership';
import { afterReturn, changedReturns } from '#domain/returns';
import { changedRoster, comingTurns, inUse, isRoster, type PassedOver, type Turn, turnOf } from '#domain/rotation';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, isConditionFailure, isOvertaken } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { storedNames } from '#store/dynamo/outside-names';
import { scanPage } from '#store/dynamo/scan-page';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';
import { type Dispenser, keyOf, type Lapses, readDispenser, rosterItem } from './dispenser-item.ts';

export { type Dispenser, lapseOf } from './dispenser-item.ts';

/** A return: to whom, if anybody gets the client, and the lapse of whom they left. */
export interface Returned {
  readonly to?: string | undefined;
  readonly from: string;
  readonly lapse: Lapse;
}

/** The result of a claim. */
export type Claim =
  | (Turn & {
      readonly outcome: 'drawn';
      /** Comes with every twelfth turn. The caller passes it to `forget` once all else is done. */
      readonly forget?: Forgetting;
    })
  | { readonly outcome: 'nobody' };

/** The rotation as a claim found it, and its account. */
export type Forgetting = Dispenser & { readonly account: string };

export type Dispensers = ReturnType<typeof createDispensers>;

const TRIES = 100;
const FORGET_EVERY = 12;
/** Longer than the time from the read of an address to its claim, with any skew of clocks (as for facts: ADR 4). */
const UNDER_WAY_MS = 10_000;

/** The rotations of channels: which user gets the next new client. */
export function createDispensers(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'dispensers');

  /**
   * Draws the next turn for the address, or answers with the turn that it has, in one request, whatever runs in
   * parallel. The address has to have been read strongly, as unowned, after `deadline` (of at most 3 s) was made.
   */
  async function claim(channelId: string, addressKey: string, deadline: AbortSignal): Promise<Claim> {
    const name = nameOf(addressKey);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(channelId),
            UpdateExpression: 'SET #claim = n, n = n + :one',
            ConditionExpression: 'attribute_not_exists(#claim) AND attribute_exists(r[0].o[0])',
            ExpressionAttributeNames: { '#claim': name },
            ExpressionAttributeValues: { ':one': 1 },
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
          { abortSignal: deadline },
        );
        const dispenser = readDispenser(channelId, Attributes);
        const drawn = drawnBy(dispenser, name);
        if (drawn.outcome === 'nobody' || drawn.turn % FORGET_EVERY > 0) return drawn;
        return { ...drawn, forget: { ...dispenser, account: accountOfKey(addressKey) } };
      } catch (error) {
        if (isConditionFailure(error)) {
          return drawnBy(readDispenser(channelId, error.Item && plainItem(error.Item)), name);
        }
        // It met the deletion of a contact.
        if (!isOvertaken(error)) throw error;
      }
    }
    throw new ContentionError('A rotation');
  }

  /**
   * Makes these the users who receive new clients, and notes why the others do not. False if nothing had to change. A
   * caller that follows settings and a team gives the checks that they are as they were read (`asRead`), and reads and
   * sets again until this is false, because others change them too.
   */
  async function setRoster(
    channelId: string,
    eligible: readonly string[],
    passedOver: readonly PassedOver[],
    asRead: readonly Write[] = [],
  ): Promise<boolean> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const before = await load(channelId);
      const [current] = before.rosters;
      if (current ? isRoster(current, eligible, passedOver) : eligible.length === 0) return false;
      const roster = changedRoster(current, before.next, eligible, passedOver);
      const rosters = inUse([roster, ...before.rosters], [...before.claims.values()]);
      const change: Write = {
        Update: {
          TableName: table,
          Key: keyOf(channelId),
          UpdateExpression: 'SET r = :rosters, n = :next, q = :returns, lapses = :lapses ADD ver :one',
          ConditionExpression: current ? 'n = :next AND ver = :loaded' : 'attribute_not_exists(n)',
          ExpressionAttributeValues: {
            ':rosters': rosters.map(rosterItem),
            ':next': before.next,
            ':returns': changedReturns(before.returns, {
              before: current?.order ?? [],
              now: eligible,
              out: passedOver.filter(({ reason }) => isOut(reason)).map(({ userId }) => userId),
            }),
            ':lapses': storedNames(lapsesOf(before, eligible)),
            ':one': 1,
            ...(current && { ':loaded': before.version }),
          },
        },
      };
      if ((await transact(client, [change, ...asRead])) || asRead.length > 0) return true;
    }
    throw new ContentionError('A rotation');
  }

  /**
   * Removes the claims of clients who have been owned for so long that no run can still take them for new. Notes those
   * who are owned by now, for the next time. Does nothing if the rotation has changed meanwhile.
   */
  async function forget(
    { channelId, account, claims, rosters, done, version }: Forgetting,
    addresses: { readonly getAll: (keys: readonly string[]) => Promise<readonly Belonging[]> },
  ): Promise<void> {
    if (done && clock.now() - done.at < UNDER_WAY_MS) return;
    const over = [...claims].filter(([, turn]) => done?.turns.includes(turn));
    const left = [...claims].filter(([, turn]) => !done?.turns.includes(turn));
    const known = await addresses.getAll(left.map(([name]) => `${account}#${name}`));
    const turns = left.filter((_, index) => !isUnowned(known[index]!)).map(([, turn]) => turn);
    const removed = over.map((_, index) => `#over${index}`);
    const kept = inUse(
      rosters,
      left.map(([, turn]) => turn),
    );
    await transact(client, [
      {
        Update: {
          TableName: table,
          Key: keyOf(channelId),
          UpdateExpression: [
            'SET r = :rosters, done = :done ADD ver :one',
            ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
          ].join(' '),
          ConditionExpression: 'ver = :loaded',
          ...(removed.length > 0 && {
            ExpressionAttributeNames: Object.fromEntries(over.map(([name], index) => [`#over${index}`, name])),
          }),
          ExpressionAttributeValues: {
            ':rosters': kept.map(rosterItem),
            // Taken after the addresses were read: until then another run may have read them as unowned.
            ':done': { at: clock.now(), turns },
            ':one': 1,
            ':loaded': version,
          },
        },
      },
    ]);
  }

  /** The write that removes the claims of addresses, for the transaction in which they become unowned. */
  function release(channelId: string, addressKeys: readonly string[]): Write {
    const names = addressKeys.map((_, index) => `#claim${index}`);
    return {
      Update: {
        TableName: table,
        Key: keyOf(channelId),
        UpdateExpression: `ADD ver :one REMOVE ${names.join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(
          names.map((name, index) => [name, nameOf(addressKeys[index] ?? '')]),
        ),
        ExpressionAttributeValues: { ':one': 1 },
      },
    };
  }

  /**
   * The write that notes a return, for the transaction that moves the client: who gets them takes the last place of those who
   * receive. It is refused if the rotation was changed since it was loaded. A claim is no change.
   */
  function returned({ channelId, rosters, returns, lapses, version }: Dispenser, returned: Returned): Write {
    const { to, from, lapse } = returned;
    const q = to === undefined ? returns : afterReturn(returns, to, rosters[0]?.order ?? []);
    const noted = storedNames({ ...lapses, [from]: lapse });
    const change = setting({ q, lapses: noted, ver: version + 1 }, ifStill('ver', version));
    return { Update: { TableName: table, Key: keyOf(channelId), ...change } };
  }

  /** Whether any user receives the channel's new clients in turn now. */
  async function hasTurns(channelId: string): Promise<boolean> {
    const [roster] = (await load(channelId)).rosters;
    return roster !== undefined && roster.order.length > 0;
  }

  /** Whether exactly these users receive the channel's new clients now, and the others do not for these reasons. */
  async function hasRoster(
    channelId: string,
    eligible: readonly string[],
    passedOver: readonly PassedOver[],
  ): Promise<boolean> {
    const [roster] = (await load(channelId)).rosters;
    return roster ? isRoster(roster, eligible, passedOver) : eligible.length === 0;
  }

  /** One page of the channels that have a rotation. It scans the table. */
  async function channelPage(limit: number, after: string | undefined): Promise<{ channels: string[]; next?: string }> {
    const scan = { TableName: table, ProjectionExpression: 'ch', Limit: limit };
    const { items, next } = await scanPage(client, scan, after);
    return { channels: items.map(({ ch }) => String(ch)), ...(next !== undefined && { next }) };
  }

  /** The users who would get the channel's next clients in turn, if these users are eligible from now on. */
  async function comingTurnsOf(
    channelId: string,
    eligible: readonly string[],
  ): Promise<ReturnType<typeof comingTurns>> {
    const { rosters, next } = await load(channelId);
    return comingTurns(rosters[0], next, eligible);
  }

  /** The rotation as it is now. */
  async function load(channelId: string): Promise<Dispenser> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(channelId), ConsistentRead: true }),
    );
    return readDispenser(channelId, Item);
  }

  return { load, claim, setRoster, forget, release, returned, hasTurns, hasRoster, channelPage, comingTurnsOf };
}

/** The name of an address among the claims of a channel. All are of the channel's account, so no two have one name. */
function nameOf(addressKey: string): string {
  return addressKey.slice(accountOfKey(addressKey).length + 1);
}

function drawnBy({ claims, rosters }: Dispenser, name: string): Claim {
  const claimed = claims.get(name);
  const turn = claimed === undefined ? undefined : turnOf(rosters, claimed);
  return turn ? { outcome: 'drawn', ...turn } : { outcome: 'nobody' };
}

/** The lapses of those users. Who leaves the roster and comes back begins without any. */
function lapsesOf({ lapses }: Dispenser, userIds: readonly string[]): Lapses {
  return Object.fromEntries(Object.entries(lapses).filter(([userId]) => userIds.includes(userId)));
}
