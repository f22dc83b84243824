import { expect, test } from 'vitest';
import type { Clock } from '#clock';
import type { Statistics } from '#domain/statistics';
import { createReadStatistics } from '#flows/statistics/read-statistics';
import { createWorkingTime } from '#flows/statistics/working-time';
import { tables } from '#lib/tables';
import { createStoreDeps } from '#store/dynamo/client';
import { createWaits, type WaitRow } from '#store/waits/waits';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';

const NOW = Date.UTC(2026, 9, 5, 9);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function createRoom() {
  const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
  const db = new MemoryDynamo(tables, names);
  const clock: Clock = { now: () => NOW, deadline: () => new AbortController().signal };
  let [id, read] = [0, 0];
  let before: ((command: Command) => Promise<void>) | undefined;
  const client = {
    async send(command: Command) {
      await before?.(command);
      const answer = db.apply(command) as { Items?: unknown[] };
      if (command.input.TableName === 'waits') read += answer.Items?.length ?? 0;
      return answer;
    },
  } as never;
  const deps = createStoreDeps({ client, tables: names, clock, newId: () => `id-${++id}` });
  const waits = createWaits(deps);
  let name = '';

  /** What is told by days of that zone, and how many rows were read for it. */
  async function ask(zone: string, mostExact: number): Promise<Statistics & { readonly read: number }> {
    read = 0;
    const told = await createReadStatistics(
      deps,
      mostExact,
    )({
      account: 'a',
      zone,
      from: '2026-09-25',
      to: '2026-10-05',
      groupBy: 'weekday-hour',
      scopes: [{ channelId: 'c' }],
      userId: undefined,
      working: createWorkingTime(
        () => name,
        () => undefined,
      ),
    });
    return { ...told, read };
  }

  return {
    db,
    waits,
    ask,
    useSchedule: (next: string) => {
      name = next;
    },
    onCommand: (next: typeof before) => {
      before = next;
    },
  };
}

function waitAt(index: number, fields: Partial<WaitRow> = {}): WaitRow {
  const startedAt = NOW - 10 * DAY + index * 97 * 60_000;
  return {
    channelId: 'c',
    place: `${startedAt}#${index}`,
    startedAt,
    endedAt: startedAt + (index % 17) * 61_000,
    outcome: index % 5 === 0 ? 'no-reply-needed' : 'answered',
    author: index % 3 === 0 ? { by: 'phone' } : { by: 'user', userId: `u${index % 3}` },
    isFirst: index % 4 === 0,
    version: 1,
    ...fields,
  };
}

const ROWS = Array.from({ length: 140 }, (_, index) => waitAt(index));

/** What was counted, with percentiles as numbers. */
function numbers({ rows }: Statistics) {
  return rows.map(({ key, tally: { replyTime, inHours, firstReply, ownTime, ...counts } }) => {
    const times = [replyTime, inHours, firstReply, ownTime].map((spread) => [
      spread.percentile(0.5),
      spread.percentile(0.9),
    ]);
    return { key, counts, times: times.flat() };
  });
}

test('S3 days that were counted once say the same in every zone, within 2.5 percent', async () => {
  const room = createRoom();
  await room.waits.put(ROWS);

  for (const zone of ['UTC', 'Europe/Moscow', 'Asia/Kathmandu', 'America/St_Johns']) {
    const exact = await room.ask(zone, 1_000);
    const counted = await room.ask(zone, 10);

    expect([exact.exact, counted.exact]).toEqual([true, false]);
    for (const [index, row] of numbers(counted).entries()) {
      const right = numbers(exact)[index]!;
      expect(row.key).toBe(right.key);
      expect(row.counts).toEqual(right.counts);
      row.times.forEach((time, at) => {
        const exactly = right.times[at];
        if (exactly === undefined) expect(time).toBeUndefined();
        else expect(Math.abs(time! - exactly)).toBeLessThanOrEqual(exactly * 0.025);
      });
    }
  }
});

test('S3 a day that is over is read once, and anew after a wait of it has changed', async () => {
  const room = createRoom();
  await room.waits.put(ROWS);
  const first = await room.ask('UTC', 10);

  const again = await room.ask('UTC', 10);
  expect(again.read).toBeLessThan(first.read * 0.7);
  expect(numbers(again)).toEqual(numbers(first));

  await room.waits.put([waitAt(3, { outcome: 'no-reply-needed', version: 2 })]);
  const changed = await room.ask('UTC', 10);
  expect(sum(changed, 'noReplyNeeded')).toBe(sum(first, 'noReplyNeeded') + 1);
  expect(changed.read).toBeLessThan(first.read * 0.8);

  room.useSchedule('office');
  expect((await room.ask('UTC', 10)).read).toBe(first.read);
});

test('S3 a wait that changes while its day is counted is not forgotten', async () => {
  const room = createRoom();
  await room.waits.put(ROWS);
  let isDone = false;
  room.onCommand(async ({ constructor: { name }, input }) => {
    if (isDone || name !== 'PutCommand' || !String(input.Item?.ch).startsWith('days#')) return;
    isDone = true;
    await room.waits.put([waitAt(3, { outcome: 'auto', version: 2 }), waitAt(30, { outcome: 'auto', version: 2 })]);
    await room.waits.remove([waitAt(60)], 2);
  });

  await room.ask('UTC', 10);
  room.onCommand(undefined);

  expect(isDone).toBe(true);
  const exact = await room.ask('UTC', 1_000);
  const counted = await room.ask('UTC', 10);
  for (const name of ['answered', 'noReplyNeeded', 'auto'] as const) expect(sum(counted, name)).toBe(sum(exact, name));
});

test('S6 an older version of a chat says nothing any more', async () => {
  const room = createRoom();
  await room.waits.put([waitAt(1, { version: 5 })]);

  await room.waits.put([waitAt(1, { version: 4, outcome: 'auto' })]);
  await room.waits.remove([waitAt(1)], 4);

  const [row] = [...(await room.waits.at('c', [waitAt(1).place])).values()];
  expect(row).toMatchObject({ version: 5, outcome: 'answered' });
  await room.waits.remove([waitAt(1)], 5);
  expect((await room.waits.at('c', [waitAt(1).place])).size).toBe(0);
});

test('S6 what is older than can be asked for is not stored', async () => {
  const room = createRoom();

  await room.waits.put([waitAt(1, { startedAt: NOW - 402 * DAY })]);

  expect(room.db.items('waits')).toEqual([]);
});

function sum({ rows }: Statistics, name: 'answered' | 'noReplyNeeded' | 'auto'): number {
  return rows.reduce((so, { tally }) => so + tally[name], 0);
}
