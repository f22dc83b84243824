import type { JSX } from 'preact';
import type { CrmConnection } from '../../../settings-models/crm.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { CopyRow } from '../kit/copy-row.tsx';
import { WhatToDo } from '../kit/what-to-do.tsx';
import type { CrmGuide } from './guides/guide.ts';

interface Props {
  readonly connection: CrmConnection;
  readonly guide: CrmGuide;
}

/** What is left until the CRM lets Konvert in: either it is told our addresses, or a person consents there. */
export function Install({ connection, guide: { install, name } }: Props): JSX.Element {
  if (!install) {
    return (
      <section class="settings-card channel-step">
        <p role="status">{t('crm.waiting-for', { crm: name })}</p>
        <a class="button button-plain" href={addressOf('crm', 'credentials')}>
          {t('crm.consent', { crm: name })}
        </a>
      </section>
    );
  }
  return (
    <Card title={t(install.title)}>
      <WhatToDo step={install} />
      {install.addresses.map(({ label, of }) => (
        <CopyRow key={of} label={t(label)} text={connection[of]} />
      ))}
      <p class="channel-watch" role="status">
        {t('crm.waiting-for', { crm: name })}
      </p>
    </Card>
  );
}

/** The addresses of Konvert, for who has to type them in once more. */
export function Addresses({ connection: { hooksUrl, frameUrl }, guide: { name } }: Props): JSX.Element {
  return (
    <details class="settings-card crm-addresses">
      <summary>{t('crm.addresses', { crm: name })}</summary>
      <p class="settings-hint">{t('crm.addresses-what', { crm: name })}</p>
      <CopyRow label={t('crm.hooks-url')} text={hooksUrl} />
      <CopyRow label={t('crm.frame-url')} text={frameUrl} />
    </details>
  );
}

/** Opens the addresses, and leads to the first of them. */
export function showAddresses(): void {
  const details = document.querySelector<HTMLDetailsElement>('.crm-addresses');
  if (!details) return;
  details.open = true;
  details.querySelector('input')?.focus();
}
