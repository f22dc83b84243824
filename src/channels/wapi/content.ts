import type { ServerMessage } from 'whatsapp-api-js/types';
import { rawOf, withText } from '#channels/bounds';
import { defined, fieldsOf, lines, spaced, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content } from '#domain/message';
import type { NoFields } from '#no-fields';
import { messageIdOf } from './ids.ts';
import { MESSAGES, type MessageKind, UNKNOWN } from './kinds.ts';
import { type Around, errorText, labelledLine, type Part, wordOf } from './parts.ts';

/** A message of any kind, with its fields as they came. */
export type WapiMessage = Readonly<Record<string, unknown>>;

/** The content of a message, and whether it makes the chat unanswered if the client wrote it (U6). */
export interface ReadContent {
  readonly content: Content;
  readonly opens: boolean;
}

/** Of these fields, content and envelope have everything. */
const STORED = {
  from: true,
  from_user_id: true,
  from_parent_user_id: true,
  from_logical_id: true,
  group_id: true,
  id: true,
  timestamp: true,
  type: true,
  // A part of these is stored nowhere else.
  context: false,
  errors: false,
  identity: false,
  referral: false,

  // Of echoes and imports.
  history_context: true,
  to: true,
  to_parent_user_id: true,
  to_user_id: true,
} satisfies Record<keyof ServerMessage, boolean> & Record<string, boolean>;

const LONGEST_REFERRAL = 256;

/** Reads a message of any kind, of a client or of the team. */
export function readContent(message: WapiMessage, around: Around): ReadContent {
  const name = wordOf(message.type);
  const known: MessageKind = Object.hasOwn(MESSAGES, name) ? (MESSAGES[name] as MessageKind) : UNKNOWN;
  const part = known.read ? known.read(message[name], around) : { rest: message[name] };
  // Nothing of it could be read, so that all of it is kept.
  const kind = part && known !== UNKNOWN ? known : UNKNOWN;
  const { text = '', rest, opens = kind.opens, ...parts } = part ?? ({} as Part);
  const content = {
    ...defined({ kind: kind === UNKNOWN ? name || undefined : kind.kind }),
    type: kind.type,
    ...parts,
    ...contextOf(message.context),
    ...defined({ referral: referralOf(message.referral) }),
    ...defined({ raw: rawOf(kept(message, name, kind === UNKNOWN ? message[name] : rest)) }),
  };
  const said = lines(text, errorText(message.errors), productText(message.context), adText(message.referral));
  return { content: withText(content as Omit<Content, 'text'>, said), opens };
}

/** What has no field: the rest of its own field, and of the envelope what is not stored whole. */
function kept(message: WapiMessage, name: string, rest: unknown): Record<string, unknown> {
  const { [name]: _own, context, ...fields } = message;
  const envelope = Object.entries(fields).filter(([field]) => !(STORED as Record<string, boolean>)[field]);
  return defined({
    ...Object.fromEntries(envelope),
    context: keptContext(context),
    [name]: isEmpty(rest) ? undefined : rest,
  }) as Record<string, unknown>;
}

/** The message that it answers, and whether it was passed on. */
function contextOf(value: unknown): Pick<Content, 'quoted' | 'forwarded'> {
  const { id, forwarded, frequently_forwarded } = fieldsOf<NonNullable<ServerMessage['context']>>(value);
  const providerId = messageIdOf(id);
  return {
    ...(providerId !== undefined && { quoted: { providerId } }),
    ...((forwarded === true || frequently_forwarded === true) && { forwarded: {} }),
  };
}

function keptContext(value: unknown): object | undefined {
  const {
    id: _id,
    from: _from,
    forwarded: _forwarded,
    frequently_forwarded,
    referred_product,
    ...rest
  } = fieldsOf<NonNullable<ServerMessage['context']>>(value);
  rest satisfies NoFields;
  const all = defined({ frequently_forwarded, referred_product, ...rest });
  return isEmpty(all) ? undefined : all;
}

/** The advertisement that the person came by: its own word for itself, or its id. */
function referralOf(value: unknown): string | undefined {
  const { source_id, ref } = fieldsOf<NonNullable<ServerMessage['referral']> & { ref: string }>(value);
  const referral = stringOf(ref) || stringOf(source_id);
  return referral === '' ? undefined : cut(referral, LONGEST_REFERRAL);
}

function adText(value: unknown): string {
  const { headline, source_url } = fieldsOf<NonNullable<ServerMessage['referral']>>(value);
  return labelledLine('Ad', spaced(stringOf(headline), stringOf(source_url)));
}

function productText(value: unknown): string {
  const { referred_product } = fieldsOf<NonNullable<ServerMessage['context']>>(value);
  const { product_retailer_id } = fieldsOf<{ product_retailer_id: string }>(referred_product);
  return labelledLine('Product', stringOf(product_retailer_id));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
