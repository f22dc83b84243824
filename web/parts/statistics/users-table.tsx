import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { sortedBy, timesOf } from '../../core/statistics.ts';
import type { StatisticsRow } from '../../settings-models/statistics.ts';
import { number } from '../../words/times.ts';
import { type Key, t } from '../../words/words.ts';
import { Card } from '../settings/kit/card.tsx';
import { tookOrNone } from './words.ts';

/** Who is meant by the key of a row. */
export interface People {
  readonly names: ReadonlyMap<string, string>;
  /** Where the log of that user's assignments is. Without it their name leads nowhere. */
  readonly assignmentsOf?: (userId: string) => string;
}

interface Column {
  readonly name: Key;
  readonly valueIn: (row: StatisticsRow) => number | null;
  readonly isTime?: true;
}

const ABSENT: Readonly<Record<string, Key>> = {
  crm: 'statistics.crm',
  phone: 'statistics.phone',
  nobody: 'statistics.nobody',
};

/** Who answered how many waits and how fast, and who got and lost clients. A press on a heading sorts by it. */
export function UsersTable({
  rows,
  people,
  isWorking,
}: {
  rows: readonly StatisticsRow[];
  people: People;
  isWorking: boolean;
}): JSX.Element {
  const by = useSignal<{ readonly column: Key; readonly isDescending: boolean }>({
    column: 'statistics.answered',
    isDescending: true,
  });
  const columns: readonly Column[] = [
    { name: 'statistics.answered', valueIn: ({ answered }) => answered },
    { name: 'statistics.p50', valueIn: (row) => timesOf(row, isWorking).p50, isTime: true },
    { name: 'statistics.p90', valueIn: (row) => timesOf(row, isWorking).p90, isTime: true },
    { name: 'statistics.new-clients', valueIn: ({ newClients }) => newClients },
    { name: 'statistics.let-go', valueIn: ({ letGo }) => letGo },
    { name: 'statistics.received', valueIn: ({ received }) => received },
  ];
  const { column, isDescending } = by.value;
  const sortedIn = columns.find(({ name }) => name === column)?.valueIn ?? ((row) => nameOf(row, people));
  const sorted = sortedBy(rows, sortedIn, isDescending);
  const most = Math.max(1, ...rows.map(({ answered }) => answered));
  const heading = (name: Key) => (
    <th key={name} scope="col" aria-sort={name === column ? (isDescending ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        class="link"
        onClick={() => {
          by.value = { column: name, isDescending: name === column ? !isDescending : name !== 'statistics.user' };
        }}
      >
        {t(name)}
      </button>
    </th>
  );
  return (
    <Card title={t('statistics.by-user')} hint={t('statistics.by-user-hint')}>
      {rows.length === 0 ? (
        <p class="settings-hint">{t('statistics.nothing')}</p>
      ) : (
        <section
          class="statistics-scroll"
          aria-label={t('statistics.table-of', { title: t('statistics.by-user') })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
        >
          <table class="statistics-table">
            <thead>
              <tr>
                {heading('statistics.user')}
                {columns.map(({ name }) => heading(name))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((row) => (
                <tr key={`${row.kind} ${row.key}`}>
                  <th scope="row" dir="auto">
                    <Name row={row} people={people} />
                  </th>
                  {columns.map(({ name, valueIn, isTime }) => {
                    const value = valueIn(row);
                    return (
                      <td key={name}>
                        {isTime ? tookOrNone(value) : number(value ?? 0)}
                        {name === 'statistics.answered' && (
                          <meter class="statistics-meter" aria-hidden="true" value={value ?? 0} max={most} />
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}

function Name({ row, people }: { row: StatisticsRow; people: People }): JSX.Element {
  const name = nameOf(row, people);
  const isKnown = row.kind === 'user' && people.names.has(row.key);
  const address = isKnown ? people.assignmentsOf?.(row.key) : undefined;
  return address === undefined ? <span>{name}</span> : <a href={address}>{name}</a>;
}

/** Rows name users by id only, so a user who was deleted has no name any more. */
function nameOf({ kind, key }: StatisticsRow, { names }: People): string {
  const absent = ABSENT[kind];
  return absent ? t(absent) : (names.get(key) ?? t('statistics.former', { id: key }));
}
