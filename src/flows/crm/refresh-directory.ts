import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { Asked, Crm, Session } from '#crms/crm';
import type { CrmPipeline, CrmUser } from '#domain/crm';
import { createChangeSettings } from '#flows/change-settings';
import { createFollowSettings, FOLLOW_AT_ONCE } from '#flows/follow-settings';
import { createPipelines, type Pipeline } from '#store/directory/pipelines';
import { createUsers, MOST_USERS, type User } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { placeTask } from '#store/outbox/tasks';

/** What a refresh has changed. `shrank`: the CRM lists so few users that none was removed. */
export interface Refreshed {
  readonly users: { readonly added: number; readonly changed: number; readonly gone: number };
  readonly pipelines: number;
  readonly shrank: boolean;
}

export type RefreshDirectory = ReturnType<typeof createRefreshDirectory>;

/** Stored users are put in parts: all of one call are in one transaction. */
const AT_ONCE = 100;

/** Loads users and pipelines from the CRM in the place of those that are stored. */
export function createRefreshDirectory(deps: StoreDeps & { readonly bells: Bells<'tasks'> }) {
  const { bells } = deps;
  const users = createUsers(deps);
  const pipelines = createPipelines(deps);
  const changeSettings = createChangeSettings(deps);
  const followSettings = createFollowSettings(deps);

  /**
   * Users who are not active there are removed, and their roles follow (R2, R3). If that would be more than half of them,
   * none is: a user of the CRM without rights sees fewer (`USERS_SHRANK`). The `first` refresh removes all whom the CRM
   * does not have.
   */
  async function refresh(account: string, crm: Crm, session: Session, first: boolean): Promise<Asked<Refreshed>> {
    const found = await crm.users(session);
    if (found.kind !== 'ok') return found;
    const paths = await crm.pipelines(session);
    if (paths.kind !== 'ok') return paths;
    const stored = paths.value.map(pipelineOf);
    if ((await pipelines.replace(account, stored)) !== 'stored') {
      return refused('The pipelines of the CRM are too large together');
    }
    const told = await refreshUsers(account, found.value, first);
    if (!told) return refused(`The CRM has more than ${MOST_USERS} active users`);
    return { kind: 'ok', value: { ...told, pipelines: stored.length } };
  }

  /** Undefined if they are too many: then nobody is added, changed or removed. */
  async function refreshUsers(account: string, found: readonly CrmUser[], first: boolean) {
    const before = new Map((await users.list(account)).map((user) => [user.id, user]));
    const active = withOwnPhones(found.filter(({ isActive }) => isActive));
    const there = new Set(active.map(({ id }) => id));
    const missing = [...before.keys()].filter((id) => !there.has(id));
    const shrank = !first && missing.length * 2 > before.size;
    const gone = shrank ? [] : missing;
    const added = active.filter(({ id }) => !before.has(id));
    if (before.size - gone.length + added.length > MOST_USERS) return undefined;
    // Those who go make room first: phones are single, and so is the number of users.
    if (gone.length > 0) await users.remove(account, gone);
    const changed = active.filter((user) => {
      const known = before.get(user.id);
      return known && (known.name !== user.name || known.phone !== user.phone);
    });
    const put = [...changed, ...added];
    for (let at = 0; at < put.length; at += AT_ONCE) await putPart(account, put.slice(at, at + AT_ONCE));
    await follow(account, [...gone, ...put.map(({ id }) => id)]);
    return { users: { added: added.length, changed: changed.length, gone: gone.length }, shrank };
  }

  /** A phone whose former owner is stored with a later part comes with the next refresh. */
  async function putPart(account: string, part: readonly User[]): Promise<void> {
    const outcome = await users.put(account, part);
    if (outcome === 'stored' || outcome.refused !== 'phone-taken') return;
    const withoutPhone = ({ phone, ...user }: User): User =>
      phone === outcome.phone || phone === undefined ? user : { ...user, phone };
    await putPart(account, part.map(withoutPhone));
  }

  async function follow(account: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await eachAtOnce(await changeSettings.followUsers(account, ids), FOLLOW_AT_ONCE, async (channelId) => {
      await followSettings(channelId);
      await bells.ring('tasks', placeTask(channelId));
    });
  }

  return refresh;
}

function refused(description: string): Asked<never> {
  return { kind: 'refused', code: 'INVALID', description };
}

/** New deals begin in open stages only, so no others can be chosen. */
function pipelineOf({ id, name, stages }: CrmPipeline): Pipeline {
  const open = stages.filter(({ kind }) => kind === 'open').map((stage) => ({ id: stage.id, name: stage.name }));
  return { id, name, ...(open.length > 0 && { stages: open }) };
}

/** Konvert has a phone once, and CRMs may have the company's for everybody. */
function withOwnPhones(found: readonly CrmUser[]): User[] {
  const times = new Map<string, number>();
  for (const { phone } of found) if (phone !== undefined) times.set(phone, (times.get(phone) ?? 0) + 1);
  return found.map(({ id, name, phone }) => ({
    id,
    name,
    ...(phone !== undefined && times.get(phone) === 1 && { phone }),
  }));
}
