import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../table.ts';
import { type Recorded, tablesOfDocs, withTables } from './tables.ts';

const RESULTS = join(import.meta.dirname, '..', 'results.json');
const DOCUMENT = join(import.meta.dirname, '..', '..', 'docs', 'scale.md');

/** The rows of the last bench. */
export function recordedRows(): Row[] {
  return JSON.parse(readFileSync(RESULTS, 'utf8')).rows;
}

/** Keeps what was measured beside the rows of the bench, and makes the tables of the document anew. */
export function record(measured: Partial<Recorded>): void {
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const scale = { ...results.scale, ...measured };
  writeFileSync(RESULTS, `${JSON.stringify({ ...results, scale }, null, 2)}\n`);
  writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), tablesOfDocs(scale)));
}
