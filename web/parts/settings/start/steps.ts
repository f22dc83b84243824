import type { Progress } from '../../../settings-models/start.ts';
import { t } from '../../../words/words.ts';
import { connectorNamed } from '../kit/connector.ts';

/** Something to do, on the way from an empty account to the first answer. */
export interface Step {
  /** The screen on which it is done. */
  readonly screen: string;
  readonly title: string;
  /** What it is for; once it is done, what there is. */
  readonly more: string;
  readonly isDone: boolean;
  readonly isOptional?: boolean;
  /** What is wrong with it all the same. */
  readonly problem?: string;
}

/** The steps in their order. */
export function stepsOf(progress: Progress): Step[] {
  const { active, channels, people, receivers, withoutTeam, hasMessage, crm, hasWebhook } = progress;
  const hasPeople = people.length > 0;
  return [
    {
      screen: 'channels',
      title: t('start.channel'),
      more: active > 0 ? t('start.channel-done', { count: active }) : t('start.channel-more'),
      isDone: active > 0,
      ...(channels > 0 && active === 0 && { problem: t('start.channel-broken') }),
    },
    {
      screen: 'people',
      title: t('start.people'),
      more: hasPeople ? t('start.people-done', { count: people.length }) : t('start.people-more'),
      isDone: hasPeople,
    },
    {
      screen: 'roles',
      title: t('start.roles'),
      more: receivers > 0 ? t('start.roles-done', { count: receivers }) : t('start.roles-more'),
      isDone: receivers > 0,
      ...(receivers > 0 &&
        withoutTeam.length > 0 && { problem: t('start.roles-without', { channels: withoutTeam.join(', ') }) }),
    },
    {
      // Where the address of the bot or number is.
      screen: 'channels',
      title: t('start.message'),
      more: t(hasMessage ? 'start.message-done' : 'start.message-more'),
      isDone: hasMessage,
    },
    {
      screen: 'crm',
      title: t('start.crm'),
      more: crmWords(progress),
      isDone: crm !== undefined || hasWebhook,
      isOptional: true,
    },
  ];
}

function crmWords({ crm, hasWebhook }: Progress): string {
  if (crm !== undefined) return t('start.crm-done', { crm: connectorNamed(crm).name });
  return t(hasWebhook ? 'start.webhook-done' : 'start.crm-more');
}
