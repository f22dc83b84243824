import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Difference } from '../../../core/settings-diff.ts';
import { type Collision, merged, mergeOf } from '../../../core/settings-merge.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import type { ChannelDraft, Stored, Team } from '../../../settings-models/roles.ts';
import { t } from '../../../words/words.ts';
import { subjectOf, wordsOfChoice, wordsOfDifferences } from './words.ts';

type Side = 'theirs' | 'mine';

/** Somebody else has saved meanwhile: what they have changed beside what is changed here, and how to go on. */
export function OvertakenDialog({
  draft,
  theirs,
  team,
}: {
  draft: ChannelDraft;
  theirs: Stored;
  team: Team;
}): JSX.Element {
  const merge = useMemo(() => mergeOf(draft.base.value, theirs.chosen, draft.mine.value), [theirs]);
  const sides = useSignal<ReadonlyMap<string, Side>>(new Map());
  const isTried = useSignal(false);
  const undecided = merge.collisions.filter(({ thing }) => !sides.value.has(thing));
  const keep = () => {
    isTried.value = true;
    if (undecided.length > 0) return;
    const preferred = merge.collisions.map(({ thing }) => thing).filter((thing) => sides.value.get(thing) === 'mine');
    draft.goOn(theirs, merged(theirs.chosen, merge, new Set(preferred)));
  };
  return (
    <Dialog title={t('roles.overtaken')} onClose={() => draft.cancel()}>
      <p>{t('roles.overtaken-means')}</p>
      <Told title={t('roles.they-changed')} differences={merge.theirs} team={team} />
      <Told title={t('roles.you-changed')} differences={merge.mine} team={team} />
      {merge.collisions.map((collision) => (
        <Choose
          key={collision.thing}
          collision={collision}
          team={team}
          side={sides.value.get(collision.thing)}
          onChoose={(side) => {
            sides.value = new Map(sides.value).set(collision.thing, side);
          }}
        />
      ))}
      {isTried.value && undecided.length > 0 && (
        <p class="settings-problem" role="alert">
          {t('roles.choose-first')}
        </p>
      )}
      <div class="settings-buttons">
        <Button look="main" onClick={keep}>
          {t('roles.keep-mine')}
        </Button>
        <Button onClick={() => draft.goOn(theirs, theirs.chosen)}>{t('roles.take-theirs')}</Button>
      </div>
    </Dialog>
  );
}

function Told({
  title,
  differences,
  team,
}: {
  title: string;
  differences: readonly Difference[];
  team: Team;
}): JSX.Element {
  const words = wordsOfDifferences(differences, team);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="roles-told">
        {words.map((one) => (
          <li key={one}>{one}</li>
        ))}
        {words.length === 0 && <li>{t('roles.nothing')}</li>}
      </ul>
    </section>
  );
}

/** One thing that both have changed differently. */
function Choose({
  collision: { thing, theirs, mine },
  team,
  side,
  onChoose,
}: {
  collision: Collision;
  team: Team;
  side: Side | undefined;
  onChoose: (side: Side) => void;
}): JSX.Element {
  const sides = [
    ['theirs', theirs],
    ['mine', mine],
  ] as const;
  return (
    <fieldset class="roles-collision">
      <legend>{t('roles.collision', { what: subjectOf(mine, team) })}</legend>
      {sides.map(([name, difference]) => (
        <label key={name} class="roles-choice">
          <input type="radio" name={`of ${thing}`} checked={side === name} onChange={() => onChoose(name)} />
          <span>{t(`roles.side-${name}`, { what: wordsOfChoice(difference, 'to', team) })}</span>
        </label>
      ))}
    </fieldset>
  );
}
