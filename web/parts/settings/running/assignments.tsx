import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import type { AssignmentFilter } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Choice } from '../kit/choice.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { RULES, ruleName, sentenceOf } from './assignment-words.ts';
import { briefId, namesOf } from './names.ts';
import { PagedList, When } from './shown.tsx';

/** Why users became responsible for clients. What is asked for stands in the address: channel, user and rule. */
export function Assignments({ settings, path }: ScreenProps): JSX.Element {
  const [channelId = '', userId = '', named] = path;
  // A rule that is none filters nothing.
  const rule = RULES.find((one) => one === named) ?? '';
  const list = useMemo(
    () => settings.running.assignments(filterOf(channelId, userId, rule)),
    [settings, channelId, userId, rule],
  );
  const names = namesOf(settings);
  const isFiltered = channelId !== '' || userId !== '' || rule !== '';
  return (
    <>
      <p class="settings-hint">{t('assignments.how')}</p>
      <div class="running-filters">
        <Choice
          label={t('assignments.channel')}
          value={channelId}
          options={optionsOf(names.channels, channelId)}
          onChoose={(chosen) => show(chosen, userId, rule)}
        />
        <Choice
          label={t('assignments.user')}
          value={userId}
          options={optionsOf(names.users, userId)}
          onChoose={(chosen) => show(channelId, chosen, rule)}
        />
        <Choice
          label={t('assignments.rule')}
          value={rule}
          options={optionsOf(new Map(RULES.map((one) => [one, ruleName(one)])), rule)}
          onChoose={(chosen) => show(channelId, userId, chosen)}
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

/** A link may name what is deleted. */
function optionsOf(names: ReadonlyMap<string, string>, value: string) {
  const all = value === '' || names.has(value) ? names : new Map([...names, [value, briefId(value)]]);
  return [{ value: '', label: t('running.any') }, ...[...all].map(([id, name]) => ({ value: id, label: name }))];
}

function show(...path: readonly string[]): void {
  navigate(
    addressOf('assignments', ...path)
      .slice(1)
      .replace(/\/+$/, ''),
  );
}

function filterOf(channelId: string, userId: string, rule: AssignmentFilter['rule'] | ''): AssignmentFilter {
  return { ...(channelId && { channelId }), ...(userId && { userId }), ...(rule && { rule }) };
}
