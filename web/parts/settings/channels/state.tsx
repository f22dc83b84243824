import type { JSX } from 'preact';
import { messengerName } from '../../../kit/mark.tsx';
import type { Channel } from '../../../settings-models/channels.ts';
import { fullTime } from '../../../words/times.ts';
import { type Key, t } from '../../../words/words.ts';
import { Marked } from '../kit/marked.tsx';
import type { Guide } from './messengers/guide.ts';
import { markOf } from './messengers/guides.ts';
import { WithGuide } from './messengers/with-guide.tsx';

/** What a state is called, and whether messages come and go in it. */
const STATES: Readonly<Record<Channel['state'], { readonly words: Key; readonly look: 'good' | 'off' | 'late' }>> = {
  active: { words: 'channels.active', look: 'good' },
  disabled: { words: 'channels.disabled', look: 'off' },
  unauthorized: { words: 'channels.unauthorized', look: 'late' },
  blocked: { words: 'channels.blocked', look: 'late' },
  openelsewhere: { words: 'channels.openelsewhere', look: 'late' },
  phoneUnavailable: { words: 'channels.phoneUnavailable', look: 'late' },
  init: { words: 'channels.init', look: 'late' },
  qridle: { words: 'channels.qridle', look: 'late' },
};

/** A channel that its messenger does not call, though it was registered again. */
const DEAF = { words: 'channels.deaf', look: 'late' } as const;

type Of = Pick<Channel, 'state' | 'transport' | 'deaf'>;

/** The state of a channel in words. The colour says it once more. */
export function State({ of: { state, transport, deaf } }: { of: Of }): JSX.Element {
  const { words, look } = state === 'active' && deaf ? DEAF : STATES[state];
  return <span class={`channel-state channel-state-${look}`}>{t(words, { messenger: nameOf(transport) })}</span>;
}

/** What the state means and what to do about it. Nothing for a channel that works. */
export function StateNote({ of: { state, transport, deaf } }: { of: Of }): JSX.Element | null {
  if (state === 'blocked' || state === 'phoneUnavailable') {
    return (
      <WithGuide transport={transport}>{(guide) => <Note text={noteOf(state, guide, nameOf(transport))} />}</WithGuide>
    );
  }
  if (state === 'active' && deaf) {
    const { since, why } = deaf;
    return (
      <Note text={t('channels.deaf-what', { messenger: nameOf(transport), since: fullTime(Date.parse(since)), why })} />
    );
  }
  return <Note text={noteOf(state, undefined, nameOf(transport))} />;
}

function Note({ text }: { text: string | undefined }): JSX.Element | null {
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
      return guide?.blocked && t(guide.blocked);
    case 'init':
      return t('channels.init-what');
    case 'qridle':
      return t('channels.qridle-what');
    case 'phoneUnavailable':
      return guide?.unavailable && t(guide.unavailable);
    default:
      return state satisfies never;
  }
}

/** The messenger's name as people know it. */
export function nameOf(transport: string): string {
  return messengerName(markOf(transport));
}
