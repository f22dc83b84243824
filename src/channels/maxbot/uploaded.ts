import { hash } from 'node:crypto';
import type { OutgoingFile } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import type { Upload, Uploaded, UploadType } from './uploads.ts';

/** A file that MAX has, as an attachment. */
export interface Placed {
  readonly kind: 'placed';
  readonly attachment: { readonly type: UploadType; readonly payload: { readonly token: string } };
  /** By our clock (epoch ms). */
  readonly uploadedAt: number;
}

/** Longer than a message is tried because its file is not ready. */
const KEPT_MS = 60 * 60_000;
const MOST = 1000;

/**
 * Uploads each file once for all tries of a message: after an upload, MAX takes its time to look at a file, and each new
 * upload would begin that anew. Known in this process only.
 */
export function createUploads(upload: Upload, now: () => number) {
  const uploads = new Map<string, Placed>();
  const refused = new Set<string>();

  function keepFew(names: { readonly size: number; keys(): Iterator<string>; delete(name: string): boolean }): void {
    if (names.size > MOST) names.delete(names.keys().next().value as string);
  }

  return {
    async place(
      credentials: Credentials,
      key: string,
      file: OutgoingFile,
      as: UploadType,
      signal: AbortSignal,
    ): Promise<Placed | Exclude<Uploaded, { kind: 'uploaded' }>> {
      const name = nameOf(credentials, key);
      const known = uploads.get(name);
      if (known && now() < known.uploadedAt + KEPT_MS) return known;
      const uploaded = await upload(credentials, file, as, signal);
      if (uploaded.kind !== 'uploaded') return uploaded;
      const attachment = { type: as, payload: { token: uploaded.token } };
      const placed: Placed = { kind: 'placed', attachment, uploadedAt: now() };
      uploads.delete(name);
      uploads.set(name, placed);
      keepFew(uploads);
      return placed;
    },

    forget: (credentials: Credentials, key: string): void => void uploads.delete(nameOf(credentials, key)),

    /** MAX does not show it so, and need not be asked again. */
    refuse(credentials: Credentials, key: string): void {
      refused.add(nameOf(credentials, key));
      keepFew(refused);
    },

    isRefused: (credentials: Credentials, key: string): boolean => refused.has(nameOf(credentials, key)),
  };
}

/** A token is good for the bot alone that uploaded, at the address where it did. */
function nameOf({ botToken, apiBaseUrl }: Credentials, key: string): string {
  return hash('sha256', JSON.stringify([apiBaseUrl, botToken, key]), 'base64url');
}
