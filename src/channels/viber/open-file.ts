import type { Inbound } from '#channels/inbound';
import { openAddress } from '#channels/open-address';

/**
 * Opens files of clients by their addresses, which need no token and end after an hour.
 * https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user
 */
export function createOpenFile(fetch: typeof globalThis.fetch): NonNullable<Inbound['openFile']> {
  return (_credentials, fileId, signal) =>
    openAddress(fetch, fileId, signal, { why: 'Viber gives out a file for an hour' });
}
