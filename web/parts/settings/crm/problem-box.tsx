import type { JSX } from 'preact';
import { Icon } from '../../../kit/icon.tsx';
import type { Problem } from '../kit/guide-step.ts';

/** A refusal that is about no field. */
export function ProblemBox({ problem: { words, said } }: { problem: Problem }): JSX.Element {
  return (
    <div class="channel-problem" role="alert">
      <Icon name="alert" />
      <div>
        <p>{words}</p>
        {said && <p>{said}</p>}
      </div>
    </div>
  );
}
