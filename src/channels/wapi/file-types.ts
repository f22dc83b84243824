import type { OutgoingFile, UnsendableCode } from '#channels/outbound';

/** WhatsApp's kinds of messages with a file. */
export type GraphFileType = 'image' | 'video' | 'audio' | 'document';

const MB = 1024 * 1024;
// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types
const MOST_BYTES: Readonly<Record<GraphFileType, number>> = {
  image: 5 * MB,
  video: 16 * MB,
  audio: 16 * MB,
  document: 100 * MB,
};

const IMAGES = ['image/jpeg', 'image/png'];
const VIDEOS = ['video/mp4', 'video/3gpp'];
const OGG = 'audio/ogg';
const SOUNDS = ['audio/aac', 'audio/amr', 'audio/mp4', 'audio/mpeg', OGG];
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What can be uploaded. An upload of any other type is refused: https://github.com/fbsamples/whatsapp-api-examples/issues/10 */
const UPLOADED: ReadonlySet<string> = new Set([
  ...IMAGES,
  'image/webp',
  ...VIDEOS,
  ...SOUNDS,
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.presentationml.presentation`,
  'text/plain',
]);

/** Other names of the same types. A browser's recorder calls Ogg `audio/opus`: https://github.com/chatwoot/chatwoot/issues/12713 */
const SAME: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/opus': OGG,
  'video/3gp': 'video/3gpp',
};

/** How a file goes to WhatsApp. */
export interface GraphFile {
  readonly type: GraphFileType;
  /** The type to upload it as. Absent if it cannot be uploaded, and has to be fetched by its link. */
  readonly uploadAs?: string;
  /** It is shown as a voice message. */
  readonly voice?: true;
}

/** How WhatsApp takes a file of that kind and type. Undefined if it takes none such. */
export function graphFileOf({ kind, mimeType }: Pick<OutgoingFile, 'kind' | 'mimeType'>): GraphFile | undefined {
  const type = plainType(mimeType);
  switch (kind) {
    case 'image':
      return IMAGES.includes(type) ? { type: 'image', uploadAs: type } : undefined;
    case 'video':
      return VIDEOS.includes(type) ? { type: 'video', uploadAs: type } : undefined;
    case 'audio':
    case 'voice': {
      if (!SOUNDS.includes(type)) return undefined;
      // Of Ogg it takes only Opus, and only that is shown as a voice message.
      const sound = { type: 'audio', uploadAs: type } as const;
      return kind === 'voice' && type === OGG ? { ...sound, voice: true } : sound;
    }
    case 'document':
      return { type: 'document', ...(UPLOADED.has(type) && { uploadAs: type }) };
    default:
      return kind satisfies never;
  }
}

/** The code of the compatible API for a file that WhatsApp would not take; undefined if it would. */
export function refusesFile(file: Pick<OutgoingFile, 'kind' | 'mimeType' | 'size'>): UnsendableCode | undefined {
  const graphFile = graphFileOf(file);
  if (!graphFile) return 'MESSAGE_WRONG_CONTENT_TYPE';
  if (file.size <= 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
  return file.size > MOST_BYTES[graphFile.type] ? 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA' : undefined;
}

/** The type without its parameters, under the name that Meta knows. */
function plainType(mimeType: string): string {
  const type = (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return SAME[type] ?? type;
}
