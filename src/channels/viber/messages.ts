import type { Outgoing, OutgoingContent, OutgoingFile, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';
import { areRefused, toKeyboard } from './keyboard.ts';
import { trackingOf } from './tracking.ts';

const MB = 1024 * 1024;
/** https://developers.viber.com/docs/api/rest-bot-api/#message-types */
const MAX_TEXT = 7000;
const MAX_PICTURE_BYTES = MB;
const MAX_VIDEO_BYTES = 26 * MB;
const MAX_FILE_BYTES = 50 * MB;
const MAX_NAME = 256;
/** Of the whole request: https://creators.viber.com/docs/bots-api/resources/messaging/send-message */
const MAX_JSON_BYTES = 30 * 1024;
/** Room for the receiver, the sender and what is sent along without buttons. */
const ENVELOPE_BYTES = 1024;
/** From this version of the API on, marks in texts are formatting. */
const FORMATTING = 7;

/**
 * Viber names a limit for broadcasts only: 500 requests in 10 seconds. To one person it takes 100 messages in an hour, or
 * until they answer.
 */
export const PACE: Pace = { perSecond: 40, chatMs: 1000, chatBurst: 5 };

/** The code of the compatible API for content that Viber would not take; undefined if it would. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text': {
      if (content.text.length > MAX_TEXT) return 'MESSAGES_TOO_LONG_VIBER';
      if (content.buttons && areRefused(content.buttons)) return 'INVALID_MESSAGE_DATA';
      const bytes = Buffer.byteLength(JSON.stringify(textOf(content, '')));
      return bytes > MAX_JSON_BYTES - ENVELOPE_BYTES ? 'MESSAGES_TOO_LONG_VIBER' : undefined;
    }
    case 'file':
      if (content.file.size <= 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
      return content.file.size > MAX_FILE_BYTES ? 'MESSAGES_CONTENT_SIZE_EXCEEDED' : undefined;
    case 'template':
      return 'MESSAGE_WRONG_CONTENT_TYPE';
    default:
      return content satisfies never;
  }
}

/** A message as Viber takes it, without receiver and sender. Undefined if there is no such. */
export function toMessage({ content, key }: Pick<Outgoing, 'content' | 'key'>): object | undefined {
  if (content.type === 'text') return textOf(content, key);
  if (content.type === 'template' || content.file.link === undefined) return undefined;
  return { ...fileOf(content.file, content.file.link), tracking_data: trackingOf(key) };
}

function textOf({ text, buttons }: Extract<OutgoingContent, { type: 'text' }>, key: string): object {
  const keyboard = buttons && toKeyboard(buttons);
  return {
    type: 'text',
    text,
    tracking_data: trackingOf(key, buttons),
    ...(/[*_~`]/.test(text) && { min_api_version: FORMATTING }),
    ...(keyboard && { keyboard }),
  };
}

/** Viber fetches files. What it would not show as a picture or a video, it takes as a file. */
function fileOf({ kind, mimeType, name, size }: OutgoingFile, link: string): object {
  const ending = /\.([a-z0-9]+)$/i.exec(new URL(link).pathname)?.[1]?.toLowerCase() ?? '';
  const isPicture = kind === 'image' && size <= MAX_PICTURE_BYTES && PICTURES.has(ending);
  if (isPicture) return { type: 'picture', text: '', media: link };
  const isVideo = kind === 'video' && size <= MAX_VIDEO_BYTES && /^video\/mp4\b/.test(mimeType) && ending === 'mp4';
  if (isVideo) return { type: 'video', media: link, size };
  return { type: 'file', media: link, size, file_name: name.length <= MAX_NAME ? name : name.slice(-MAX_NAME) };
}

/** It does not show a picture without the ending: https://github.com/itpp-labs/sync-addons/issues/332 */
const PICTURES: ReadonlySet<string> = new Set(['jpg', 'jpeg', 'png', 'gif']);
