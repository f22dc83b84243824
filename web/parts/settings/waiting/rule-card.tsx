import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { warningsOf } from '../../../../src/domain/waiting-setting.ts';
import { withSchedule, withWaiting } from '../../../core/chosen.ts';
import { BOUNDS, OFFERED_RULE, type RuleFault, type RuleNumber, ruleFault } from '../../../core/waiting-rule.ts';
import type { ChannelDraft, Team } from '../../../settings-models/roles.ts';
import type { Waiting, WouldReturn } from '../../../settings-models/waiting.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { Choice } from '../kit/choice.tsx';
import { Field } from '../kit/field.tsx';
import { Switch } from '../kit/switch.tsx';
import { Warning } from '../roles/warning.tsx';
import { DryRun } from './dry-run.tsx';
import { ruleWords } from './words.ts';

export interface RuleCardProps {
  readonly draft: ChannelDraft;
  readonly team: Team;
  /** What the rule would have done is asked of the server. */
  readonly wouldReturn: (rule: Waiting) => Promise<WouldReturn>;
}

/** What becomes of clients whom nobody answers: the rule, what it says in words, and what it would have done. */
export function RuleCard({ draft, team, wouldReturn }: RuleCardProps): JSX.Element {
  const { schedule, waiting } = draft.mine.value;
  const hours = team.schedules.find(({ name }) => name === schedule)?.hours;
  const change = (rule: Waiting | undefined) => draft.change(withWaiting(draft.mine.value, rule));
  return (
    <Card title={t('rule.title')} hint={t('rule.hint')}>
      <HoursChoice draft={draft} team={team} />
      <Switch
        label={t('rule.is-on')}
        hint={t('rule.is-on-hint')}
        isOn={waiting !== undefined}
        onChange={(isOn) => change(isOn ? (draft.base.value.waiting ?? OFFERED_RULE) : undefined)}
      />
      {waiting && <Rule rule={waiting} hasHours={hours !== undefined} onChange={change} />}
      <div role="status" class="rule-words">
        {(waiting === undefined || ruleFault(waiting) === undefined) && (
          <p>
            <b>{t('rule.reads')}:</b> {ruleWords(waiting, hours)}
          </p>
        )}
        {waiting &&
          warningsOf(waiting, hours?.week).map((doubt) => <Warning key={doubt}>{t(`rule.doubt-${doubt}`)}</Warning>)}
      </div>
      {waiting && ruleFault(waiting) === undefined && <DryRun rule={waiting} wouldReturn={wouldReturn} />}
    </Card>
  );
}

function HoursChoice({ draft, team }: Pick<RuleCardProps, 'draft' | 'team'>): JSX.Element {
  const { schedule } = draft.mine.value;
  if (team.schedules.length === 0 && schedule === undefined) {
    return (
      <p class="settings-hint">
        {t('hours.none')}{' '}
        <a class="roles-link" href={addressOf('hours')}>
          {t('rule.make-schedule')}
        </a>
      </p>
    );
  }
  return (
    <Choice
      label={t('rule.schedule')}
      value={schedule ?? ''}
      options={[
        { value: '', label: t('hours.always') },
        ...team.schedules.map(({ name }) => ({ value: name, label: name })),
      ]}
      onChoose={(name) => draft.change(withSchedule(draft.mine.value, name || undefined))}
    />
  );
}

interface RuleProps {
  readonly rule: Waiting;
  readonly hasHours: boolean;
  readonly onChange: (rule: Waiting) => void;
}

function Rule({ rule, hasHours, onChange }: RuleProps): JSX.Element {
  const fault = ruleFault(rule);
  const put = (changes: Partial<Waiting>) => onChange({ ...rule, ...changes });
  const { returnAfterMinutes, tellHeadsAfterMinutes } = rule;
  return (
    <>
      <Switch
        label={t('rule.return-is-on')}
        hint={t('rule.return-hint')}
        isOn={returnAfterMinutes !== null}
        onChange={(isOn) => put({ returnAfterMinutes: isOn ? OFFERED_RULE.returnAfterMinutes : null })}
      />
      {returnAfterMinutes !== null && <Returns rule={rule} fault={fault} put={put} />}
      <Switch
        label={t('rule.tell-is-on')}
        isOn={tellHeadsAfterMinutes !== null}
        onChange={(isOn) => put({ tellHeadsAfterMinutes: isOn ? OFFERED_RULE.tellHeadsAfterMinutes : null })}
      />
      {tellHeadsAfterMinutes !== null && (
        <div class="rule-fields">
          <Count
            label={t('rule.tell-minutes')}
            count={tellHeadsAfterMinutes}
            of="tell-minutes"
            fault={fault}
            onCount={(minutes) => put({ tellHeadsAfterMinutes: minutes })}
          />
        </div>
      )}
      {fault === 'nothing' && (
        <p class="settings-problem" role="alert">
          {t('rule.fault-nothing')}
        </p>
      )}
      {hasHours && (
        <Choice
          label={t('rule.outside')}
          value={rule.outsideHours}
          options={(['give', 'hold'] as const).map((value) => ({ value, label: t(`rule.outside-${value}`) }))}
          onChoose={(value) => put({ outsideHours: value as Waiting['outsideHours'] })}
        />
      )}
    </>
  );
}

interface ReturnsProps {
  readonly rule: Waiting;
  readonly fault: RuleFault | undefined;
  readonly put: (changes: Partial<Waiting>) => void;
}

function Returns({ rule, fault, put }: ReturnsProps): JSX.Element {
  return (
    <div class="rule-fields">
      <Count
        label={t('rule.return-minutes')}
        count={rule.returnAfterMinutes!}
        of="return-minutes"
        fault={fault}
        onCount={(returnAfterMinutes) => put({ returnAfterMinutes })}
      />
      <Count
        label={t('rule.times')}
        count={rule.returnsAtMost}
        of="times"
        fault={fault}
        onCount={(returnsAtMost) => put({ returnsAtMost })}
      />
      <Choice
        label={t('rule.then')}
        value={rule.then}
        options={(['pool', 'keep'] as const).map((value) => ({ value, label: t(`rule.then-${value}-choice`) }))}
        onChoose={(value) => put({ then: value as Waiting['then'] })}
      />
      <Count
        label={t('rule.away-after')}
        count={rule.awayAfterReturns}
        hint={t('rule.away-hint')}
        of="away"
        fault={fault}
        onCount={(awayAfterReturns) => put({ awayAfterReturns })}
      />
    </div>
  );
}

/** A number as it is typed. What is none is kept as it stands there, and is a fault. */
function Count({
  label,
  of,
  count,
  hint,
  fault,
  onCount,
}: {
  label: string;
  of: RuleNumber;
  count: number;
  hint?: string;
  fault: RuleFault | undefined;
  onCount: (count: number) => void;
}): JSX.Element {
  const typed = useSignal(String(count));
  // It was changed elsewhere: undone, or taken over from somebody else.
  if (!Number.isNaN(count) && numberOf(typed.peek()) !== count) typed.value = String(count);
  return (
    <Field
      label={label}
      value={typed.value}
      maxLength={4}
      {...(hint !== undefined && { hint })}
      {...(fault === of && { problem: t('rule.fault-number', BOUNDS[of]) })}
      onText={(text) => {
        typed.value = text;
        onCount(numberOf(text));
      }}
    />
  );
}

function numberOf(text: string): number {
  return /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN;
}
