import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import type { AssignmentFilter } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import type { ScreenProps } from '../screen-props.ts';
import { RULES, ruleName, sentenceOf } from './assignment-words.ts';
import { namesOf } from './names.ts';
import { PagedList, When } from './shown.tsx';

/** Why users became responsible for clients. What is asked for stands in the address: channel, user and rule. */
export function Assignments({ settings, path }: ScreenProps): JSX.Element {
  const [channelId = '', userId = '', rule = ''] = path;
  const list = useMemo(
    () => settings.running.assignments(filterOf(channelId, userId, rule)),
    [settings, channelId, userId, rule],
  );
  const names = namesOf(settings);
  const { channels, users } = settings.me;
  const isFiltered = channelId !== '' || userId !== '' || rule !== '';
  return (
    <>
      <p>{t('assignments.how')}</p>
      <div class="running-filters">
        <Filter
          label={t('assignments.channel')}
          value={channelId}
          choices={withUnknown(
            channels.map((one) => [one.channelId, one.name]),
            channelId,
            names.channelOf,
          )}
          onChoice={(chosen) => show(chosen, userId, rule)}
        />
        <Filter
          label={t('assignments.user')}
          value={userId}
          choices={withUnknown(
            users.map(({ id, name }) => [id, name]),
            userId,
            names.userOf,
          )}
          onChoice={(chosen) => show(channelId, chosen, rule)}
        />
        <Filter
          label={t('assignments.rule')}
          value={rule}
          choices={RULES.map((one) => [one, ruleName(one)])}
          onChoice={(chosen) => show(channelId, userId, chosen)}
        />
      </div>
      <PagedList of={list} none={t(isFiltered ? 'assignments.none-such' : 'assignments.none')}>
        {(record) => (
          <li key={record.assignmentId} class="running-line">
            <p class="running-words" dir="auto">
              {sentenceOf(record, names)}
            </p>
            <When at={record.at} />
          </li>
        )}
      </PagedList>
    </>
  );
}

type Choice = readonly [value: string, name: string];

function Filter({
  label,
  value,
  choices,
  onChoice,
}: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChoice: (value: string) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div class="settings-field">
      <label for={id}>{label}</label>
      <select id={id} class="field" value={value} onChange={(event) => onChoice(event.currentTarget.value)}>
        <option value="">{t('running.any')}</option>
        {choices.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A link may name what is deleted. */
function withUnknown(choices: readonly Choice[], value: string, nameOf: (id: string) => string): readonly Choice[] {
  const isKnown = value === '' || choices.some(([one]) => one === value);
  return isKnown ? choices : [...choices, [value, nameOf(value)]];
}

function show(...path: readonly string[]): void {
  navigate(
    addressOf('assignments', ...path)
      .slice(1)
      .replace(/\/+$/, ''),
  );
}

function filterOf(channelId: string, userId: string, rule: string): AssignmentFilter {
  return { ...(channelId && { channelId }), ...(userId && { userId }), ...(rule && { rule }) };
}
