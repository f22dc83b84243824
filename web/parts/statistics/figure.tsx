import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../words/words.ts';
import { Card } from '../settings/kit/card.tsx';

/**
 * A chart, what it says in a sentence, and the same as a table for whoever wants the numbers. `isNewestLast`: where it does not
 * fit, its end is shown first.
 */
export function Figure({
  title,
  says,
  legend,
  drawing,
  head,
  rows,
  isNewestLast = false,
}: {
  title: string;
  says: string;
  legend?: ComponentChildren;
  drawing: ComponentChildren;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  isNewestLast?: boolean;
}): JSX.Element {
  const scrolled = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (isNewestLast) scrolled.current?.scrollTo(scrolled.current.scrollWidth, 0);
  }, [isNewestLast, rows.length]);
  return (
    <Card title={title} hint={says}>
      <section
        ref={scrolled}
        class="statistics-drawing"
        aria-label={t('statistics.chart-of', { title })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
      >
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
