import { setTimeout as sleep } from 'node:timers/promises';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { gathered, moreNote } from '../terminal/lists.ts';
import { type Column, fieldsOf, tableOf } from '../terminal/table.ts';
import { timeOf } from '../terminal/times.ts';
import { limitOf, limitOption, type Noun, type Run, type Told } from '../terminal/verb.ts';

type Erasure = components['schemas']['Erasure'];

const COLUMNS: readonly Column[] = [
  { head: 'ASKED FOR' },
  { head: 'WHAT' },
  { head: 'STATE' },
  { head: 'DONE' },
  { head: 'ERASED', shrinks: true },
  { head: 'ID' },
];

const LOOKS_MS = [300, 700, 1_000, 2_000, 5_000];
const AT_ONCE =
  'From now on nothing of it is shown. The rest takes some minutes: what is still on its way is waited for.';

/** The commands of erasures: what became of the work that `people erase` and `accounts close` began. */
export function addErasures({ verb }: Noun): void {
  verb<{ operator?: boolean; limit?: number }>(
    'list',
    'What was erased within 90 days, the newest first; with --operator, accounts',
    'erasures list',
    async ({ api, operator, options, terminal }) => {
      const konvert = await (options.operator ? operator() : api());
      const found = await gathered<Erasure>(limitOf(options), async ({ cursor }) => {
        const query = cursor === undefined ? {} : { after: cursor };
        const { erasures, next } = await dataOf(konvert.GET('/v1/erasures', { params: { query } }));
        return { items: erasures, nextCursor: next ?? undefined };
      });
      if (found.items.length === 0) return { json: [], text: 'Nothing was erased within 90 days.' };
      const rows = found.items.map((one) => [
        timeOf(one.requestedAt),
        one.kind,
        one.state,
        timeOf(one.doneAt),
        countsOf(one),
        one.erasureId,
      ]);
      return { json: found.items, text: tableOf(COLUMNS, rows, terminal.width), notes: moreNote(found) };
    },
  )
    .option('--operator', 'the closed accounts, with the operator key')
    .addOption(limitOption());

  verb<{ operator?: boolean }>(
    'show <erasureId>',
    'How far an erasure is, or that it is done; with --operator, of an account',
    'erasures show d4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013',
    async ({ api, operator, options }, erasureId = '') => {
      const konvert = await (options.operator ? operator() : api());
      return toldOf(await erasureOf(konvert, erasureId));
    },
  ).option('--operator', 'of a closed account, with the operator key');
}

/**
 * Tells how the erasure goes on until it is done. Ctrl-C ends the telling and not the work. Without `wait` it is looked at
 * once.
 */
export async function followErasure(
  { terminal, saysIfStopped }: Run<unknown>,
  konvert: KonvertClient,
  erasureId: string,
  { wait, lookAgain }: { readonly wait: boolean; readonly lookAgain: string },
): Promise<Told> {
  const later = `It goes on by itself. How far it is: npm run konvert -- ${lookAgain} ${erasureId}`;
  if (!wait) return { ...toldOf(await erasureOf(konvert, erasureId)), notes: [later] };
  saysIfStopped(later);
  terminal.note(AT_ONCE);
  let told = '';
  for (let looks = 0; ; looks += 1) {
    const erasure = await erasureOf(konvert, erasureId);
    if (erasure.state === 'done') return toldOf(erasure);
    const counts = countsOf(erasure);
    if (counts !== told) terminal.note(`Erasing: ${counts} so far`);
    told = counts;
    await sleep(LOOKS_MS[Math.min(looks, LOOKS_MS.length - 1)]);
  }
}

function erasureOf(konvert: KonvertClient, erasureId: string): Promise<Erasure> {
  return dataOf(konvert.GET('/v1/erasures/{erasureId}', { params: { path: { erasureId } } }));
}

function toldOf(erasure: Erasure): Told {
  const { erasureId, kind, state, requestedAt, doneAt, erased } = erasure;
  const counts = Object.entries(erased).map(([what, count]) => [what, `${count}`] as const);
  const fields = fieldsOf([
    ['erased', kind === 'person' ? 'a person' : 'an account'],
    ['state', state],
    ['asked for', timeOf(requestedAt)],
    ['done', timeOf(doneAt)],
    ...counts,
    ['id', erasureId],
  ]);
  return { json: erasure, text: fields };
}

/** What was erased, without what there was none of: "2 chats, 14 messages". */
function countsOf({ erased }: Erasure): string {
  const counts = Object.entries(erased).filter(([, count]) => count > 0);
  return counts.map(([what, count]) => `${count} ${count === 1 ? oneOf(what) : what}`).join(', ') || 'nothing';
}

function oneOf(many: string): string {
  return many.replace(/ies$/, 'y').replace(/s$/, '');
}
