import * as z from 'zod/mini';
import { CHAT_TYPES } from '#domain/message';

/** A text. Only the size of the whole body limits it. */
export const text = z.string();

/** Nothing is left to say. */
export const done = z.object({});

/** A text that may be left out. */
export const optionalText = z.optional(text);

/** An absolute address. */
export const address = z.string();

/** The messenger of a chat, in the words of the compatible API. */
export const chatType = z.enum(CHAT_TYPES);

/** The messenger of a chat as answers tell it: one of the same words. */
export const toldChatType = z.string();

/** A number of things. */
export const count = z.int();

/** A time: ISO 8601 in UTC with milliseconds. */
export const time = z.string();

/**
 * An id of 1 to 256 characters; an integer is taken as its decimal text. A number that JSON can only round is refused:
 * it would name another chat or user.
 */
export const id = z.pipe(
  z.union([z.string().check(z.minLength(1), z.maxLength(256)), z.int()]),
  z.transform((value) => String(value)),
);

/** The number of entries that a page may have: 1 to 100, in digits, as a query holds it. */
export const pageSize = z.pipe(
  z.string().check(z.regex(/^\d{1,3}$/)),
  z.pipe(
    z.transform((value: string) => Number(value)),
    z.number().check(z.minimum(1), z.maximum(100)),
  ),
);
