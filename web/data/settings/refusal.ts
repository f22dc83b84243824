import { type Key, t } from '../../words/words.ts';
import { type Answer, wordsOf } from '../api.ts';

/** The body of an answer. Throws our words for a code that has some, else the server's. */
export function bodyOr<Body>(answer: Answer<Body>, words: Readonly<Record<string, Key>>): Body {
  if (answer.kind === 'ok') return answer.body;
  const own = answer.kind === 'refused' ? words[answer.code] : undefined;
  throw new Error(own ? t(own) : wordsOf(answer));
}
