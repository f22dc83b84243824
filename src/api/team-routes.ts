import * as z from 'zod/mini';
import { moment } from '#api/delivery-routes';
import type { DescribedRoutes } from '#api/described-route';
import { count, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import { DUTIES, type Duty } from '#domain/duty';
import { isSeen } from '#domain/profile';
import { SPEAKERS, STATUSES, type StatusNow } from '#domain/team';
import type { NoFields } from '#no-fields';

/** Whether a user receives clients. */
export const status = z.enum(STATUSES);

/** By whom or what a status is in force. */
export const statusBy = z.enum([...SPEAKERS, 'schedule']);

/** What becomes of new clients at a user who is on. */
export const duty = z.enum(DUTIES);

/**
 * A user of the team: their status in force, their schedule, what they do in the channels, and those in which they have a
 * role. `returnable` is told to a user who is away.
 */
export const member = z.object({
  userId: text,
  name: text,
  status,
  until: z.exactOptional(time),
  by: z.exactOptional(statusBy),
  reason: z.exactOptional(text),
  schedule: z.exactOptional(text),
  duty,
  channels: z.array(text),
  returnable: z.exactOptional(count),
});

/** The users that the caller may know of, by name. */
export const team = z.object({ users: z.array(member) });

/** So long may a reason be: those of a thousand users fit into one item. */
const MOST_REASON = 60;

/**
 * The body of `PUT /v1/users/{userId}/status`. Without `until` "away" lasts to the next shift, "on" to the end of one.
 * `return` gives waiting new clients back at once; only who goes away may.
 */
export const newStatus = z.object({
  status,
  until: z.optional(moment),
  reason: z.optional(z.string().check(z.minLength(1), z.maxLength(MOST_REASON), z.refine(isSeen))),
  return: z.optional(z.boolean()),
});

/** The body of `PUT /v1/users/{userId}/schedule`. Null: none. */
export const newSchedule = z.object({ schedule: z.nullable(z.string().check(z.maxLength(100))) });

/** A user as the team shows them. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly status: StatusNow;
  readonly schedule: string | undefined;
  readonly duty: Duty;
  readonly channels: readonly string[];
  /** How many of their new clients would go to others if they gave them back now. */
  readonly returnable?: number | undefined;
}

/** A user of the team as they are now. */
export function presentMember({
  userId,
  name,
  status: now,
  schedule,
  duty: does,
  channels,
  returnable,
  ...rest
}: Member): z.infer<typeof member> {
  rest satisfies NoFields;
  const { status: inForce, until, by, reason, ...more } = now;
  more satisfies NoFields;
  return {
    userId,
    name,
    status: inForce,
    ...(until !== undefined && { until: presentTime(until) }),
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
    ...(schedule !== undefined && { schedule }),
    duty: does,
    channels: [...channels],
    ...(returnable !== undefined && { returnable }),
  };
}

/** The routes of the team: who is on, and by which hours. */
export const describedTeamRoutes = {
  'GET /v1/users': {
    operationId: 'listTeam',
    tag: 'Users',
    summary: 'Who is on, why, and until when',
    description:
      'The CRM sees all users, a head those who have a role in their channels, any other user themselves. A status is a word of the user, a head, the CRM or Konvert, until it ends; else what the user’s schedule says; else `on`. It never depends on a browser. `duty` says whether it matters: who only `watches` receives nobody, whatever their status.',
    answer: team,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
  },
  'PUT /v1/users/{userId}/status': {
    operationId: 'setUserStatus',
    tag: 'Users',
    summary: 'Say that a user is on or away',
    description:
      'The user, a head of one of their channels, or the CRM says it. Who is away gets no new clients and no returned ones, and keeps, sees and answers their own. Without `until`, `away` lasts to the next begin of the user’s shift, `on` to the next end of one; without a schedule it lasts until another word. With `return: true` the user’s new clients who wait for a first answer go to the next user in 30 s, unless somebody replies before.',
    body: newStatus,
    answer: member,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'USER_NOT_FOUND'],
  },
  'PUT /v1/users/{userId}/schedule': {
    operationId: 'setUserSchedule',
    tag: 'Users',
    summary: 'Give a user one of the schedules of the account, or none',
    description:
      'A head of one of the user’s channels, or the CRM gives it; not the user. While the schedule is closed the user is away, unless somebody says otherwise.',
    body: newSchedule,
    answer: member,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'USER_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
