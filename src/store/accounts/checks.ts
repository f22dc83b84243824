import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  CHECK_MODES,
  CHECK_PHASES,
  type CheckCounts,
  type CheckMode,
  type CheckPhase,
  FAULT_KINDS,
  NOTHING_CHECKED,
} from '#domain/check';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';

/** A check of what is stored, as far as it has come. */
export interface Check extends CheckCounts {
  readonly id: string;
  readonly mode: CheckMode;
  /** When it began (epoch ms). */
  readonly startedAt: number;
  /** When its last part ended (epoch ms). Absent while it is under way. */
  readonly doneAt?: number;
  /** The part that it is at. */
  readonly phase: CheckPhase;
  /** How far it has come in that part, as the store tells places. Absent at its beginning. */
  readonly after?: string;
  /** Grows with every save. Of two runs at one check the slower one stops. */
  readonly version: number;
}

const tally = z.partialRecord(z.enum(FAULT_KINDS), z.number());

const itemSchema = z.object({
  s: z.string(),
  mode: z.enum(CHECK_MODES),
  startedAt: z.number(),
  doneAt: z.exactOptional(z.number()),
  phase: z.enum(['facts', 'chats', 'addresses', 'rotations']),
  after: z.exactOptional(z.string()),
  chats: z.number(),
  found: tally,
  mended: tally,
  ver: z.number(),
});

/** All checks are in one partition: there is one of them a day. */
const CHECKS = 'checks';
/** Our ids are shorter, and a key of a table may not be longer than 1024 bytes. */
const LONGEST_ID = 100;
const KEPT_MS = 90 * 24 * 3_600_000;

export type Checks = ReturnType<typeof createChecks>;

/** The checks of this installation, and what they came to. */
export function createChecks(deps: StoreDeps) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'accounts');

  /** Stores a check that has not begun yet, with what was found before it. Those older than 90 days are forgotten. */
  async function begin(mode: CheckMode, counts: CheckCounts = NOTHING_CHECKED): Promise<Check> {
    const check: Check = {
      ...counts,
      id: newId(),
      mode,
      startedAt: clock.now(),
      phase: CHECK_PHASES[mode][0],
      version: 1,
    };
    const old = (await all()).filter(({ startedAt }) => startedAt < clock.now() - KEPT_MS);
    for (const { id } of old) await transact(client, [{ Delete: { TableName: table, Key: keyOf(id) } }]);
    await transact(client, [writeOf(check, 0)]);
    return check;
  }

  /** The check with that id, as it is now. */
  async function get(id: string): Promise<Check | undefined> {
    if (id.length > LONGEST_ID) return undefined;
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }));
    return Item && readCheck(Item);
  }

  /** All checks of the last 90 days, the newest first. */
  async function all(): Promise<Check[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :checks',
      ExpressionAttributeValues: { ':checks': CHECKS },
      ConsistentRead: true,
    });
    return items.map(readCheck).sort((one, other) => other.startedAt - one.startedAt);
  }

  /** Stores how far a check has come, and answers with it. Undefined if another run was faster. */
  async function save(check: Check): Promise<Check | undefined> {
    const next = { ...check, version: check.version + 1 };
    return (await transact(client, [writeOf(next, check.version)])) ? next : undefined;
  }

  function writeOf({ id, version, ...check }: Check, before: number): Write {
    const { mode, startedAt, doneAt, phase, after, chats, found, mended } = check;
    const whole = { mode, startedAt, doneAt, phase, after, chats, found, mended, ver: version };
    return { Update: { TableName: table, Key: keyOf(id), ...setting(whole, ifStill('ver', before)) } };
  }

  return { begin, get, all, save };
}

function keyOf(id: string) {
  return { p: CHECKS, s: id };
}

function readCheck(item: Record<string, unknown>): Check {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  const { s: id, ver: version, ...check } = parsed.data;
  return { id, version, ...check };
}
