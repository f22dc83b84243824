import type { FormFile } from '#calls/multipart';
import type { OutgoingFile } from '#channels/outbound';

const MB = 1024 * 1024;
/** "Up to 50 MB of other files": https://core.telegram.org/bots/api#sending-files */
export const MAX_UPLOAD_BYTES = 50 * MB;
/** "10 MB max size for photos", the same place. */
const MAX_PHOTO_BYTES = 10 * MB;
const MAX_PHOTO_LINK_BYTES = 5 * MB;
const MAX_LINK_BYTES = 20 * MB;
/** Longer voice messages are sent as files (reference, section 3.1). */
const MAX_VOICE_BYTES = MB;

/** "This will currently only work for GIF, PDF and ZIP files", the same place. */
const DOCUMENTS_BY_LINK = /^(?:image\/gif|application\/(?:pdf|zip|x-zip-compressed))$/;

/** A way to send a file: the method, the name of its parameter for the file, and the file itself or its address. */
export interface FileWay {
  readonly method: 'sendPhoto' | 'sendVideo' | 'sendAudio' | 'sendVoice' | 'sendDocument';
  readonly field: string;
  /** A text is an address. */
  readonly file: string | FormFile;
}

/**
 * The ways to send a file, the best first. The next one is for a refusal of the one before: by its address, as it is,
 * as a document.
 */
export function waysOf(file: OutgoingFile): FileWay[] {
  return waysAs(fieldFor(file), file);
}

/** The ways to put the file in the place of a message. A voice message takes no place. */
export function editWaysOf(file: OutgoingFile): FileWay[] {
  const field = fieldFor(file);
  return waysAs(field === 'voice' ? (isSong(file) ? 'audio' : 'document') : field, file);
}

function waysAs(field: Field, file: OutgoingFile): FileWay[] {
  const byLink = file.link !== undefined && mayGoByLink(file, field) ? [wayBy(field, file.link)] : [];
  const asDocument = field === 'document' ? [] : [uploadOf('document', file)];
  return [...byLink, uploadOf(field, file), ...asDocument];
}

type Field = 'photo' | 'video' | 'audio' | 'voice' | 'document';

/** What Telegram shows of each kind: https://core.telegram.org/bots/api#sendvideo and the methods around it. */
function fieldFor({ kind, mimeType, size }: OutgoingFile): Field {
  switch (kind) {
    case 'image':
      return size <= MAX_PHOTO_BYTES && /^image\/(?:jpeg|png|webp)$/.test(mimeType) ? 'photo' : 'document';
    case 'video':
      return mimeType === 'video/mp4' ? 'video' : 'document';
    case 'audio':
    case 'voice':
      if (size <= MAX_VOICE_BYTES && /^audio\/(?:ogg|opus|mpeg|mp3)$/.test(mimeType)) return 'voice';
      return isSong({ mimeType }) ? 'audio' : 'document';
    case 'document':
      return 'document';
    default:
      return kind satisfies never;
  }
}

function isSong({ mimeType }: Pick<OutgoingFile, 'mimeType'>): boolean {
  return /^audio\/(?:mpeg|mp3|mp4|m4a|x-m4a)$/.test(mimeType);
}

function mayGoByLink({ size, mimeType }: OutgoingFile, field: Field): boolean {
  if (field === 'photo') return size <= MAX_PHOTO_LINK_BYTES;
  return size <= MAX_LINK_BYTES && (field !== 'document' || DOCUMENTS_BY_LINK.test(mimeType));
}

function uploadOf(field: Field, { name, mimeType, size, open }: OutgoingFile): FileWay {
  return wayBy(field, { field, name, mimeType, size, open });
}

function wayBy(field: Field, file: string | FormFile): FileWay {
  return { method: `send${field[0]?.toUpperCase()}${field.slice(1)}` as FileWay['method'], field, file };
}
