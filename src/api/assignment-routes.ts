import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, optionalText, text, time, toldChatType } from '#api/fields';
import { presentTime } from '#api/present-time';
import { ASSIGNMENT_RULES } from '#domain/assignment';
import type { PassedOver } from '#domain/rotation';
import type { NoFields } from '#no-fields';
import type { Assignment } from '#store/clients/assignments';

const named = z.optional(z.string().check(z.maxLength(256)));

/**
 * A page of records, after `cursor`, which is the `nextCursor` of the page before: all, or those of one channel, user or
 * rule, or of several of these at once. With `chatType` and `chatId`, those of the client of that chat.
 */
export const assignmentListQuery = z.object({
  channelId: named,
  chatType: named,
  chatId: named,
  userId: named,
  rule: z.optional(z.enum(ASSIGNMENT_RULES)),
  cursor: optionalText,
});

/** A user who got no turn, and why. */
export const passedOver = z.object({ userId: text, reason: text });

/**
 * The record of why a user became responsible for a client (D9), who is called `name` by now. `place` is the user's place in the rotation, from 1,
 * or null without a turn; of a return, the place in the order of returns. `passedOver` are the users who got no turn, with
 * the reason. Of a return, `from` is the user who did not answer, and `waitedMinutes` for how long; `userId` is null if the
 * client fell into the pool.
 */
export const assignment = z.object({
  assignmentId: text,
  at: time,
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  name: text,
  contactId: z.nullable(text),
  userId: z.nullable(text),
  rule: z.enum(ASSIGNMENT_RULES),
  place: z.nullable(count),
  passedOver: z.array(passedOver),
  from: z.exactOptional(text),
  waitedMinutes: z.exactOptional(count),
});

/**
 * A page of at most 50 records, the newest first. A page may be empty and still have a `nextCursor` to go on with; the
 * last page has none.
 */
export const assignmentList = z.object({ assignments: z.array(assignment), nextCursor: optionalText });

type AssignmentAnswer = z.infer<typeof assignment>;

/** The record of an assignment. `called` is what the client is called. */
export function presentAssignment(record: Assignment, called: string): AssignmentAnswer {
  const { assignmentId, at, channelId, chatType, chatId, contactId, userId, rule, place, passedOver, ...more } = record;
  const { from, waitedMinutes, known: _known, ...rest } = more;
  rest satisfies NoFields;
  return {
    assignmentId,
    channelId,
    chatType,
    chatId,
    name: called,
    contactId,
    userId,
    rule,
    place,
    passedOver: passedOver.map(presentPassedOver),
    ...(from !== undefined && { from }),
    ...(waitedMinutes !== undefined && { waitedMinutes }),
    at: presentTime(at),
  };
}

function presentPassedOver({ userId, reason, ...rest }: PassedOver): AssignmentAnswer['passedOver'][number] {
  rest satisfies NoFields;
  return { userId, reason };
}

/** The route of the records of assignments. */
export const describedAssignmentRoutes = {
  'GET /v1/assignments': {
    operationId: 'listAssignments',
    tag: 'Assignments',
    summary: 'Why users became responsible for clients, the newest first; for a user, of a chat that they see',
    description:
      'Without a chat the log of the account, for the CRM only. `channelId`, `userId` (who became responsible) and `rule` narrow it. With `channelId`, `chatType` and `chatId` those of one client, at most 50, also for users who see the chat.',
    query: assignmentListQuery,
    answer: assignmentList,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'CHANNEL_NOT_FOUND', 'CHAT_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
