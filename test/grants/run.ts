import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionName, functions } from '#lib/functions';
import { shownElsewhere } from './elsewhere.ts';
import { shownBy } from './flows.ts';
import { givenTo } from './given.ts';
import { grantWords, NEEDED_VARIABLE, readNeeded } from './needed.ts';

// npm run test:grants: plays the tests that run functions with their grants and no others, and fails if a grant is left
// that no call needed. With a name of a function it prints how each of its grants is shown. CI has played them already: it
// names the folder in which they noted what they needed.

const PROJECTS = ['--project', 'shared', '--project', 'alone'];

interface Row {
  readonly name: FunctionName;
  readonly part: string;
  /** How the grant is shown to be needed. Undefined: it is hidden. */
  readonly shown: string | undefined;
}

const played = process.env[NEEDED_VARIABLE];
const folder = played ?? (await mkdtemp(join(tmpdir(), 'konvert-grants-')));
const code = played === undefined ? await play(folder) : 0;
const needed = readNeeded(folder);
if (played === undefined) await rm(folder, { recursive: true, force: true });

const given = (Object.keys(functions) as FunctionName[]).flatMap((name) =>
  givenTo(name).flatMap(({ parts }) => parts.map((part) => ({ name, part }))),
);
const byPart = new Map(
  [...Map.groupBy(given.filter(isNeeded), ({ part }) => part)].map(([part, all]) => [
    part,
    all.map(({ name }) => name),
  ]),
);
const rows = given.map((one): Row => ({ ...one, shown: howShown(one) }));
const hidden = rows.filter(({ shown }) => shown === undefined);
const wanted = process.argv[2];
for (const { name, part, shown } of rows) if (name === wanted) console.log(`${part}: ${shown ?? 'no call needs it'}`);
for (const { name, part } of hidden) console.log(`no call needs it: ${grantWords(name, part)}`);
console.log(`${rows.length} grants, ${hidden.length} hidden; ${countsOf(rows)}`);
process.exitCode = code === 0 && hidden.length === 0 ? 0 : 1;

function isNeeded({ name, part }: Omit<Row, 'shown'>): boolean {
  return needed.has(grantWords(name, part));
}

function howShown(one: Omit<Row, 'shown'>): string | undefined {
  if (isNeeded(one)) return 'by a call';
  const other = shownBy(one.name, one.part, byPart);
  return other === undefined ? shownElsewhere(grantWords(one.name, one.part)) : `by a call of ${other}`;
}

function countsOf(all: readonly Row[]): string {
  const kinds = Map.groupBy(
    all.filter(({ shown }) => shown),
    ({ shown = '' }) =>
      shown === 'by a call'
        ? 'needed by a call'
        : shown.startsWith('by a call of')
          ? 'needed by a call of a function that runs the same flow'
          : shown,
  );
  return [...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ');
}

/** Runs the tests. Resolves to the exit code of vitest. */
async function play(notes: string): Promise<number> {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...PROJECTS];
  const child = spawn(process.execPath, words, { stdio: 'inherit', env: { ...process.env, [NEEDED_VARIABLE]: notes } });
  const [ended] = (await once(child, 'close')) as [number | null];
  return ended ?? 1;
}
