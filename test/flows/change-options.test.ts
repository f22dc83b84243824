import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createChangeOptions } from '#flows/change-options';
import { createTeams } from '#store/accounts/teams';
import { createWorld, type World } from '#test/world';

const HOURS = { zone: 'UTC', week: { mon: [['08:00', '18:00']] }, exceptions: {} } as const;
const CHANNELS = 12;
/** Two channels can follow in the transaction that changes schedules, and six in one that moves channels. */
const MOST_WRITES = 7;
const NAMES = { office: 'main' };

let world: World;
let account: string;

beforeEach(async () => {
  world = await createWorld();
  account = world.account.accountId;
  await createChangeOptions(world.deps)(account, { schedules: { office: HOURS } }, 'somebody');
  for (let more = 1; more < CHANNELS; more += 1) await world.addChannel();
  for (const channelId of Object.keys((await settings()).channels)) {
    const waiting = { returnAfterMinutes: 15, tellHeadsAfterMinutes: null };
    const body = { newClients: { mode: 'first-reply' }, userRoles: [], schedule: 'office', waiting };
    await ask('PUT', `/v1/settings/channels/${channelId}`, body);
  }
  await world.drain();
});

afterEach(() => world.stop());

async function ask(method: string, path: string, body?: unknown) {
  const { status, text, body: answer } = await world.call(method, path, { key: world.account.apiKey, body });
  if (status !== 200) throw new Error(text);
  return answer;
}

interface AllSettings {
  readonly channels: Record<string, { readonly schedule?: string }>;
  readonly schedules: object;
  readonly version: number;
}

const settings = async () => (await ask('GET', '/v1/settings')) as AllSettings;

const rename = (version?: number) =>
  createChangeOptions({ ...world.deps, mostWrites: MOST_WRITES })(
    account,
    { renameSchedules: NAMES },
    'somebody',
    version,
  );

/** The schedules that there are, and how many channels have each; `nothing`: one that there is not. */
async function used() {
  const { channels, schedules } = await settings();
  const counts: Record<string, number> = Object.fromEntries(Object.keys(schedules).map((name) => [name, 0]));
  for (const { schedule = '' } of Object.values(channels)) {
    const name = schedule in counts ? schedule : 'nothing';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Lets so many transactions pass, and looks at what is stored before each. */
function stopAfter(transactions: number, look = async () => {}) {
  let left = transactions;
  world.failing = async ({ input }) => {
    if (!input.TransactItems) return false;
    world.failing = undefined;
    await look();
    left -= 1;
    if (left >= 0) stopAfter(left, look);
    return left < 0;
  };
}

describe('a schedule of more channels than one transaction holds', () => {
  test('is renamed in parts, and no channel is without its schedule for a moment', async () => {
    const seen: object[] = [];
    const { version } = await settings();
    stopAfter(10, async () => void seen.push(await used()));

    expect(await rename(version)).toMatchObject({ isTeamChanged: true, version: version + 1 });

    world.failing = undefined;
    expect(seen).toEqual([{ office: 12 }, { office: 6, main: 6 }, { office: 0, main: 12 }]);
    expect(await used()).toEqual({ main: 12 });
    expect((await createTeams(world.deps).read(account)).team).toEqual({
      schedules: { main: [{ ...HOURS, from: expect.any(Number) }] },
      users: {},
    });
  });

  test.each([1, 2])('goes on after it was cut off behind part %i, if the request comes again', async (parts) => {
    const { version } = await settings();
    stopAfter(parts);
    await expect(rename(version)).rejects.toThrow();
    world.failing = undefined;
    expect(await used()).toEqual({ office: 12 - 6 * parts, main: 6 * parts });

    expect(await rename(version)).toMatchObject({ version: version + 1 });

    expect(await used()).toEqual({ main: 12 });
  });

  test('stays as it is if somebody else has changed the options', async () => {
    const { version } = await settings();

    expect(await rename(version + 1)).toEqual({ changedTo: version });

    expect(await used()).toEqual({ office: 12 });
  });
});

test('new hours have the late clients of all their channels minded, also of more than one transaction holds', async () => {
  const longer = { ...HOURS, week: { mon: [['08:00', '20:00']] } } as const;
  const before = new Set(late());
  let largest = 0;
  world.failing = ({ input }) => {
    largest = Math.max(largest, input.TransactItems?.length ?? 0);
    return false;
  };

  const change = createChangeOptions({ ...world.deps, mostWrites: MOST_WRITES });
  expect(await change(account, { schedules: { office: longer } }, 'somebody')).toMatchObject({ isTeamChanged: true });

  expect(late().filter((stamp) => !before.has(stamp))).toHaveLength(CHANNELS);
  expect(largest).toBeLessThanOrEqual(MOST_WRITES);
});

function late(): unknown[] {
  return world.db
    .items('outbox')
    .filter(({ l }) => String(l).startsWith('task#late#'))
    .map(({ stamp }) => stamp);
}
