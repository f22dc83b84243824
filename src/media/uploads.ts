import { fileKey } from './file-key.ts';

/** The size of the largest file that can be uploaded. No messenger takes more of most kinds: reference, section 3.3. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
/** How long an upload may begin after its address was given out. */
export const UPLOAD_SECONDS = 3600;
/** How long an uploaded file waits for its message. Afterwards it is removed. */
const KEPT_MS = 24 * 3_600_000;

/** A file that was or will be uploaded. */
export interface Uploaded {
  readonly account: string;
  readonly file: string;
  readonly name: string;
}

/** The key at which a file is uploaded now. */
export function uploadKey(uploaded: Uploaded, now: number): string {
  return fileKey({ direction: 'up', at: now, ...uploaded });
}

/** The keys at which a file may have been uploaded that still waits for its message. */
export function uploadKeys(uploaded: Uploaded, now: number): string[] {
  return [...new Set([uploadKey(uploaded, now), uploadKey(uploaded, now - KEPT_MS)])];
}
