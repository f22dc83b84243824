export type FileKind = 'image' | 'audio' | 'video' | 'document';

/** The most bytes and the types of one kind of file. Without types it takes all, with none it takes no such file. */
interface FileLimit {
  readonly mb?: number;
  /** What stands behind the `/` of its type, parted by spaces. */
  readonly types?: string;
}

/** What the page knows of a messenger, to say things before they are refused. The server has the last word. */
export interface MessengerFacts {
  /** By what its mark and its name are found. */
  readonly mark: string;
  /** The longest text of one message, in UTF-16 units if nothing else is said. */
  readonly text: number;
  readonly textIn?: 'characters' | 'bytes';
  /** Until when the team may write after the client did, and what it may send `after` that. */
  readonly window?: { readonly hours: number; readonly after: 'template' | 'human-agent' | 'nothing' };
  readonly hasTemplates?: true;
  /** By what Konvert sends a file as. */
  readonly files?: Readonly<Partial<Record<FileKind, FileLimit>>>;
}

const WINDOW = { hours: 24, after: 'human-agent' } as const;
const NO_FILES = { types: '' };

/**
 * By transport. A new messenger is one more line; one that is not here takes what Telegram takes. Where the numbers come
 * from is said in its adapter, which a test compares with them.
 */
const MESSENGERS: Readonly<Record<string, MessengerFacts>> = {
  telegram: { mark: 'telegram', text: 4096, textIn: 'characters' },
  wapi: {
    mark: 'whatsapp',
    text: 4096,
    window: { hours: 24, after: 'template' },
    hasTemplates: true,
    files: {
      image: { mb: 5, types: 'jpeg png jpg' },
      video: { mb: 16, types: 'mp4 3gpp 3gp' },
      audio: { mb: 16, types: 'aac amr mp4 mpeg ogg mp3 m4a x-m4a opus' },
    },
  },
  whatsapp: { mark: 'whatsapp-qr', text: 10_000, files: { image: { mb: 16 }, audio: { mb: 16 } } },
  instagram: {
    mark: 'instagram',
    text: 1000,
    textIn: 'bytes',
    window: WINDOW,
    files: {
      image: { mb: 8, types: 'jpeg jpg png' },
      audio: { mb: 25, types: 'aac mp4 m4a x-m4a wav x-wav' },
      video: { mb: 25, types: 'mp4 ogg x-msvideo avi quicktime webm' },
      document: { mb: 25, types: 'pdf' },
    },
  },
  facebook: {
    mark: 'facebook',
    text: 2000,
    window: WINDOW,
    files: { image: { mb: 25 }, audio: { mb: 25 }, video: { mb: 25 }, document: { mb: 25 } },
  },
  maxbot: { mark: 'max', text: 4000 },
  vk: { mark: 'vk', text: 4096 },
  avito: {
    mark: 'avito',
    text: 1000,
    files: {
      image: { mb: 24, types: 'jpeg jpg gif png' },
      audio: NO_FILES,
      video: NO_FILES,
      document: { mb: 24, types: 'heic bmp x-ms-bmp' },
    },
  },
  viber: { mark: 'viber', text: 7000 },
};

/** What the page knows of the messenger of a transport, also of one that it does not know. */
export function factsOf(transport: string | undefined): MessengerFacts {
  const known = transport !== undefined && Object.hasOwn(MESSENGERS, transport) ? MESSENGERS[transport] : undefined;
  return known ?? { mark: transport ?? '', text: 4096 };
}
