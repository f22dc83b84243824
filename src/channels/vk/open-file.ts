import type { Inbound } from '#channels/inbound';
import { openAddress } from '#channels/open-address';

/**
 * Opens files of clients. VK signs their addresses, so no token goes along. That of a document leads on to a server of files.
 * https://dev.vk.com/ru/reference/objects/photo
 */
export function createOpenFile(fetch: typeof globalThis.fetch): NonNullable<Inbound['openFile']> {
  return (_credentials, fileId, signal) =>
    openAddress(fetch, fileId, signal, { why: 'VK no longer gives out the file' });
}
