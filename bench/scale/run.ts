import { formatTable, type Row } from '../table.ts';
import { measureFlows } from './flows.ts';
import { measureHotKeys } from './hot-keys.ts';
import { idleOf } from './idle.ts';
import { record, recordedRows } from './record.ts';
import { mostPerSecond, type Recorded } from './tables.ts';

/** What is measured without a load. */
export type Measured = Omit<Recorded, 'throttled'>;

/** Measures the units behind `docs/scale.md`. The CPU of a message is that of the last bench of `npm start` at load. */
export async function measureScale(rows: readonly Row[]): Promise<Measured> {
  const [, cpuMs] = /Node ([\d.]+) ms a message/.exec(rows.map(({ figure }) => figure).join('\n')) ?? [];
  return {
    hotKeys: await measureHotKeys(),
    flows: await measureFlows(),
    cpuMs: Number(cpuMs),
    idle: idleOf(),
  };
}

/** The limits as lines of the bench. They have no budget. */
export function scaleRows(recorded: Measured): Row[] {
  return recorded.hotKeys.map(({ what, keys: [hot] }) => ({
    what: `${what}: before the first partition key throttles`,
    budget: '',
    figure: `${mostPerSecond(recorded, what)} a second; ${hot?.units} ${hot?.kind} units of ${hot?.place}`,
  }));
}

if (import.meta.main) {
  const measured = await measureScale(recordedRows());
  record(measured);
  console.log(formatTable(scaleRows(measured)));
}
