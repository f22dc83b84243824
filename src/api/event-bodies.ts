import * as z from 'zod/mini';
import { passedOver } from '#api/assignment-routes';
import { count, optionalText, text, time, toldChatType } from '#api/fields';
import { message, messageContact } from '#api/history-routes';
import { ASSIGNMENT_RULES } from '#domain/assignment';

/**
 * The codes with which a message fails, as the compatible API names them. Its list may be incomplete, so receivers take
 * others too.
 */
export const MESSAGE_ERRORS = [
  'BAD_CONTACT',
  'CHATID_IGSID_MISMATCH',
  'TOO_LONG_TEXT',
  'BAD_LINK',
  'TOO_BIG_CONTENT',
  'SPAM',
  'TOO_MANY_EXT_REQS',
  'WRONG_CONTENT',
  'MESSAGE_CANCELLED',
  '24_HOURS_EXCEEDED',
  '7_DAYS_EXCEEDED',
  'COMMENT_DELETED',
  'MENTION_FORBIDDEN',
  'CONTENT_CONVERSION_ERROR',
  'MESSAGE_DELETED',
  'CHANNEL_REJECTED',
  'COMMENT_ALREADY_PRIVATE_REPLIED',
  'COMMENT_INVALID_FOR_PRIVATE_REPLY',
  'COMMENT_CAN_BE_TEXT_ONLY',
  'CANNOT_REPLY_TO_DELETED',
  'GENERAL_ERROR',
  'UNKNOWN_ERROR',
] as const;

/** Why a message failed. */
export const messageError = z.object({ error: z.enum(MESSAGE_ERRORS), description: text });

const OWN_AFFAIRS = {
  reactions: true,
  noReplyNeeded: true,
  stillOwed: true,
  crmMessageId: true,
  deliveryId: true,
} as const;

/** A message as receivers get it: the fields of a history's line, except those of the team's own affairs. */
export const eventMessage = z.extend(z.omit(message, OWN_AFFAIRS), {
  contact: messageContact,
  error: z.optional(messageError),
});

/** What became of a message. `text` are the words after an edit, and only in Konvert. */
export const eventStatus = z.object({
  messageId: text,
  timestamp: time,
  status: z.enum(['sent', 'delivered', 'read', 'error', 'edited']),
  error: z.optional(messageError),
  text: optionalText,
});

/** The state of a channel, and its tier if the messenger has such. `timestamp` is in milliseconds. */
export const channelUpdate = z.object({ channelId: text, state: text, tier: optionalText, timestamp: z.int() });

/** What a messenger decided about a template. */
export const templateStatus = z.object({ templateGuid: text, name: text, status: text });

/**
 * Why a user became responsible for a client: the fields of `GET /v1/assignments` without the client's name. Without
 * `userId` nobody is, and the client is in the pool. Of a return, `from` is the user who did not answer.
 */
export const assignmentEvent = z.object({
  assignmentId: text,
  at: time,
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  contactId: optionalText,
  userId: optionalText,
  rule: z.enum(ASSIGNMENT_RULES),
  place: z.optional(count),
  passedOver: z.array(passedOver),
  from: optionalText,
  waitedMinutes: z.optional(count),
});

/** A client who has waited since then, so long that heads are told. Without `responsibleUserId` they are in the pool. */
export const waitingEvent = z.object({
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  since: time,
  responsibleUserId: optionalText,
});

/** The body of a call with messages and statuses. At least one of the arrays is there. */
export const messagesBody = z.object({
  messages: z.optional(z.array(eventMessage)),
  statuses: z.optional(z.array(eventStatus)),
});

/** The body of a call with states of channels. */
export const channelsBody = z.object({ channelsUpdates: z.array(channelUpdate) });

/** The body of a call with the status of a template. */
export const templateBody = z.object({ templateStatus });

/** The body of a call with assignments. */
export const assignmentsBody = z.object({ assignments: z.array(assignmentEvent) });

/** The body of a call with clients who wait too long. */
export const waitingBody = z.object({ waiting: z.array(waitingEvent) });

/** What is told of anything but messages, each in calls of its own. */
const besideMessages = z.object({
  ...channelsBody.shape,
  ...templateBody.shape,
  ...assignmentsBody.shape,
  ...waitingBody.shape,
});

/** The body of a call with messages and statuses, or with one of what is told beside them. */
export const eventBody = z.extend(messagesBody, z.partial(besideMessages).shape);

/** Whether a message caused the creation, or a user asked for it. */
export const creationSource = z.enum(['auto', 'byUser']);

/** An address of a contact that is asked for, as far as it is known. */
export const knownAddress = z.object({
  chatType: toldChatType,
  chatId: optionalText,
  username: optionalText,
  phone: optionalText,
});

/** A contact that is asked for. */
export const contactToMake = z.object({
  responsibleUserId: text,
  name: text,
  contactData: z.array(knownAddress),
  source: creationSource,
});

/** A deal that is asked for. `contacts` are ids. */
export const dealToMake = z.object({
  responsibleUserId: text,
  contacts: z.array(text),
  pipelineId: optionalText,
  stageId: optionalText,
  source: creationSource,
});

/** The body of a call that asks for a contact. The answer has to be the contact that was made. */
export const createContactBody = z.object({ createContact: contactToMake });

/** The body of a call that asks for a deal. The answer has to be the deal that was made. */
export const createDealBody = z.object({ createDeal: dealToMake });
