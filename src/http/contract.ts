import * as z from 'zod/mini';

/** An id: a string, or a number that is taken as its decimal text; one that JSON could only round names somebody else. */
const id = z.pipe(
  z.union([z.string().check(z.minLength(1), z.maxLength(256)), z.int()]),
  z.transform((value) => String(value)),
);
const text = z.string();
const time = z.string();
const optionalText = z.optional(text);

/** What each route takes and answers. `GET /openapi.json` is made from it, and handlers read requests with it. */
export const newAccount = z.object({ name: z.string().check(z.minLength(1), z.maxLength(200)) });
export const newAccountAnswer = z.object({ accountId: text, keyId: text, apiKey: text });
export const newKeyAnswer = z.object({ keyId: text, apiKey: text });
export const keyId = z.object({ keyId: text });

export const newChannel = z.object({
  transport: z.string().check(z.maxLength(64)),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  plainId: z.optional(id),
  credentials: z.record(z.string(), z.unknown()),
  setWebhook: z.optional(z.boolean()),
  takeOver: z._default(z.boolean(), false),
});
export const newChannelAnswer = z.object({
  channelId: text,
  transport: text,
  name: text,
  state: text,
  webhookUrl: optionalText,
  polling: z.optional(z.literal(true)),
  secretToken: optionalText,
});
export const channelChange = z.object({
  name: z.optional(newChannel.shape.name),
  credentials: z.optional(newChannel.shape.credentials),
  enabled: z.optional(z.boolean()),
  takeOver: newChannel.shape.takeOver,
});
export const channelChangeAnswer = z.omit(newChannelAnswer, { secretToken: true });
export const channelId = z.object({ channelId: text });
export const channelList = z.array(
  z.object({
    channelId: text,
    transport: text,
    plainId: text,
    state: text,
    name: text,
    connections: z.optional(z.array(z.object({ connectionId: text, ownerId: text, state: text }))),
  }),
);

/** The chat types of the Wazzup API v3 ("Sending messages"); which of them a channel carries, its messenger knows. */
export const chatTypes = [
  'whatsapp',
  'whatsgroup',
  'viber',
  'instagram',
  'telegram',
  'telegroup',
  'vk',
  'avito',
  'max',
  'maxgroup',
] as const;

export const newMessage = z.object({
  channelId: z.string().check(z.maxLength(256)),
  chatType: z.enum(chatTypes),
  chatId: id,
  text: optionalText,
  contentUri: optionalText,
  refMessageId: z.optional(id),
  crmUserId: z.optional(id),
  crmMessageId: z.optional(id),
  clearUnanswered: z.optional(z.boolean()),
  seenUpTo: optionalText,
  templateId: z.optional(z.unknown()),
  buttonsObject: z.optional(z.unknown()),
});
export const newMessageAnswer = z.object({ messageId: text, chatId: text });

export const noReplyNeeded = z.object({
  noReplyNeeded: z.boolean(),
  seenUpTo: optionalText,
  reason: z.optional(z.string().check(z.maxLength(1000))),
});

export const newResponsible = z.object({ userId: id });

export const chat = z.object({
  channelId: text,
  chatType: text,
  chatId: text,
  name: text,
  contactId: z.nullable(text),
  responsibleUserId: z.nullable(text),
  unanswered: z.boolean(),
  unansweredSince: z.nullable(time),
  unansweredCount: z.number(),
  noReplyNeeded: z.nullable(z.object({ userId: z.nullable(text), at: time, reason: optionalText })),
  lastMessageAt: time,
  preview: text,
  seenUpTo: text,
});
export const chatList = z.object({ chats: z.array(chat), nextCursor: optionalText });

export const counter = z.object({
  counterV2: z.number(),
  type: z.nullable(z.enum(['red', 'grey'])),
  lastMsgDateTime: z.nullable(time),
});

const ours = <T extends z.ZodMiniType>(schema: T, what: string) => z.optional(schema.check(z.describe(what)));

/** The fields of a `messages` webhook of the compatible API; those with a description are ours. */
export const message = z.object({
  messageId: text,
  channelId: text,
  chatType: text,
  chatId: text,
  dateTime: time,
  type: text,
  kind: ours(
    z.string(),
    'What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word',
  ),
  isEcho: z.boolean(),
  contact: z.optional(z.object({ name: optionalText, username: optionalText })),
  text: optionalText,
  status: optionalText,
  error: z.optional(z.object({ error: text, description: text })),
  authorId: optionalText,
  authorName: optionalText,
  quotedMessage: z.optional(
    z.object({
      messageId: optionalText,
      type: optionalText,
      kind: optionalText,
      text: optionalText,
      authorName: optionalText,
    }),
  ),
  isEdited: z.optional(z.boolean()),
  isDeleted: z.optional(z.boolean()),
  oldInfo: z.optional(z.object({ oldText: text })),
  media: ours(
    z.object({
      name: optionalText,
      mimeType: optionalText,
      size: z.optional(z.number()),
      durationSeconds: z.optional(z.number()),
      emoji: optionalText,
    }),
    'The file, its size in bytes; a sticker has its emoji',
  ),
  location: ours(
    z.object({ latitude: z.number(), longitude: z.number(), title: optionalText, address: optionalText }),
    'The place, in degrees',
  ),
  vcards: ours(
    z.array(
      z.object({ name: optionalText, phone: optionalText, isSender: z.optional(z.boolean()), text: optionalText }),
    ),
    'Cards of people; isSender where the messenger vouches that it is the sender’s own; text is the vCard',
  ),
  poll: ours(z.object({ question: text, options: z.array(text) }), 'A question to choose answers to'),
  forwarded: ours(
    z.object({ from: optionalText, dateTime: z.optional(time) }),
    'Forwarded: who said it first, and when, as far as that is told',
  ),
  albumId: ours(z.string(), 'The same in all the messages that the messenger shows as one album'),
  referral: ours(z.string(), 'What the link carried by which the client came to the chat'),
  reactions: ours(z.array(text), 'The client’s reactions to the message'),
  noReplyNeeded: z.optional(
    z.object({ userId: z.nullable(text), reason: optionalText, withdrawnAt: z.nullable(time) }),
  ),
});
export const messageList = z.object({ messages: z.array(message), seenUpTo: text, before: optionalText });

const pageSize = z.pipe(
  z.string().check(z.regex(/^\d{1,3}$/)),
  z.pipe(
    z.transform((value: string) => Number(value)),
    z.number().check(z.minimum(1), z.maximum(100)),
  ),
);
export const chatListQuery = z.object({
  view: z.optional(z.enum(['all', 'unanswered'])),
  limit: z.optional(pageSize),
  cursor: optionalText,
});
export const messageListQuery = z.object({ limit: z.optional(pageSize), before: optionalText });

export const delivery = z.object({
  deliveryId: text,
  state: text,
  kind: text,
  target: text,
  attempts: z.number(),
  lastError: z.nullable(z.object({ code: text, description: text })),
  createdAt: time,
  nextAttemptAt: z.optional(time),
});
export const deliveryList = z.object({ deliveries: z.array(delivery), nextCursor: optionalText });
export const deliveryListQuery = z.object({
  state: z.optional(z.enum(['failed', 'pending'])),
  cursor: optionalText,
});

export const assignment = z.object({
  assignmentId: text,
  at: time,
  channelId: text,
  chatType: text,
  chatId: text,
  contactId: z.nullable(text),
  userId: text,
  rule: z.enum(['round-robin', 'first-reply', 'unsorted', 'waiting', 'handed-over']),
  place: z.nullable(z.number()),
  passedOver: z.array(z.object({ userId: text, reason: text })),
});
export const assignmentList = z.object({ assignments: z.array(assignment), nextCursor: optionalText });
export const assignmentListQuery = z.object({
  channelId: z.optional(z.string().check(z.maxLength(256))),
  cursor: optionalText,
});

export const errorAnswer = z.object({ error: text, description: text, data: z.optional(z.unknown()) });
