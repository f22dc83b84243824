import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { Member, TeamModel } from '../../settings-models/team.ts';
import { answerOf, bodyOf, mapped } from '../api.ts';
import { sayStatus, statusNow } from '../status.ts';
import { loading } from './loading.ts';

/** Who receives clients. */
export function createTeam(api: KonvertClient): TeamModel {
  const members = loading(async () =>
    mapped(await answerOf(api.GET('/v1/users')), ({ users }) =>
      users
        .map((user): Member => {
          const { userId: id, name, schedule } = user;
          return { id, name, ...statusNow(user), ...(schedule !== undefined && { schedule }) };
        })
        .sort((one, other) => one.name.localeCompare(other.name)),
    ),
  );
  return {
    members,
    async setStatus(userId, ...said) {
      await sayStatus(api, userId, ...said);
      await members.reload();
    },
    async setSchedule(userId, schedule) {
      const params = { path: { userId } };
      bodyOf(await answerOf(api.PUT('/v1/users/{userId}/schedule', { params, body: { schedule: schedule ?? null } })));
      await members.reload();
    },
  };
}
