import type { KonvertClient } from '../../clients/typescript/index.ts';
import type { Duty, Speaker, Status, StatusNow } from '../settings-models/team.ts';
import { type Answer, answerOf, bodyOf, mapped } from './api.ts';

/** A status as the API has it. */
interface Told {
  readonly status: Status;
  readonly until?: string;
  readonly by?: Speaker;
  readonly reason?: string;
  readonly duty: Duty;
  readonly returnable?: number;
}

/** The status of a user, and what only a head is told: the names of colleagues whom Konvert has set away (T11). */
export interface KnownStatus {
  readonly own: StatusNow | undefined;
  readonly setAway: readonly string[];
}

/** The status of a user, whom everybody may ask for themselves. */
export async function readStatus(api: KonvertClient, userId: string): Promise<Answer<KnownStatus>> {
  const answer = await answerOf(api.GET('/v1/users'));
  return mapped(answer, ({ users }) => {
    const own = users.find((user) => user.userId === userId);
    const setAway = users.filter((user) => user !== own && user.by === 'konvert');
    return { own: own && statusNow(own), setAway: setAway.map(({ name }) => name) };
  });
}

/** Says the status of a user. Throws the words of a refusal. */
export async function sayStatus(
  api: KonvertClient,
  userId: string,
  status: Status,
  until?: number,
  givesBack?: boolean,
): Promise<StatusNow> {
  const body = {
    status,
    ...(until !== undefined && { until: new Date(until).toISOString() }),
    ...(givesBack && { return: true }),
  };
  const params = { path: { userId } };
  return statusNow(bodyOf(await answerOf(api.PUT('/v1/users/{userId}/status', { params, body }))));
}

/** A status of the API with its end as a time (epoch ms). */
export function statusNow({ status, until, by, reason, duty, returnable }: Told): StatusNow {
  return {
    status,
    ...(until && { until: Date.parse(until) }),
    ...(by && { by }),
    ...(reason && { reason }),
    duty,
    ...(returnable !== undefined && { returnable }),
  };
}
