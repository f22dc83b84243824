import type { OpenedFile } from '#channels/inbound';
import { openAddress } from '#channels/open-address';
import type { Credentials } from '#channels/terms';
import type { CallMax, FetchFor, MaxAnswer } from './client.ts';
import { meaningOf } from './errors.ts';
import { placeOf } from './file-ids.ts';
import { videoSchema } from './schema.ts';

/** No message has a larger one that Konvert would keep. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** From the sharpest to the smallest: https://dev.max.ru/docs-api/methods/GET/videos/-videoToken- */
const QUALITIES = ['mp4_1080', 'mp4_720', 'mp4_480', 'mp4_360', 'mp4_240', 'mp4_144'] as const;

const ENDED = 'MAX gives the file out no longer';

type NoFile = Exclude<OpenedFile, { kind: 'file' }>;

/**
 * Opens files of clients, without credentials: an address is open to whoever knows it. Of a video only the token lasts,
 * so its address is asked for each time.
 */
export function createOpenFile(call: CallMax, fetchFor: FetchFor) {
  return async (credentials: Credentials, fileId: string, signal: AbortSignal): Promise<OpenedFile> => {
    const { url, videoToken } = placeOf(fileId);
    const address = videoToken === undefined ? url : await addressOf(credentials, videoToken, signal);
    if (address === undefined) return { kind: 'gone', why: 'MAX names no address for the file' };
    return typeof address === 'string' ? openAddress(fetchFor(credentials), address, signal, { why: ENDED }) : address;
  };

  /** The address of the sharpest file of a video. */
  async function addressOf(
    credentials: Credentials,
    videoToken: string,
    signal: AbortSignal,
  ): Promise<string | NoFile | undefined> {
    const path = `videos/${encodeURIComponent(videoToken)}`;
    const answer = await call(credentials, { method: 'GET', path }, signal);
    if (answer.kind !== 'ok') return withoutAddress(answer);
    const { urls = {} } = videoSchema.safeParse(answer.result).data ?? {};
    return QUALITIES.map((quality) => urls[quality]).find((url) => typeof url === 'string' && url !== '') as
      | string
      | undefined;
  }
}

/** The caller waits longer from one try to the next. */
const LATER = { kind: 'later', afterSeconds: 0 } as const;

function withoutAddress(answer: Exclude<MaxAnswer, { kind: 'ok' }>): NoFile {
  if (answer.kind === 'throttled') return { kind: 'later', afterSeconds: answer.retryAfterSeconds };
  if (answer.kind === 'unreachable') return LATER;
  if (meaningOf(answer)?.kind === 'unauthorized') return { kind: 'unauthorized' };
  return { kind: 'gone', why: answer.fields ? answer.description : ENDED };
}
