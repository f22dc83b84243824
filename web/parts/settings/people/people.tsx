import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { found } from '../../../core/found.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { Button } from '../../../kit/button.tsx';
import { MenuButton } from '../../../kit/menu.tsx';
import type { PeopleModel, Person } from '../../../settings-models/people.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { connectorOf } from '../kit/connector.ts';
import { Field } from '../kit/field.tsx';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { AddPerson } from './add-person.tsx';
import { FromConnector } from './from-connector.tsx';
import { FromCrm } from './from-crm.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

/** As many are found at a glance. */
const FEW = 8;

/** All users of the account, each with a fresh link to their chats. */
export function People({ settings }: ScreenProps): JSX.Element {
  const { people, crm } = settings;
  const connector = connectorOf(crm);
  return (
    <>
      <Card title={t('people.list')} hint={t('people.how')}>
        <Ready of={people.users}>{(users) => <List people={people} users={users} isKept={Boolean(connector)} />}</Ready>
      </Card>
      {connector === null && (
        <>
          <AddPerson people={people} />
          <FromCrm people={people} />
        </>
      )}
      {connector && <FromConnector people={people} crm={crm} connector={connector} />}
    </>
  );
}

interface ListProps {
  readonly people: PeopleModel;
  readonly users: readonly Person[];
  /** A CRM keeps them, so nothing is changed here. */
  readonly isKept: boolean;
}

function List({ people, users, isKept }: ListProps): JSX.Element {
  const wanted = useSignal('');
  if (users.length === 0) return <p>{t('people.nobody')}</p>;
  const shown = found(users, wanted.value);
  return (
    <>
      {users.length > FEW && (
        <Field
          label={t('people.search')}
          value={wanted.value}
          onText={(value) => {
            wanted.value = value;
          }}
        />
      )}
      {shown.length === 0 && <p role="status">{t('people.nothing', { text: wanted.value })}</p>}
      <ul class="settings-list">
        {shown.map((person) => (
          <Row key={person.id} people={people} person={person} isKept={isKept} />
        ))}
      </ul>
    </>
  );
}

function Row({ people, person, isKept }: Omit<ListProps, 'users'> & { person: Person }): JSX.Element {
  const { id, name } = person;
  const link = useSignal<string | undefined>(undefined);
  const isRenaming = useSignal(false);
  const { problem, run } = useAct();
  const { ask, dialog } = useAsk();
  const remove = () =>
    ask({
      title: t('people.delete-title', { name }),
      text: <p>{t('people.delete-what', { name })}</p>,
      yes: t('settings.delete'),
      async act() {
        await people.remove(id);
        tell(t('people.deleted', { name }));
      },
    });
  const rename = () => {
    isRenaming.value = true;
  };
  return (
    <li class="person">
      <Avatar name={name} seed={id} />
      <span class="settings-row-words">
        <b dir="auto">{name}</b>
        {problem && (
          <span class="settings-problem" role="alert">
            {problem}
          </span>
        )}
      </span>
      <Button
        icon="link"
        aria-label={t('people.link-of', { name })}
        onClick={() =>
          run(async () => {
            link.value = await people.linkOf(id);
          })
        }
      >
        {t('people.link')}
      </Button>
      {!isKept && (
        <MenuButton
          icon="dots"
          label={t('people.more', { name })}
          items={[
            { label: t('people.rename'), choose: rename },
            { label: t('settings.delete'), choose: remove },
          ]}
        />
      )}
      {link.value && (
        <LinkDialog
          name={name}
          link={link.value}
          onClose={() => {
            link.value = undefined;
          }}
        />
      )}
      {isRenaming.value && (
        <RenameDialog
          people={people}
          person={person}
          onClose={() => {
            isRenaming.value = false;
          }}
        />
      )}
      {dialog}
    </li>
  );
}
