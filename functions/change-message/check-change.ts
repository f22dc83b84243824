import type { Outbound } from '#channels/outbound';
import type { ErrorCode } from '#http/error-codes';
import { RequestError } from '#http/errors';
import { notFound, type SentMessage } from './find-sent.ts';
import type { Change } from './read-change.ts';

const HOUR_MS = 3_600_000;

/** What edits the message. Throws a `RequestError` if nothing can. */
export function checkEdit(message: SentMessage, { contentUri }: Change, now: number): NonNullable<Outbound['edit']> {
  const { messenger, reply, deletedAt } = message;
  const { outbound } = messenger;
  if (!outbound.edit) throw cannot(message, 'CHANNEL_INVALID_TRANSPORT_FOR_EDITING', 'edit messages');
  if (contentUri && !outbound.editsFiles) {
    throw cannot(message, 'CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING', 'replace files');
  }
  if (!contentUri && message.isFile) {
    throw new RequestError(400, 'MESSAGES_ONLY_TEXT_OR_CONTENT', 'The message is a file and has no text', {
      fields: ['text'],
    });
  }
  if (reply.sends?.buttons) {
    throw new RequestError(400, 'MESSAGES_CONTAIN_BUTTONS', 'A message with buttons cannot be edited');
  }
  if (deletedAt !== undefined) throw notFound('The message was deleted');
  checkAge(message, outbound.editHours, now, 'MESSAGES_EDITING_TIME_EXPIRED');
  return outbound.edit.bind(outbound);
}

/** What deletes the message. Throws a `RequestError` if nothing can. */
export function checkDeletion(message: SentMessage, now: number): NonNullable<Outbound['remove']> {
  const { outbound } = message.messenger;
  if (!outbound.remove) throw cannot(message, 'CHANNEL_INVALID_TRANSPORT_FOR_DELETION', 'delete messages');
  if (message.deletedAt === undefined) {
    checkAge(message, outbound.removeHours, now, 'MESSAGES_DELETION_TIME_EXPIRED');
  }
  return outbound.remove.bind(outbound);
}

/** The messenger's own clock has the last word, so that only what is surely too old is refused here. */
function checkAge({ sentAt }: SentMessage, hours: number | undefined, now: number, code: ErrorCode): void {
  if (hours === undefined || now - sentAt <= hours * HOUR_MS) return;
  throw new RequestError(400, code, `The messenger changes a message for ${hours} hours only`);
}

function cannot({ channel: { channelId, transport } }: SentMessage, code: ErrorCode, what: string): RequestError {
  return new RequestError(400, code, `The transport ${transport} cannot ${what}`, { channelId, transport });
}
