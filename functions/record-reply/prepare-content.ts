import type { OutgoingContent, Template } from '#channels/outbound';
import type { Sends } from '#domain/fact';
import type { Content } from '#domain/message';
import { headerFile, renderTemplate } from '#domain/template-text';
import { type FileOwner, type TakeFileDeps, type TakenFile, takeFile } from '#flows/take-file';
import { invalidMessage, RequestError } from '#http/errors';
import type { Sender } from './find-sender.ts';
import { type FindTemplateDeps, findTemplate } from './find-template.ts';
import type { NewMessage, SaidFile, SaidTemplate, SaidText } from './read-message.ts';

/** What is needed to prepare content. */
export type PrepareContentDeps = FindTemplateDeps & TakeFileDeps;

/** What a message says: the messenger takes it, and nothing of it is stored yet. */
export interface Prepared {
  readonly content: Content;
  readonly sends?: Sends | undefined;
  /** Stores its file as that of the fact. Absent if it has none. */
  readonly keep?: TakenFile['keep'] | undefined;
}

/** Reads what a message says, its file and its template too. Throws a `RequestError` if it cannot be sent. */
export async function prepareContent(
  deps: PrepareContentDeps,
  sender: Sender,
  owner: FileOwner,
  { said }: Pick<NewMessage, 'said'>,
): Promise<Prepared> {
  switch (said.kind) {
    case 'text':
      return prepareText(sender, said);
    case 'file':
      return prepareFile(deps, sender, owner, said);
    case 'template':
      return prepareTemplate(deps, sender, owner, said);
    default:
      return said satisfies never;
  }
}

function prepareText(sender: Sender, { text, buttons }: SaidText): Prepared {
  check(sender, { type: 'text', text }, 'text', 'The messenger takes no text of that length');
  if (!buttons) return { content: { type: 'text', text } };
  check(sender, { type: 'text', text, buttons }, 'buttonsObject', 'The messenger takes no such buttons with this text');
  return { content: { type: 'text', text }, sends: { buttons } };
}

async function prepareFile(
  deps: PrepareContentDeps,
  sender: Sender,
  owner: FileOwner,
  { contentUri }: SaidFile,
): Promise<Prepared> {
  const { file, media, kind, keep } = await takeFile(deps, owner, contentUri);
  check(sender, { type: 'file', file }, 'contentUri', 'The messenger takes no file of that type or size');
  return { content: { type: kind, media }, keep };
}

async function prepareTemplate(
  deps: PrepareContentDeps,
  sender: Sender,
  owner: FileOwner,
  said: SaidTemplate,
): Promise<Prepared> {
  const template = await findTemplate(deps, sender.channel.channelId, said);
  const { templateId, name, language, components } = template;
  const { values } = said;
  const payloads = said.payloads.length > 0 ? said.payloads : undefined;
  const filled = { type: 'template', templateId, values, payloads } as const;
  check(sender, filled, 'templateValues', 'The messenger takes no such values of a template', template);
  const taken = await takeHeader(deps, owner, template, said);
  const whole = { ...filled, file: taken?.file };
  check(sender, whole, 'contentUri', 'The messenger takes no such file of a template', template);
  return {
    content: { type: 'wapi_template', text: renderTemplate(components, values), ...(taken && { media: taken.media }) },
    sends: { template: { templateId, name, language, values, ...(payloads && { payloads }) } },
    keep: taken?.keep,
  };
}

/** The file of the template's header: the one that was named, or the example with which the template was approved. */
async function takeHeader(
  deps: PrepareContentDeps,
  owner: FileOwner,
  { components }: Template,
  { contentUri }: SaidTemplate,
): Promise<TakenFile | undefined> {
  const wanted = headerFile(components);
  if (!wanted) {
    if (contentUri !== undefined) throw wrongFile('The template has no file');
    return undefined;
  }
  const example = components.find(({ type }) => type === 'HEADER')?.example?.[0];
  const uri = contentUri ?? example;
  if (uri === undefined) {
    throw new RequestError(400, 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK', `The template needs a file: ${wanted}`, {
      fields: ['contentUri'],
    });
  }
  const taken = await takeFile(deps, owner, uri);
  if (taken.kind !== wanted) throw wrongFile(`The template needs a file of the kind ${wanted}`);
  return taken;
}

function wrongFile(description: string): RequestError {
  return new RequestError(400, 'MESSAGE_WRONG_CONTENT_TYPE', description, { fields: ['contentUri'] });
}

/** Throws a `RequestError` 400 if the messenger cannot take the content. */
function check(
  { messenger: { outbound } }: Sender,
  content: OutgoingContent,
  field: string,
  why: string,
  template?: Template,
): void {
  const code = outbound.refuses(content, template);
  if (code === 'INVALID_MESSAGE_DATA') throw invalidMessage([field]);
  if (code !== undefined) throw new RequestError(400, code, why, { fields: [field] });
}
