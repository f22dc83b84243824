import { expect, onTestFinished, test } from 'vitest';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createStoreDeps } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { createLanes } from '#store/outbox/lanes';
import { openBothClients } from '#test/local/engine/both-clients';

const NOW = Date.UTC(2026, 0, 1);
const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));

test('lanes come some at a time, each once, those of one time together', async () => {
  const engine = await startEngine();
  onTestFinished(() => engine.stop());
  const { database, documents, destroy } = openBothClients(engine.endpoint);
  onTestFinished(destroy);
  await createTables(database, tables, names);
  const clock = { now: () => NOW, deadline: (ms: number) => AbortSignal.timeout(ms) };
  const deps = createStoreDeps({ client: documents, tables: names, clock, newId: () => 'id' });
  const lanes = createLanes(deps);
  // Nine at one time, which is more than a page, and fourteen at times of their own.
  const times = [...Array(9).fill(NOW + 5), ...Array.from({ length: 14 }, (_, index) => NOW + 2 * index)];
  for (const [number, at] of times.entries()) {
    await lanes.announce(`lane-${number}`, ['0000000000001#a']);
    await lanes.take(`lane-${number}`, 'token');
    const tried = { attempts: 1, calls: 1, waits: 0, slow: number % 2 === 0 };
    await lanes.postpone(`lane-${number}`, 'token', at, tried, { from: '0' });
  }

  const pages: { lane: string; nextAt: number }[][] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page: Awaited<ReturnType<typeof lanes.someLanes>> = await lanes.someLanes(from, 4);
    pages.push(page.lanes);
    from = page.next;
  }

  const timesOf = pages.map((page) => page.map(({ nextAt }) => nextAt).toSorted());
  expect(timesOf.flat()).toEqual(times.toSorted());
  expect(new Set(pages.flat().map(({ lane }) => lane)).size).toBe(times.length);
  expect(timesOf.map((page) => page.filter((at) => at === NOW + 5).length)).toContain(9);
  expect(timesOf.filter(({ length }) => length > 4)).toHaveLength(1);
});
