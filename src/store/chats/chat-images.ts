import * as z from 'zod/mini';
import type { ChatImage } from '#domain/doorbell';
import { chatOfKey } from '#domain/message';
import type { ChatRow } from '#store/chats/chat-row';
import { plainItem } from '#store/dynamo/marshalled';
import type { StreamEvent } from '#store/dynamo/stream';

const imageSchema = z.object({
  c: z.string(),
  s: z.literal('-'),
  account: z.string(),
  ver: z.number(),
  viewers: z.array(z.string()),
  chat: z.looseObject({}),
  ids: z.optional(z.array(z.array(z.unknown()))),
});

/** The chat as it is now. */
export function imageOf({ key, account, version, viewers, ids = [], ...row }: ChatRow): ChatImage {
  const { channelId, chatType, chatId } = row;
  return {
    key,
    channelId,
    chatType,
    chatId,
    account,
    version,
    viewers,
    otherIds: ids.filter(({ gone }) => !gone).map((id) => id.chatId),
  };
}

/**
 * The images of chats in the records of their stream, the old and the new. Stubs are no chats, and nobody sees them. What
 * was removed has one image more, with a version that no page has.
 */
export function imagesOf({ Records }: StreamEvent): ChatImage[] {
  return Records.flatMap(({ dynamodb: { OldImage, NewImage } = {} }) => {
    const [old = [], now = []] = [OldImage, NewImage].map((image) => (image ? readImage(image) : []));
    return NewImage ? [...old, ...now] : old.map((image) => ({ ...image, version: image.version + 1, isGone: true }));
  });
}

function readImage(image: Readonly<Record<string, unknown>>): ChatImage[] {
  const read = imageSchema.safeParse(plainItem(image));
  if (!read.success) return [];
  const { c, account, ver, viewers, ids = [] } = read.data;
  // What is somebody else's by now is marked by a 2.
  const otherIds = ids.filter(([, , state]) => state !== 2).map(([id]) => String(id));
  return [{ ...chatOfKey(c), key: c, account, version: ver, viewers, otherIds }];
}
