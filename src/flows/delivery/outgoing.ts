import type { Outgoing, OutgoingContent, OutgoingFile } from '#channels/outbound';
import type { Refusal } from '#channels/terms';
import type { Reply } from '#domain/fact';
import { chatOfKey, type Media } from '#domain/message';
import { createIdsOf } from '#flows/identity/ids-of';
import type { BlobStore } from '#media/blob-store';
import { kindOf } from '#media/file-type';
import { UNKNOWN_TYPE } from '#media/shown-type';
import type { StoreDeps } from '#store/dynamo/client';
import { createFiles } from '#store/files/files';

/** A reply as its messenger takes it, or why it cannot be sent any more. */
export type OutgoingReply = Outgoing | { readonly refusal: Refusal };

/** Makes a reply what a messenger takes. */
export type ToOutgoing = (
  chat: string,
  reply: Reply,
  way: Pick<Outgoing, 'via' | 'clientAt'>,
) => Promise<OutgoingReply>;

/** How long a messenger may fetch a file by its link. */
const LINK_SECONDS = 3600;

const FILE_IS_GONE: Refusal = {
  reason: 'GENERAL_ERROR',
  code: 'FILE_GONE',
  description: 'The file of the message is no longer here',
};

/** Makes `toOutgoing(chat, reply, way)`. */
export function createToOutgoing(deps: StoreDeps & { readonly blobs: Pick<BlobStore, 'get' | 'linkTo'> }): ToOutgoing {
  const { blobs } = deps;
  const files = createFiles(deps);
  const idsOf = createIdsOf(deps);

  async function contentOf({ content, sends }: Reply): Promise<OutgoingContent | undefined> {
    const file = content.media && (await fileOf(content.media));
    if (content.media && !file) return undefined;
    if (sends?.template) {
      const { templateId, values, payloads } = sends.template;
      return { type: 'template', templateId, values, payloads, file };
    }
    return file ? { type: 'file', file } : { type: 'text', text: content.text ?? '', buttons: sends?.buttons };
  }

  async function fileOf(media: Media): Promise<OutgoingFile | undefined> {
    const row = media.file === undefined ? undefined : await files.get(media.file);
    if (row?.state !== 'stored' || row.key === undefined || row.size === undefined) return undefined;
    const { key, size } = row;
    const { name = row.name, mimeType = row.type ?? UNKNOWN_TYPE } = media;
    return {
      kind: kindOf(mimeType),
      mimeType,
      name,
      size,
      link: await blobs.linkTo(key, name, LINK_SECONDS),
      async open() {
        const blob = await blobs.get(key);
        if (!blob) throw new Error('A stored file is not in its place');
        return blob.body;
      },
    };
  }

  return async function toOutgoing(chat, reply, { via, clientAt }) {
    const [to, content] = await Promise.all([idsOf(chat), contentOf(reply)]);
    if (!content) return { refusal: FILE_IS_GONE };
    return {
      to,
      content,
      quotes: reply.content.quoted?.providerId,
      topic: reply.topic,
      via,
      key: `${reply.key}.${reply.attempt}`,
      opaque: chatOfKey(chat).chatId,
      clientAt,
    };
  };
}
