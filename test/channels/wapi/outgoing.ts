import type { Outgoing, OutgoingContent, OutgoingFile } from '#channels/outbound';
import type { GraphDouble } from '#test/doubles/graph';

/** The credentials of the double's first number. */
export function credentialsOf({ token, appSecret, baseUrl, numbers }: GraphDouble, number = 0): Record<string, string> {
  const { id, wabaId } = numbers[number]!;
  return { phoneNumberId: id, wabaId, accessToken: token, appSecret, apiBaseUrl: baseUrl };
}

/** Something to send to a person at WhatsApp, by phone number or user id. */
export function toPerson(chatId: string, content: OutgoingContent, more: Partial<Outgoing> = {}): Outgoing {
  return { to: [{ chatType: 'whatsapp', chatId }], content, key: 'our1.1', opaque: chatId, ...more };
}

/** A file in memory. `opened` counts how often it was read. */
export function fileOf(
  file: Partial<OutgoingFile> & { readonly bytes?: Uint8Array } = {},
): OutgoingFile & { opened: number } {
  const { bytes = Buffer.from('%PDF-1.7 act'), ...given } = file;
  return {
    kind: 'document',
    mimeType: 'application/pdf',
    name: 'act.pdf',
    size: bytes.length,
    ...given,
    opened: 0,
    async open() {
      this.opened += 1;
      return (async function* () {
        yield bytes;
      })();
    },
  };
}
