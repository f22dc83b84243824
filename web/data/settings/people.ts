import type { KonvertClient } from '../../../clients/typescript/index.ts';
import { randomId } from '../../core/random-id.ts';
import type { PeopleModel, Person } from '../../settings-models/people.ts';
import { t } from '../../words/words.ts';
import { answerOf, bodyOf } from '../api.ts';
import { loading } from './loading.ts';
import { bodyOr } from './refusal.ts';

const REFUSALS = { USER_LIMIT_EXCEEDED: 'people.too-many', INVALID_USERS_DATA: 'people.refused' } as const;

/** The users of the account. */
export function createPeople(api: KonvertClient): PeopleModel {
  const users = loading(() => answerOf(api.GET('/v3/users')));
  /** Somebody whose id was made here, and of whom no answer said whether they are there. */
  let unclear: Person | undefined;
  const push = async (user: Person & { phone?: string }) => {
    const answer = await answerOf(api.POST('/v3/users', { body: [user] }));
    // Of a lost answer nobody knows whether it was done.
    if (answer.kind !== 'refused') await users.reload();
    bodyOr(answer, REFUSALS);
  };
  return {
    users,
    async add(name, id) {
      // A push takes the place of the user who has that id.
      const { 0: known } = bodyOf(await answerOf(api.GET('/v3/users'))).filter((user) => user.id === id);
      if (known) throw new Error(t('people.id-taken', { name: known.name }));
      const isAgain = id === '' && unclear?.name === name;
      const person = isAgain && unclear ? unclear : { id: id || randomId(), name };
      unclear = id === '' ? person : undefined;
      await push(person);
      unclear = undefined;
    },
    async rename(id, name) {
      const { phone } = bodyOf(await answerOf(api.GET('/v3/users/{id}', { params: { path: { id } } })));
      await push({ id, name, ...(phone !== null && { phone }) });
    },
    async remove(id) {
      const answer = await answerOf(api.DELETE('/v3/users/{id}', { params: { path: { id } } }));
      // Somebody else has done the same.
      if (!(answer.kind === 'refused' && answer.code === 'USER_NOT_FOUND')) bodyOf(answer);
      await users.reload();
    },
    async linkOf(userId) {
      return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { userId } }))).url;
    },
    async refresh() {
      const [listed, pipelines] = await Promise.all([
        answerOf(api.GET('/v3/users')),
        answerOf(api.GET('/v3/pipelines')),
      ]);
      const all = bodyOf(listed);
      users.put(all);
      return { users: all.length, pipelines: bodyOf(pipelines).length, at: Date.now() };
    },
  };
}
