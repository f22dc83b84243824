import type { JSX } from 'preact';
import { messengerName } from '../../../kit/mark.tsx';
import type { Channel } from '../../../settings-models/channels.ts';
import { type Key, t } from '../../../words/words.ts';
import { Marked } from './marked.tsx';
import type { Guide } from './messengers/guide.ts';
import { guideOf } from './messengers/guides.ts';

/** What a state is called, and whether messages come and go in it. */
const STATES: Readonly<Record<Channel['state'], { readonly words: Key; readonly look: 'good' | 'off' | 'late' }>> = {
  active: { words: 'channels.active', look: 'good' },
  disabled: { words: 'channels.disabled', look: 'off' },
  unauthorized: { words: 'channels.unauthorized', look: 'late' },
  blocked: { words: 'channels.blocked', look: 'late' },
  openelsewhere: { words: 'channels.openelsewhere', look: 'late' },
  phoneUnavailable: { words: 'channels.phoneUnavailable', look: 'late' },
};

type Of = Pick<Channel, 'state' | 'transport'>;

/** The state of a channel in words. The colour says it once more. */
export function State({ of: { state, transport } }: { of: Of }): JSX.Element {
  const { words, look } = STATES[state];
  return <span class={`channel-state channel-state-${look}`}>{t(words, { messenger: nameOf(transport) })}</span>;
}

/** What the state means and what to do about it. Nothing for a channel that works. */
export function StateNote({ of: { state, transport } }: { of: Of }): JSX.Element | null {
  const text = noteOf(state, guideOf(transport), nameOf(transport));
  return text === undefined ? null : (
    <p class="channel-note">
      <Marked text={text} />
    </p>
  );
}

function noteOf(state: Channel['state'], guide: Guide | undefined, messenger: string): string | undefined {
  switch (state) {
    case 'active':
      return undefined;
    case 'disabled':
      return t('channels.disabled-what');
    case 'unauthorized':
      return t('channels.unauthorized-what', { messenger });
    case 'openelsewhere':
      return t('channels.openelsewhere-what');
    case 'blocked':
      return guide && t(guide.blocked);
    case 'phoneUnavailable':
      return guide && t(guide.unavailable);
    default:
      return state satisfies never;
  }
}

/** The messenger's name as people know it. */
export function nameOf(transport: string): string {
  return messengerName(guideOf(transport)?.chatType ?? transport);
}
