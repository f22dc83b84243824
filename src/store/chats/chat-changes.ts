import type { ChatRow } from '#store/chats/chat-row';
import { isChat, readRow } from '#store/chats/chat-row';
import { plainItem } from '#store/dynamo/marshalled';
import type { StreamEvent } from '#store/dynamo/stream';

/** A chat as a change found it, if it was there, and as the change left it. */
export interface ChatChange {
  readonly before?: ChatRow;
  readonly after: ChatRow;
}

/** The changes of chats in the records of their stream. A chat that only became somebody else's is among them. */
export function changesOf({ Records }: StreamEvent): ChatChange[] {
  return Records.flatMap(({ dynamodb: { OldImage, NewImage } = {} }) => {
    const [before, after] = [readImage(OldImage), readImage(NewImage)];
    return after ? [{ ...(before && { before }), after }] : [];
  });
}

/** Stubs and rows of further viewers are no chats. */
function readImage(image: Readonly<Record<string, unknown>> | undefined): ChatRow | undefined {
  const item = image && plainItem(image);
  if (item?.s !== '-') return undefined;
  const row = readRow(item);
  return isChat(row) ? row : undefined;
}
