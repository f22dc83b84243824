import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TRANSPORTS } from '#domain/chat-types';

// npm run contract: plays the contract suite for every messenger, and prints one table, contract case by messenger. Cases
// that a messenger's own fixtures make (its error codes, its limits) are one row of each kind, with their number.

interface Assertion {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'pending' | 'skipped' | 'todo';
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[];
}

/** The contract cases of a messenger, by kind and name. */
type Cases = ReadonlyMap<string, readonly Assertion[]>;

const OF_CONTRACT = / keeps the contract of a messenger$/;
/** A case that fewer messengers have is of their own fixtures. */
const SHARED_BY = 5;

const root = resolve(import.meta.dirname, '..');
const file = join(tmpdir(), `konvert-contract-${process.pid}.json`);
const code = await play(file);
const report: Report = JSON.parse(readFileSync(file, 'utf8'));
rmSync(file);

const assertions = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const judged = assertions.filter(({ ancestorTitles: [suite = ''] }) => OF_CONTRACT.test(suite));
const byMessenger = Map.groupBy(judged, ({ ancestorTitles: [suite = ''] }) => suite.replace(OF_CONTRACT, ''));
const names = new Map<string, Set<string>>();
for (const { ancestorTitles, title } of judged) {
  const name = nameOf(ancestorTitles, title);
  names.set(name, (names.get(name) ?? new Set()).add(ancestorTitles[0] ?? ''));
}

const columns = [...byMessenger].map(([messenger, all]) => ({ messenger, cases: casesOf(all) }));
const rows = [...new Set(columns.flatMap(({ cases }) => [...cases.keys()]))].sort();
const width = Math.max(...rows.map((row) => row.length));
console.log(['contract case'.padEnd(width), ...columns.map(({ messenger }) => messenger)].join(' | '));
for (const row of rows) {
  const cells = columns.map(({ messenger, cases }) => cellOf(cases.get(row) ?? []).padStart(messenger.length));
  console.log([row.padEnd(width), ...cells].join(' | '));
}
const failed = judged.filter(({ status }) => status === 'failed').length;
const passed = judged.filter(({ status }) => status === 'passed').length;
console.log(`\n${columns.length} messengers, ${rows.length} rows, ${passed} cases passed, ${failed} failed`);
if (columns.length !== TRANSPORTS.length) console.log(`Konvert speaks ${TRANSPORTS.length}`);
process.exitCode = code === 0 && failed === 0 && columns.length === TRANSPORTS.length ? 0 : 1;

function play(outputFile: string): Promise<number | null> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/channels', '-t', 'keeps the contract of a messenger'];
  const reporters = ['--reporter=json', `--outputFile=${outputFile}`];
  const child = spawn(process.execPath, [...args, ...reporters], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((done) => child.once('exit', done));
}

function nameOf([, ...kinds]: readonly string[], title: string): string {
  return [...kinds, title].join(': ');
}

/** The cases of a messenger: those that others have too by name, its own ones by their kind. */
function casesOf(all: readonly Assertion[]): Cases {
  return Map.groupBy(all, ({ ancestorTitles, title }) => {
    const name = nameOf(ancestorTitles, title);
    const isShared = (names.get(name)?.size ?? 0) >= SHARED_BY;
    return isShared ? name : `${ancestorTitles.slice(1).join(': ') || 'beside'}: (its own rows)`;
  });
}

/** What became of the cases: `–` if the messenger has none of them. */
function cellOf(cases: readonly Assertion[]): string {
  const [passed, failed] = ['passed', 'failed'].map((status) => cases.filter((one) => one.status === status).length);
  if (failed) return `${failed} FAILED`;
  if (!passed) return '–';
  return passed === 1 ? '✓' : `${passed} ✓`;
}
