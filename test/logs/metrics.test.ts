import { expect, test } from 'vitest';
import { isMetric, type MetricName } from '#metrics';
import { createWorld, OPERATOR_KEY } from '#test/world';
import { faults } from './faults.ts';

/** The values of a metric in lines of a log. A line that CloudWatch would leave out fails the test. */
function valuesOf(name: MetricName, logs: readonly Readonly<Record<string, unknown>>[]): number[] {
  return logs.filter(isMetric).flatMap(({ _aws, ...root }) => {
    const { CloudWatchMetrics } = _aws as { CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
    const named = CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
    for (const one of named) expect(root[one]).toBeTypeOf('number');
    return named.includes(name) ? [root[name] as number] : [];
  });
}

test.each(faults)('$metric is in the log of $writtenBy when $how', async ({ metric, play }) => {
  const values = valuesOf(metric, await play());

  expect(values).toEqual([expect.any(Number)]);
  expect(values[0]).toBeGreaterThan(0);
});

test('a client of an account that is disabled waits for nobody, and neither does one whose chat was answered', async () => {
  const world = await createWorld();
  await world.say(1, 'hello');
  const sweep = async () => {
    const before = world.logs.length;
    world.clock.advance(3_600_000);
    await world.app.listeners['sweep-lanes']();
    return valuesOf('OldestWithoutOwnerSeconds', world.logs.slice(before));
  };
  const enable = (enabled: boolean) =>
    world.call('PATCH', `/v1/accounts/${world.account.accountId}`, { key: OPERATOR_KEY, body: { enabled } });

  await enable(false);
  const disabled = await sweep();
  await enable(true);
  const waiting = await sweep();
  await world.noReplyNeeded(1, { noReplyNeeded: true, seenUpTo: (await world.history(1)).seenUpTo });
  await world.drain();
  const answered = await sweep();
  await world.stop();

  expect({ disabled, waiting, answered }).toEqual({ disabled: [], waiting: [7_200], answered: [] });
});
