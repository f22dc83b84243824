import { type Difference, differencesOf, sentencesOf } from '../../../core/settings-diff.ts';
import type { ChannelDraft, Chosen, Named, Place, RoleOfUser, Team } from '../../../settings-models/roles.ts';
import { formatterOf, t } from '../../../words/words.ts';
import { ruleWords } from '../waiting/words.ts';

/** What the others are about. */
const SUBJECTS = {
  mode: 'roles.new-clients',
  place: 'roles.place',
  schedule: 'roles.schedule',
  waiting: 'roles.waiting',
} as const;

/** So many people are called by name, and the others are counted. */
const NAMED = 3;

/** How many things are changed and not saved. */
export function changesOf({ base, mine }: Pick<ChannelDraft, 'base' | 'mine'>): number {
  return differencesOf(base.value, mine.value).length;
}

/** What changes, in sentences. */
export function wordsOfDifferences(differences: readonly Difference[], team: Team): string[] {
  return sentencesOf(differences).map(({ kind, userIds }) => {
    if (userIds.length > 0) return t(`roles.told-${kind}`, { names: listOf(userIds, team.users) });
    const difference = differences.find(({ of }) => of === kind)!;
    return t(`roles.told-${kind}`, { to: wordsOfChoice(difference, 'to', team) });
  });
}

/** What one side of a difference is. */
export function wordsOfChoice(difference: Difference, side: 'from' | 'to', team: Team): string {
  switch (difference.of) {
    case 'mode':
      return t(`roles.mode-${difference[side]}`);
    case 'place':
      return wordsOfPlace(difference[side], team);
    case 'schedule':
      return difference[side] ?? t('roles.no-schedule');
    case 'waiting':
      return ruleWords(difference[side]);
    case 'role':
      return wordsOfRole(difference[side]);
    default:
      return difference satisfies never;
  }
}

/** What a difference is about. */
export function subjectOf(difference: Difference, team: Team): string {
  if (difference.of === 'role') return listOf([difference.userId], team.users);
  return t(SUBJECTS[difference.of]);
}

/** The names of people, of which the first are told and the others counted. */
export function listOf(userIds: readonly string[], users: readonly Named[]): string {
  const names = new Map(users.map(({ id, name }) => [id, name]));
  // Of two people and one who is only counted, the one has the shorter name.
  const shown = userIds.length === NAMED + 1 ? userIds : userIds.slice(0, NAMED);
  const told = shown.map((userId) => names.get(userId) ?? userId);
  const others = userIds.length - shown.length;
  const list = formatterOf('list', (language) => new Intl.ListFormat(language));
  return list.format(others > 0 ? [...told, t('roles.others', { count: others })] : told);
}

function wordsOfRole(role: RoleOfUser | undefined): string {
  const name = t(`roles.role-${role?.role ?? 'none'}`);
  return role?.receives ? t('roles.role-receiving', { role: name }) : name;
}

function wordsOfPlace({ pipelineId, stageId }: Place, { pipelines }: Team): string {
  if (pipelineId === undefined) return t('roles.place-none');
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  const stage = pipeline?.stages?.find(({ id }) => id === stageId);
  return [pipeline?.name ?? pipelineId, ...(stageId === undefined ? [] : [stage?.name ?? stageId])].join(' · ');
}

/** The choices with the same change for each of these users. */
export function forAll(
  chosen: Chosen,
  users: readonly Named[],
  change: (chosen: Chosen, userId: string) => Chosen,
): Chosen {
  return users.reduce((before, { id }) => change(before, id), chosen);
}
