import type { OutgoingContent } from '#channels/outbound';
import type { Content } from '#domain/message';
import { type FileOwner, fileOwner, type TakeFileDeps, type TakenFile, takeFile } from '#flows/take-file';
import { RequestError } from '#http/errors';
import type { SentMessage } from './find-sent.ts';
import type { Change } from './read-change.ts';

export interface PrepareChangeDeps extends TakeFileDeps {
  readonly publicUrl: string | undefined;
}

/** What a message shall say: as the history has it, and as the messenger takes it. Nothing of it is stored yet. */
export interface PreparedChange {
  readonly content: Content;
  readonly outgoing: OutgoingContent;
  /** Stores its file as that of the fact. Absent if it has none. */
  readonly keep?: TakenFile['keep'];
}

/** Reads what the message shall say, its file too. Throws a `RequestError` 400 if the messenger does not take it. */
export async function prepareChange(
  deps: PrepareChangeDeps,
  { channel: { account }, messenger: { outbound } }: SentMessage,
  { text = '', contentUri }: Change,
  origin: string,
): Promise<PreparedChange> {
  const prepared = contentUri
    ? await prepareFile(deps, fileOwner(account, deps.publicUrl, origin), contentUri)
    : prepareText(text);
  const code = outbound.refuses(prepared.outgoing);
  if (code !== undefined) {
    throw new RequestError(400, code, 'The messenger does not take that', {
      fields: [contentUri ? 'contentUri' : 'text'],
    });
  }
  return prepared;
}

function prepareText(text: string): PreparedChange {
  const content = { type: 'text', text } as const;
  return { content, outgoing: content };
}

async function prepareFile(deps: TakeFileDeps, owner: FileOwner, contentUri: string): Promise<PreparedChange> {
  const { file, media, kind, keep } = await takeFile(deps, owner, contentUri);
  return { content: { type: kind, media }, outgoing: { type: 'file', file }, keep };
}
