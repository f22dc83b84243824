import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { PeopleModel } from '../../settings-models/people.ts';
import { answerOf, bodyOf } from '../api.ts';

/** The users of the account. */
export function createPeople(api: KonvertClient): PeopleModel {
  return {
    async linkOf(userId) {
      return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { userId } }))).url;
    },
  };
}
