import { expect, test } from 'vitest';
import { createMetrics, namingStack, withoutMetrics } from '#metrics';

const NOW = Date.UTC(2026, 9, 5);

test('a metric is a line in the embedded format, with its value and dimension at the root', () => {
  const lines: object[] = [];
  const metrics = createMetrics(
    namingStack((entry) => lines.push(entry), 'konvert-test'),
    { now: () => NOW },
  );

  metrics.count('Inbound', 3);
  metrics.gauge('OldestWithoutOwnerSeconds', 0, 'Seconds');
  metrics.count('Folded', 0);

  const directive = (Name: string, Unit: string) => ({
    Timestamp: NOW,
    CloudWatchMetrics: [{ Namespace: 'Konvert', Dimensions: [['stack']], Metrics: [{ Name, Unit }] }],
  });
  expect(lines).toEqual([
    { _aws: directive('Inbound', 'Count'), Inbound: 3, stack: 'konvert-test' },
    {
      _aws: directive('OldestWithoutOwnerSeconds', 'Seconds'),
      OldestWithoutOwnerSeconds: 0,
      stack: 'konvert-test',
    },
  ]);
});

test('only metrics name the stack, and only they are left out where nobody gathers them', () => {
  const named: object[] = [];
  const kept: object[] = [];

  namingStack((entry) => named.push(entry), 'konvert-test')({ fold: 'x' });
  const log = withoutMetrics((entry) => kept.push(entry));
  log({ fold: 'x' });
  createMetrics(log, { now: () => NOW }).count('Folded');

  expect(named).toEqual([{ fold: 'x' }]);
  expect(kept).toEqual([{ fold: 'x' }]);
});
