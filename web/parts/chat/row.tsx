import { dayName } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { MessageView } from './message.tsx';
import type { RowProps } from './row-props.ts';
import type { Row } from './rows.ts';
import { isService } from './rows.ts';
import { SendingView } from './sending.tsx';
import { ServiceLine } from './service-line.tsx';

interface Props extends RowProps {
  readonly row: Row;
  readonly place: number;
}

/** A row of the history. */
export function RowView({ row, place, ...rest }: Props) {
  switch (row.kind) {
    case 'day':
      return (
        <div class="day" data-key={row.key}>
          {dayName(row.at, Date.now())}
        </div>
      );
    case 'open':
      return (
        <div class="open-from" data-key={row.key}>
          {t('chat.open-from')}
        </div>
      );
    case 'entry': {
      const { entry } = row;
      // Nobody knows how many there are: older ones may not be loaded, and newer ones come.
      const feed = { 'data-key': row.key, tabIndex: -1, 'aria-posinset': place, 'aria-setsize': -1 };
      if (entry.kind === 'sending') return <SendingView row={row} sending={entry.sending} feed={feed} {...rest} />;
      if (isService(entry)) return <ServiceLine entry={entry} feed={feed} {...rest} />;
      return <MessageView row={row} entry={entry} feed={feed} {...rest} />;
    }
    default:
      return row satisfies never;
  }
}
