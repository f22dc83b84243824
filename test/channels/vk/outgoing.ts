import type { Outgoing, OutgoingContent, OutgoingFile } from '#channels/outbound';
import type { VkDouble } from '#test/doubles/vk';

/** The credentials of the double's community. */
export function credentialsOf({ token, baseUrl, groupId }: Pick<VkDouble, 'token' | 'baseUrl' | 'groupId'>) {
  return { groupId: String(groupId), accessToken: token, apiBaseUrl: baseUrl };
}

/** Something to send to a person at VK. */
export function toPerson(chatId: string, content: OutgoingContent, more: Partial<Outgoing> = {}): Outgoing {
  return { to: [{ chatType: 'vk', chatId }], content, key: 'our1.1', opaque: chatId, ...more };
}

/** A file in memory. */
export function fileOf(file: Partial<OutgoingFile> & { readonly bytes?: Uint8Array } = {}): OutgoingFile {
  const { bytes = Buffer.from('%PDF-1.7 act'), ...given } = file;
  return {
    kind: 'document',
    mimeType: 'application/pdf',
    name: 'act.pdf',
    size: bytes.length,
    ...given,
    async open() {
      return (async function* () {
        yield bytes;
      })();
    },
  };
}
