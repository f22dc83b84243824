import type * as z from 'zod/mini';
import { MOST_ENTITIES, MOST_USER_IDS, pageQuery, someId } from '#api/crm-fields';
import type { CrmRoutes } from '#api/crm-routes';
import { readEntities } from '#api/read-entities';
import { presentListedUser, presentUser, user } from '#api/user-routes';
import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { ChangeSettings } from '#flows/change-settings';
import { FOLLOW_AT_ONCE, type FollowSettings } from '#flows/follow-settings';
import { invalidRequest, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import type { User, Users, UsersRefused } from '#store/directory/users';
import { placeTask } from '#store/outbox/tasks';

export interface UsersDeps {
  readonly users: Pick<Users, 'get' | 'list' | 'put' | 'remove'>;
  readonly changeSettings: Pick<ChangeSettings, 'followUsers'>;
  readonly followSettings: FollowSettings;
  readonly bells: Bells<'tasks'>;
}

const kind = {
  schema: user,
  code: 'INVALID_USERS_DATA' as const,
  description: 'One or more of provided users identifiers are not valid.',
  most: MOST_ENTITIES,
};
const ids = { ...kind, schema: someId, most: MOST_USER_IDS };
const PAGE = 100;

/** The users of the CRM, as in the Wazzup API v3. Their roles follow before the CRM gets its 2xx (R2). */
export function userRoutes({ users, changeSettings, followSettings, bells }: UsersDeps): CrmRoutes {
  /** Brings roles and rotations up to date, and the places of chats in each channel that gained or lost a role. */
  async function follow(account: string, ids: readonly string[]): Promise<void> {
    await eachAtOnce(await changeSettings.followUsers(account, ids), FOLLOW_AT_ONCE, async (channelId) => {
      await followSettings(channelId);
      await bells.ring('tasks', placeTask(channelId));
    });
  }

  /**
   * Returns the ids that no user had. Their roles are looked at too, because an earlier deletion may have crashed
   * before that.
   */
  async function removeAll(account: string, wanted: readonly string[]): Promise<string[]> {
    const missing = await users.remove(account, wanted);
    await follow(account, wanted);
    return missing;
  }

  return {
    async 'GET /v3/users'({ query }, { account }) {
      // An older page of Wazzup's documentation has paging: such a client asks for further pages until one is empty.
      const { offset } = readValues(pageQuery, query, invalidRequest);
      const all = (await users.list(account)).map(presentListedUser);
      return { status: 200, body: offset === undefined ? all : all.slice(offset, offset + PAGE) };
    },

    async 'GET /v3/users/{id}'({ params: { id = '' } }, { account }) {
      const user = await users.get(account, id);
      if (!user) throw userNotFound();
      return { status: 200, body: presentUser(user) };
    },

    async 'POST /v3/users'({ body }, { account }) {
      const pushed = readEntities(kind, body, ({ id }) => id);
      // The Wazzup API v3 refuses an empty body, and an empty array counts as one.
      if (pushed.length === 0) throw new RequestError(400, kind.code, kind.description, []);
      const outcome = await users.put(account, pushed.map(toUser));
      if (outcome !== 'stored') throw refused(outcome);
      await follow(
        account,
        pushed.map(({ id }) => id),
      );
      return { status: 200, body: {} };
    },

    async 'DELETE /v3/users/{id}'({ params: { id = '' } }, { account }) {
      const missing = await removeAll(account, [id]);
      if (missing.length > 0) throw userNotFound();
      return { status: 200, body: {} };
    },

    async 'PATCH /v3/users/bulk_delete'({ body }, { account }) {
      return {
        status: 200,
        body: await removeAll(
          account,
          readEntities(ids, body, (id) => id),
        ),
      };
    },
  };
}

function toUser({ id, name, phone }: z.infer<typeof user>): User {
  return { id, name, ...(phone !== undefined && { phone }) };
}

function refused(outcome: UsersRefused): RequestError {
  switch (outcome.refused) {
    case 'too-many':
      return new RequestError(400, 'USER_LIMIT_EXCEEDED', 'User limit exceeded.', { limit: outcome.limit });
    case 'phone-taken': {
      const { phone } = outcome;
      const description = `User with phone number ${phone} already exists in the CRM.`;
      return new RequestError(400, 'DUPLICATE_PHONE_NUMBER', description, { phone }, 'message');
    }
    default:
      return outcome satisfies never;
  }
}

function userNotFound(): RequestError {
  return new RequestError(404, 'USER_NOT_FOUND', 'There is no such user');
}
