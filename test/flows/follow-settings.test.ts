import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Team } from '#domain/team';
import { createFollowSettings } from '#flows/follow-settings';
import { createTeams } from '#store/accounts/teams';
import { createWaitsWorld, type WaitsWorld } from '#test/functions/waits-world';
import type { Command } from '#test/scheduler/memory-dynamo';

let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
  await world.choose({ returnAfterMinutes: 15 }, ['anna', 'boris']);
});

afterEach(() => world.stop());

const away = (userId: string) => ({ [userId]: { away: true, by: 'user' } as const });

/** Users are away, and no rotation has followed yet. */
function leave(users: Team['users']): Promise<unknown> {
  const { accountId } = world.account;
  return createTeams(world.deps).change(accountId, (team) => ({ team: { ...team, users }, others: [] }));
}

/** The same at once, while something else is asked of the database. */
function leaveNow(users: Team['users']): void {
  const input = {
    TableName: 'accounts',
    Key: { p: `account#${world.account.accountId}`, s: 'team' },
    UpdateExpression: 'SET #users = :users ADD ver :one',
    ExpressionAttributeNames: { '#users': 'users' },
    ExpressionAttributeValues: { ':users': users, ':one': 1 },
  };
  world.db.apply(Object.assign(Object.create({ constructor: { name: 'UpdateCommand' } }), { input }) as Command);
}

const rotation = () => (world.db.items('dispensers')[0]?.r as { o: string[] }[] | undefined)?.[0]?.o;

test('no rotation follows a team that has changed since it was read (T12)', async () => {
  await leave(away('boris'));
  const seen: unknown[] = [];
  let isLater = false;
  world.failing = ({ kind, input }) => {
    seen.push(rotation());
    // The rotation is read after the team.
    if (kind === 'GetCommand' && input.TableName === 'dispensers' && !isLater) {
      isLater = true;
      leaveNow(away('anna'));
    }
    return false;
  };

  await createFollowSettings(world.deps)(world.channel.channelId);

  expect(rotation()).toEqual(['boris']);
  expect(seen).not.toContainEqual(['anna']);
});
