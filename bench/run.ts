import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureBatch } from './batch.ts';
import { measureCrmUnits } from './crm-units.ts';
import { measureDelay } from './delay.ts';
import { measureDoorbell } from './doorbell.ts';
import { measureEventDelay } from './event-delay.ts';
import { measureEventDrain } from './event-drain.ts';
import { measureEventUnits } from './event-units.ts';
import { measureLists } from './lists.ts';
import { measurePage } from './page/page.ts';
import { measureSizes } from './page/sizes.ts';
import { measureRotation } from './rotation.ts';
import { record } from './scale/record.ts';
import { measureScale, scaleRows } from './scale/run.ts';
import { measureSearch } from './search.ts';
import { measureSight } from './sight.ts';
import { measureStartUp } from './start-up.ts';
import { formatTable, type Row, rounded } from './table.ts';
import { measureThroughput } from './throughput.ts';
import { measureUnits } from './units.ts';
import { measureWaitDelay } from './wait-delay.ts';
import { measureWaitUnits } from './wait-units.ts';
import { measureWebhookCpu } from './webhook-cpu.ts';
import { measureWhatsApp } from './whatsapp.ts';

const START_UP_BUDGET = 0.7;
const START_UP_ROUNDS = 9;

/**
 * The whole budget table of `docs/architecture.md`, as far as there is something to measure. The parts run one after
 * the other, because they would disturb each other.
 */
async function measureAll(full: boolean): Promise<Row[]> {
  const parts = [
    measureUnits,
    measureEventUnits,
    measureWaitUnits,
    measureCrmUnits,
    () => measureLists(full),
    measureSearch,
    measureSight,
    measureRotation,
    measureBatch,
    measureWhatsApp,
    measureWebhookCpu,
    measureStartUps,
    measureDelay,
    measureDoorbell,
    measureThroughput,
    measureEventDelay,
    measureEventDrain,
    measureWaitDelay,
    measureSizes,
    measurePage,
  ];
  const rows: Row[] = [];
  for (const measure of parts) {
    const measured = await measure();
    rows.push(...measured);
    console.log(`${measured[0]?.what} … done, ${Math.round(performance.now() / 1000)} s`);
  }
  return rows;
}

async function measureStartUps(): Promise<Row[]> {
  const measured = await measureStartUp(START_UP_ROUNDS);
  return measured.map(({ function: name, bytes, baselineBytes, ratio }) => {
    const size = bytes / baselineBytes;
    return {
      what: `start-up of ${name}, beside SDK + document client + zod`,
      budget: `<= ${START_UP_BUDGET} x CPU and size`,
      figure: `CPU ${rounded(ratio)} x, size ${rounded(size)} x`,
      met: ratio <= START_UP_BUDGET && size <= START_UP_BUDGET,
    };
  });
}

/** What `docs/scale.md` is made of. What was seen under throttling stays: it takes minutes, and has a command of its own. */
async function measureLimits(rows: readonly Row[]): Promise<Row[]> {
  const measured = await measureScale(rows);
  record(measured);
  return scaleRows(measured);
}

/** Stores nothing about the machine but its version of Node, so that the files of two people can be compared. */
function writeResults(rows: readonly Row[]): void {
  const file = join(import.meta.dirname, 'results.json');
  const { scale } = JSON.parse(readFileSync(file, 'utf8'));
  const results = { date: new Date().toISOString().slice(0, 10), node: process.version, rows, scale };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

const measured = await measureAll(process.argv.includes('--full'));
const rows = [...measured, ...(await measureLimits(measured))];
writeResults(rows);
const missed = rows.filter(({ met }) => met === false);
console.log(`\n${formatTable(rows)}\n\n${missed.length === 0 ? 'Every budget is met' : `Missed: ${missed.length}`}`);
