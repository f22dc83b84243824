import { isDeepStrictEqual } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { HoursVersion } from '#domain/schedule';
import { NO_TEAM, SPEAKERS, type Team, type TeamUser } from '#domain/team';
import { schemaOf } from '#schema-of';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, UnreadableItemError } from '#store/dynamo/errors';
import { outsideNames, storedNames } from '#store/dynamo/outside-names';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';

const intervals = z.readonly(z.array(z.readonly(z.tuple([z.string(), z.string()]))));

const hoursSchema = schemaOf<HoursVersion>()(
  z.object({
    from: z.number(),
    zone: z.string(),
    week: z.object({
      mon: z.exactOptional(intervals),
      tue: z.exactOptional(intervals),
      wed: z.exactOptional(intervals),
      thu: z.exactOptional(intervals),
      fri: z.exactOptional(intervals),
      sat: z.exactOptional(intervals),
      sun: z.exactOptional(intervals),
    }),
    exceptions: z.record(z.string(), intervals),
  }),
);

const userSchema = schemaOf<TeamUser>()(
  z.object({
    away: z.exactOptional(z.boolean()),
    until: z.exactOptional(z.number()),
    by: z.exactOptional(z.enum(SPEAKERS)),
    reason: z.exactOptional(z.string()),
    schedule: z.exactOptional(z.string()),
  }),
);

const itemSchema = schemaOf<Team & { ver: number }>()(
  z.object({
    ver: z.number(),
    schedules: z.record(z.string(), z.array(hoursSchema)),
    users: outsideNames(userSchema),
    renaming: z.exactOptional(z.record(z.string(), z.string())),
  }),
);

/** A team with the number of its changes: 0 before the first. */
export interface VersionedTeam {
  readonly team: Team;
  readonly version: number;
}

export type Teams = ReturnType<typeof createTeams>;

/** As many changes may come between the read of a team and its write. */
const TRIES = 20;

/** The teams of accounts: their schedules, and what is said about their users. One item each. Nothing here is cached. */
export function createTeams(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');

  /** The team as it is now, and the check that it still is, for a write that depends on it. */
  async function read(account: string): Promise<VersionedTeam & { unchanged: Write }> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    const { team, version } = readTeam(Item);
    const check = { TableName: table, Key: keyOf(account), ...ifStill('ver', version) };
    return { team, version, unchanged: { ConditionCheck: check } };
  }

  /** The write of a team in the place of the one of that version. It is refused if there is another by then. */
  function write(account: string, version: number, { schedules, users, renaming }: Team): Write {
    const whole = { schedules, users: storedNames(users), renaming, ver: version + 1 };
    return { Update: { TableName: table, Key: keyOf(account), ...setting(whole, ifStill('ver', version)) } };
  }

  /**
   * Changes the team as `decide` says, together with the writes that it asks for, and answers with what is stored then. The
   * same team writes nothing. It decides again if somebody else was faster.
   */
  async function change(
    account: string,
    decide: (team: Team) => { readonly team: Team; readonly others: readonly Write[] },
  ): Promise<VersionedTeam & { readonly isChanged: boolean }> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const before = await read(account);
      const { team, others } = decide(before.team);
      if (isDeepStrictEqual(team, before.team)) return { team, version: before.version, isChanged: false };
      const writes = [write(account, before.version, team), ...others];
      if (await transact(client, writes)) return { team, version: before.version + 1, isChanged: true };
    }
    throw new ContentionError('A team');
  }

  return { read, write, change };
}

function keyOf(account: string) {
  return { p: accountPartition(account), s: 'team' };
}

function readTeam(item: Record<string, unknown> | undefined): VersionedTeam {
  if (!item) return { team: NO_TEAM, version: 0 };
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  const { ver: version, ...team } = parsed.data;
  return { team, version };
}
