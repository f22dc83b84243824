import type { Message } from '../../models.ts';

/** A picture or a video of a message. */
export interface Picture {
  readonly key: string;
  readonly uri: string | undefined;
  readonly type: string;
  readonly kind?: string;
  readonly isVideo: boolean;
  readonly alt?: string;
  readonly emoji?: string;
  readonly mimeType?: string;
}

/** The pictures and videos of a message: its first file, and the others after it. */
export function mediaOf({ messageId, type, kind, text, contentUri, media, furtherMedia }: Message): readonly Picture[] {
  const files = [{ ...media, contentUri }, ...(furtherMedia ?? [])];
  return files.map((file, index) => ({
    key: `${messageId} ${index}`,
    uri: file.contentUri,
    type,
    ...(kind !== undefined && { kind }),
    isVideo: isVideo(type, file.mimeType, index),
    ...(text !== undefined && { alt: text }),
    ...(file.emoji !== undefined && { emoji: file.emoji }),
    ...(file.mimeType !== undefined && { mimeType: file.mimeType }),
  }));
}

/** The second file of a live photo is its video. */
function isVideo(type: string, mimeType: string | undefined, index: number): boolean {
  return mimeType === undefined ? type === 'video' && index === 0 : mimeType.startsWith('video/');
}
