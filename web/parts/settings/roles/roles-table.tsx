import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { mayReceive, withRole, withSwitch } from '../../../core/chosen.ts';
import { found } from '../../../core/found.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { Button } from '../../../kit/button.tsx';
import { useMenu } from '../../../kit/menu.tsx';
import type { ChannelDraft, Named, Role } from '../../../settings-models/roles.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { forAll } from './words.ts';

const ROLES: readonly (Role | undefined)[] = [undefined, 'seller', 'manager', 'auditor'];
/** So many rows are drawn at first, and each time the end comes near: a thousand at once would take a while. */
const ROWS = 40;
const NEAR = '1200px';

/** The role of each user in a channel, and whether they receive new clients there. */
export function RolesTable({ draft, users }: { draft: ChannelDraft; users: readonly Named[] }): JSX.Element {
  const text = useSignal('');
  const many = useSignal(ROWS);
  const id = useId();
  const shown = found(users, text.value);
  return (
    <Card title={t('roles.roles')} hint={t('roles.roles-hint')}>
      {users.length === 0 ? (
        <p>
          {t('roles.no-users')}{' '}
          <a class="roles-link" href={addressOf('people')}>
            {t('people.title')}
          </a>
        </p>
      ) : (
        <>
          <div class="roles-tools">
            <label class="hidden-words" for={id}>
              {t('roles.search')}
            </label>
            <input
              id={id}
              class="field"
              type="search"
              placeholder={t('roles.search')}
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value;
                many.value = ROWS;
              }}
            />
            <ForAll draft={draft} users={shown} />
          </div>
          <p class={text.value.trim() === '' ? 'hidden-words' : 'settings-hint'} role="status">
            {text.value.trim() !== '' && t('roles.found', { count: shown.length })}
          </p>
          {shown.length > 0 && (
            <table class="roles-table" aria-rowcount={shown.length + 1}>
              <thead>
                <tr>
                  <th scope="col">{t('roles.person')}</th>
                  {ROLES.map((role) => (
                    <th key={role ?? ''} scope="col">
                      {roleName(role)}
                    </th>
                  ))}
                  <th scope="col">{t('roles.receives')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.slice(0, many.value).map((user) => (
                  <Row key={user.id} draft={draft} user={user} />
                ))}
              </tbody>
            </table>
          )}
          {many.value < shown.length && (
            <End
              key={many.value}
              onNear={() => {
                many.value += ROWS;
              }}
            />
          )}
        </>
      )}
    </Card>
  );
}

/** It is shown again only if its own user is changed. */
function Row({ draft, user }: { draft: ChannelDraft; user: Named }): JSX.Element {
  const { id, name } = user;
  const chosen = useComputed(() => draft.mine.value.roles.get(id));
  const { role, receives = false } = chosen.value ?? {};
  const noteId = useId();
  return (
    <tr>
      <th scope="row" class="roles-person">
        <span class="roles-person-name">
          <Avatar name={name} seed={id} />
          <bdi>{name}</bdi>
        </span>
      </th>
      {ROLES.map((one) => (
        <td key={one ?? ''}>
          <label class="roles-choice">
            <input
              type="radio"
              name={`role-${id}`}
              checked={role === one}
              aria-label={t('roles.of', { what: roleName(one), name })}
              onChange={() => draft.change(withRole(draft.mine.value, id, one))}
            />
            <span>{roleName(one)}</span>
          </label>
        </td>
      ))}
      <td class="roles-receives">
        <label class="roles-switch">
          <span>{t('roles.receives')}</span>
          <input
            type="checkbox"
            role="switch"
            class="hidden-words"
            checked={receives}
            aria-checked={receives}
            disabled={!mayReceive(role)}
            aria-label={t('roles.of', { what: t('roles.receives'), name })}
            aria-describedby={role === 'auditor' ? noteId : undefined}
            onChange={(event) => draft.change(withSwitch(draft.mine.value, id, event.currentTarget.checked))}
          />
          <span class="switch-track" />
        </label>
        {role === 'auditor' && (
          <small id={noteId} class="settings-hint">
            {t('roles.only-reads')}
          </small>
        )}
      </td>
    </tr>
  );
}

/** The same for all who were found. */
function ForAll({ draft, users }: { draft: ChannelDraft; users: readonly Named[] }): JSX.Element {
  const set = (change: Parameters<typeof forAll>[2]) => draft.change(forAll(draft.mine.value, users, change));
  const label = t('roles.for-all', { count: users.length });
  const { opener, menu } = useMenu(label, {
    groups: [
      {
        label: t('roles.role'),
        items: ROLES.map((role) => ({
          label: roleName(role),
          choose: () => set((chosen, userId) => withRole(chosen, userId, role)),
        })),
      },
      {
        label: t('roles.receives'),
        items: [true, false].map((isOn) => ({
          label: t(isOn ? 'roles.switch-on' : 'roles.switch-off'),
          choose: () => set((chosen, userId) => withSwitch(chosen, userId, isOn)),
        })),
      },
    ],
  });
  return (
    <>
      <Button {...opener} disabled={users.length === 0}>
        {label}
      </Button>
      {menu}
    </>
  );
}

/** Where the drawn rows end. It tells when that comes near the view. */
function End({ onNear }: { onNear: () => void }): JSX.Element {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = end.current!.closest('main');
    const eye = new IntersectionObserver(([entry]) => entry?.isIntersecting && onNear(), { root, rootMargin: NEAR });
    eye.observe(end.current!);
    return () => eye.disconnect();
  }, []);
  return <div ref={end} class="roles-end" />;
}

function roleName(role: Role | undefined): string {
  return t(`roles.role-${role ?? 'none'}`);
}
