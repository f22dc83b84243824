import type { OutgoingFile } from '#channels/outbound';

/** A way to send a file: the method that tells where to upload it, the field of the form, the method that keeps it. */
export interface FileWay {
  readonly as: 'photo' | 'doc' | 'audio_message';
  readonly asks: 'photos.getMessagesUploadServer' | 'docs.getMessagesUploadServer';
  readonly field: 'photo' | 'file';
  readonly saves: 'photos.saveMessagesPhoto' | 'docs.save';
}

/** https://dev.vk.com/ru/api/upload/photo-in-message */
const PHOTO: FileWay = {
  as: 'photo',
  asks: 'photos.getMessagesUploadServer',
  field: 'photo',
  saves: 'photos.saveMessagesPhoto',
};
/** https://dev.vk.com/ru/api/upload/document-in-profile; music and programs are refused. */
const DOCUMENT: FileWay = { as: 'doc', asks: 'docs.getMessagesUploadServer', field: 'file', saves: 'docs.save' };
const VOICE: FileWay = { ...DOCUMENT, as: 'audio_message' };

/** What VK refuses as a document: https://dev.vk.com/ru/api/upload/document-in-profile */
const PROGRAMS = /\.(?:exe|com|bat|cmd|scr|msi|dll|apk|jar|vbs|js|ps1)$/i;

/**
 * The ways to send a file, the best first. The next one is for a refusal of the one before. None for a file that VK takes in
 * no way.
 */
export function waysOf({ kind, mimeType, name }: OutgoingFile): readonly FileWay[] {
  switch (kind) {
    case 'image':
      return /^image\/(?:jpeg|png|gif)$/.test(mimeType) ? [PHOTO, DOCUMENT] : [DOCUMENT];
    case 'audio':
    case 'voice':
      // Of sound VK takes voice messages only: Ogg with Opus, and MP3, which it refuses as a document.
      if (/^audio\/(?:mpeg|mp3)$/.test(mimeType)) return [VOICE];
      return /^audio\/(?:ogg|opus)$/.test(mimeType) ? [VOICE, DOCUMENT] : [DOCUMENT];
    case 'video':
    case 'document':
      return PROGRAMS.test(name) ? [] : [DOCUMENT];
    default:
      return kind satisfies never;
  }
}
