import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { idleOf } from '../../bench/scale/idle.ts';
import {
  costTable,
  idleCosts,
  limitsTable,
  MIX,
  messageCosts,
  mostPerSecond,
  type Recorded,
  tablesOfDocs,
  withTables,
} from '../../bench/scale/tables.ts';

const { scale, rows } = JSON.parse(readFileSync('bench/results.json', 'utf8')) as {
  scale: Recorded;
  rows: readonly { readonly what: string; readonly figure: string }[];
};
const DOCUMENT = readFileSync('docs/scale.md', 'utf8');

test('the tables of the document follow from what was recorded: node bench/scale/run.ts makes both', () => {
  const tables = tablesOfDocs(scale);

  for (const [name, table] of Object.entries(tables)) {
    expect(DOCUMENT).toContain(`<!-- ${name} -->\n\n${table}\n\n<!-- end of ${name} -->`);
  }
  expect(withTables(DOCUMENT, tables)).toBe(DOCUMENT);
});

test('an idle month has the queues and schedules that there are', () => {
  expect(scale.idle).toEqual(idleOf());
});

test('the mix is a whole of what is measured', () => {
  expect(Object.values(MIX).reduce((sum, share) => sum + share)).toBeCloseTo(1);
  expect(scale.flows.map(({ what }) => what).sort()).toEqual(Object.keys(MIX).sort());
});

test('the CPU of a message is that of npm start at load', () => {
  expect(rows.map(({ figure }) => figure).join()).toContain(`Node ${scale.cpuMs} ms a message`);
});

const RECORDED: Recorded = {
  hotKeys: [
    {
      what: 'new client',
      keys: [
        { place: 'directory', kind: 'write', key: 'account#contacts', units: 2 },
        { place: 'chats rest', kind: 'read', key: 'user', units: 4 },
      ],
    },
  ],
  flows: Object.keys(MIX).map((what) => ({
    ...{ what, writeUnits: 10, readUnits: 20, steps: 10, runs: 5, requests: 1, queued: 2, calls: 1, logBytes: 1_000 },
  })),
  cpuMs: 1,
  throttled: [],
  idle: { queues: 10, alarms: 5, metrics: 2, dashboards: 1, runs: 0 },
};

test('a key takes its limit by the units, and the least of them is what goes', () => {
  expect(limitsTable(RECORDED)).toMatch(/\| directory: account#contacts +\| write \| 1,000 \/ 2 = 500 +\|/);
  expect(limitsTable(RECORDED)).toMatch(/\| chats, index rest: user +\| read +\| 3,000 \/ 4 = 750 +\|/);
  expect(mostPerSecond(RECORDED, 'new client')).toBe(500);
});

test('costs are units by prices', () => {
  const costs = new Map(messageCosts(RECORDED).map(([what, , usd]) => [what, usd]));

  expect(costs.get('DynamoDB, writes')).toBeCloseTo(6.25);
  expect(costs.get('DynamoDB, reads')).toBeCloseTo(2.5);
  expect(costs.get('Lambda, runs')).toBeCloseTo(1);
  // (1 ms by a core's part of 0.289 + 10 x 5 ms + 200 ms) of half a GB
  expect(costs.get('Lambda, time')).toBeCloseTo(0.253455 * 0.5 * 13.3334, 3);
  expect(costs.get('SQS')).toBeCloseTo(2.4);
  expect(costs.get('CloudWatch Logs')).toBeCloseTo(0.5);
  expect(
    costTable([
      ['one', 'a', 1.005],
      ['two', 'b', 2],
    ]),
  ).toMatch(/\| \*\*sum\*\* \| +\| \$3\.0\d \|/);
});

test('an idle month is the key, the questions of Lambda to its queues, and what watches', () => {
  const costs = new Map(idleCosts(RECORDED).map(([what, , usd]) => [what, usd]));

  expect(costs.get('KMS, one key')).toBe(1);
  expect(costs.get('SQS, Lambda asks empty queues')).toBeCloseTo(2.592);
  expect(costs.get('CloudWatch, alarms')).toBeCloseTo(0.5);
  expect(costs.get('CloudWatch, dashboards')).toBe(0);
});
