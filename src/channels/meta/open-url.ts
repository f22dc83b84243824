import { isSafeAddress } from '#channels/base-url';
import type { Inbound, OpenedFile } from '#channels/inbound';
import { openAddress } from '#channels/open-address';

/** The largest file that a client can send: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** Answers to an address that has ended, or that shows something the client has taken back. */
const GONE: readonly number[] = [400, 401, 403, 404, 410];

/**
 * Opens a client's file by its address, which is signed: no credential goes there. An address is good for some hours, that
 * of a story for a day at most. A server of one's own has its files where its API is.
 */
export function createOpenUrl(fetch: typeof globalThis.fetch): NonNullable<Inbound['openFile']> {
  return async ({ apiBaseUrl }, fileId, signal) => {
    if (!isSafeAddress(fileId, apiBaseUrl)) return NO_ADDRESS;
    return openAddress(fetch, fileId, signal, { why: 'The address of the file has ended', statuses: GONE });
  };
}

const NO_ADDRESS: OpenedFile = { kind: 'gone', why: 'Meta told no address of the file that could be read' };
