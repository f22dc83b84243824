import { Option } from 'commander';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { gathered, moreNote } from '../terminal/lists.ts';
import { type Column, tableOf } from '../terminal/table.ts';
import { limitOf, limitOption, type Noun } from '../terminal/verb.ts';

type Delivery = components['schemas']['Delivery'];
type SentAgain = components['schemas']['SentAgain'];

interface ListOptions {
  readonly state?: 'failed' | 'pending';
  readonly kind?: Delivery['kind'];
  readonly target?: string;
  readonly limit?: number;
}

const COLUMNS: readonly Column[] = [
  { head: 'CREATED' },
  { head: 'KIND' },
  { head: 'TARGET' },
  { head: 'CLIENT', shrinks: true },
  { head: 'TRIES' },
  { head: 'NEXT TRY' },
  { head: 'ERROR', shrinks: true },
  { head: 'ID' },
];

const KINDS = [
  ...['reply', 'message', 'status', 'edit', 'deletion', 'channel', 'template', 'assignment'],
  ...['waiting', 'creation', 'assign', 'note', 'news'],
];
const TARGET = 'webhook (events), crm (the connected CRM), or the key of a chat as the list shows it';
const MOMENT = 'such as 2026-11-29T18:00:00Z';

/** The commands of deliveries. */
export function addDeliveries({ verb }: Noun): void {
  verb<ListOptions>('list', 'What failed for good, or waits', 'deliveries --state pending', async (run) => {
    const { api, terminal, options } = run;
    const { state = 'failed', kind, target } = options;
    const konvert = await api();
    const asked = { state, ...(kind && { kind }), ...(target !== undefined && { target }) };
    const found = await gathered(limitOf(options), async (cursor) => {
      const page = await dataOf(konvert.GET('/v1/deliveries', { params: { query: { ...asked, ...cursor } } }));
      return { items: page.deliveries, nextCursor: page.nextCursor };
    });
    const nothing = state === 'failed' ? 'Nothing failed.' : 'Nothing waits.';
    const table = () => tableOf(COLUMNS, found.items.map(cellsOf), terminal.width);
    return { json: found.items, text: found.items.length === 0 ? nothing : table(), notes: moreNote(found) };
  })
    .addOption(new Option('--state <state>', 'those that failed, or those that wait').choices(['failed', 'pending']))
    .addOption(new Option('--kind <kind>', 'of one kind').choices(KINDS))
    .option('--target <target>', TARGET)
    .addOption(limitOption());

  verb(
    'retry <target>',
    'Send again all that failed for a target, and hasten what waits',
    'deliveries retry webhook',
    async ({ api }, target = '') => {
      const konvert = await api();
      const sent = await dataOf(konvert.POST('/v1/deliveries/retry', { body: { target } }));
      return { json: sent, text: `${wordsOf(sent)} What waited already is tried now.` };
    },
  );

  verb(
    'retry-one <deliveryId>',
    'Send one again, now',
    'deliveries retry-one WyJsYW5lIl0',
    async ({ api }, deliveryId = '') => {
      const konvert = await api();
      const params = { path: { deliveryId } };
      const sent = await dataOf(konvert.POST('/v1/deliveries/{deliveryId}/retry', { params }));
      return { json: sent, text: 'It waits to leave again.' };
    },
  );

  verb<{ from: string; to?: string }>(
    'replay <target>',
    'Send events once more that the CRM has taken, under the same ids',
    'deliveries replay webhook --from 2026-11-29T18:00:00Z',
    async ({ api, options: { from, to } }, target = '') => {
      const konvert = await api();
      const body = { target: target as 'webhook', from, ...(to !== undefined && { to }) };
      const sent = await dataOf(konvert.POST('/v1/deliveries/replay', { body }));
      return { json: sent, text: wordsOf(sent) };
    },
  )
    .requiredOption('--from <time>', MOMENT)
    .option('--to <time>', MOMENT);
}

function cellsOf({
  createdAt,
  kind,
  target,
  name = '-',
  attempts,
  nextAttemptAt = '-',
  lastError,
  deliveryId,
}: Delivery): string[] {
  const error = lastError ? `${lastError.code}: ${lastError.description}` : '-';
  return [createdAt, kind, target, name, String(attempts), nextAttemptAt, error, deliveryId];
}

function wordsOf({ count, more }: SentAgain): string {
  const line = count === 1 ? '1 delivery waits to leave again.' : `${count} deliveries wait to leave again.`;
  return more ? `${line} More follow by themselves.` : line;
}
