import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { Icon } from '../../../kit/icon.tsx';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import type { Problem } from '../kit/guide-step.ts';
import { Marked } from '../kit/marked.tsx';

/** A refusal that is about no field, and what can be done at once. */
export function ProblemBox({ problem, onTakeOver }: { problem: Problem; onTakeOver?: () => void }): JSX.Element {
  const { words, said, remedy } = problem;
  return (
    <div class="channel-problem" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <Marked text={words} />
        </p>
        {said && <p>{said}</p>}
        {remedy === 'take-over' && onTakeOver && <Button onClick={onTakeOver}>{t('channels.take-over-sure')}</Button>}
        {remedy === 'look' && <a href={addressOf('channels')}>{t('channels.look')}</a>}
      </div>
    </div>
  );
}
