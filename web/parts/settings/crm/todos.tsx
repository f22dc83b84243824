import type { JSX } from 'preact';
import type { CrmConnection } from '../../../settings-models/crm.ts';
import { t } from '../../../words/words.ts';
import { Card } from '../kit/card.tsx';
import { CopyRow } from '../kit/copy-row.tsx';
import { Marked } from '../kit/marked.tsx';
import type { CrmGuide } from './guides/guide.ts';

/** What a person has to do by hand in the CRM, with what to copy there. */
export function Todos({
  connection: { todo },
  guide,
}: {
  connection: CrmConnection;
  guide: CrmGuide;
}): JSX.Element | null {
  if (todo.length === 0) return null;
  const { name: crm, todos } = guide;
  return (
    <Card title={t('crm.todo', { crm })}>
      {todo.map(({ code, values = {} }) => {
        const known = todos[code];
        return (
          <div key={code} class="crm-todo">
            {known ? (
              <ol class="channel-how">
                {known.how.map((key) => (
                  <li key={key}>
                    <Marked text={t(key)} />
                  </li>
                ))}
              </ol>
            ) : (
              <p>{t('crm.todo-other', { crm, code })}</p>
            )}
            {Object.entries(values).map(([name, text]) => (
              <CopyRow key={name} label={known?.values?.[name] ? t(known.values[name]) : name} text={text} />
            ))}
          </div>
        );
      })}
    </Card>
  );
}
