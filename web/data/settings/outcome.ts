import type { ChannelRefusal, Outcome } from '../../settings-models/channels.ts';
import { type Answer, wordsOf } from '../api.ts';

/** What became of a change, by its answer. */
export function outcomeOf<T>(answer: Answer<T>): Outcome<T> {
  if (answer.kind === 'ok') return { kind: 'done', value: answer.body };
  return { kind: 'refused', refusal: answer.kind === 'lost' ? LOST(wordsOf(answer)) : refusalOf(answer) };
}

const LOST = (description: string): ChannelRefusal => ({ code: 'LOST', description, fields: [] });

function refusalOf({ code, description, data }: Extract<Answer<never>, { kind: 'refused' }>): ChannelRefusal {
  const { fields, webhookHost } = (typeof data === 'object' && data ? data : {}) as {
    fields?: readonly string[];
    webhookHost?: string;
  };
  return { code, description, fields: fields ?? [], webhookHost };
}
