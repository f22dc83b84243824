import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { AnswerToEvents, ReceiverAnswer, ReceiverModel, SaveProblem } from '../../settings-models/running.ts';
import { type Answer, answerOf, bodyOf, mapped, type Refusal, wordsOf } from '../api.ts';
import { loading } from './loading.ts';

/** Where events go. */
export function createReceiver(api: KonvertClient): ReceiverModel {
  const receiver = loading(() => answerOf(api.GET('/v3/webhooks')));
  const answers = loading(async () =>
    mapped(await answerOf(api.GET('/v1/webhooks/answers')), (body): readonly AnswerToEvents[] => body.answers),
  );
  return {
    receiver,
    answers,
    async save({ webhooksUri, subscriptions, crmKey }) {
      const body = {
        subscriptions,
        ...(webhooksUri !== undefined && { webhooksUri }),
        ...(crmKey !== undefined && { crmKey }),
      };
      const answer = await answerOf(api.PATCH('/v3/webhooks', { body }));
      if (answer.kind === 'ok') await receiver.reload();
      return answer.kind === 'ok' ? undefined : problemOf(answer);
    },
    async test() {
      return bodyOf(await answerOf(api.POST('/v1/webhooks/test')));
    },
    newSecret: async () => bodyOf(await answerOf(api.POST('/v1/webhooks/secret'))),
  };
}

function problemOf(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): SaveProblem {
  const other: SaveProblem = { field: 'other', words: wordsOf(answer) };
  if (answer.kind === 'lost') return other;
  const { code, data } = answer satisfies Refusal;
  if (code === 'uriNotValid') return { field: 'uri' };
  if (code === 'testPostNotPassed') return { field: 'uri', end: data as Pick<ReceiverAnswer, 'status' | 'reason'> };
  const fields = (data as { fields?: readonly string[] } | undefined)?.fields ?? [];
  return fields.includes('crmKey') ? { field: 'key' } : other;
}
