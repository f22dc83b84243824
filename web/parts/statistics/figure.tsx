import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../words/words.ts';
import { Card } from '../settings/kit/card.tsx';

/** A chart, what it says in a sentence, and the same as a table for whoever wants the numbers. */
export function Figure({
  title,
  says,
  legend,
  drawing,
  head,
  rows,
}: {
  title: string;
  says: string;
  legend?: ComponentChildren;
  drawing: ComponentChildren;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}): JSX.Element {
  return (
    <Card title={title} hint={says}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="statistics-drawing" aria-label={t('statistics.chart-of', { title })} tabIndex={0}>
        {drawing}
      </section>
      {legend}
      <details>
        <summary>{t('statistics.as-table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <section class="statistics-scroll" aria-label={t('statistics.table-of', { title })} tabIndex={0}>
          <table class="statistics-table">
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...values], row) => (
                <tr key={`${row}`}>
                  <th scope="row">{name}</th>
                  {values.map((value, column) => (
                    <td key={head[column + 1]}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </Card>
  );
}
