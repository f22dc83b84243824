import { rawOf, withText } from '#channels/bounds';
import { defined, fieldsOf, isObject, labelled, lines, spaced, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import { type Content, type Quoted, quote } from '#domain/message';
import { messageIdOf } from './ids.ts';
import { CHANGES, MESSAGES, type MessageKind, SILENT, UNKNOWN, WRAPPERS } from './kinds.ts';
import { type Around, type Part, wordOf } from './parts.ts';

/** More wrappers around each other than WhatsApp makes. */
const DEEPEST = 6;
const LONGEST_REFERRAL = 256;
const LINE = 256;

/** Fields of files that nobody reads: keys and addresses of WhatsApp's store, and pictures of the bridge's own making. */
const HEAVY: ReadonlySet<string> = new Set([
  'base64',
  'contextInfo',
  'directPath',
  'fileEncSha256',
  'jpegThumbnail',
  'mediaKey',
  'messageContextInfo',
  'messageSecret',
  'pngThumbnail',
  'streamingSidecar',
  'thumbnail',
  'thumbnailDirectPath',
  'thumbnailEncSha256',
  'waveform',
]);

/** A message without its wrappers: the name of the field that says what it is, and that field. */
export interface Unwrapped {
  readonly name: string;
  readonly value: unknown;
}

/** The content of a message, and whether it makes the chat unanswered if the client wrote it (U6). */
export interface ReadContent {
  readonly content: Content;
  readonly opens: boolean;
}

/** Takes the wrappers off. Undefined if nothing in it says anything. */
export function unwrap(message: unknown, depth = 0): Unwrapped | undefined {
  if (!isObject(message) || depth > DEEPEST) return undefined;
  const names = Object.keys(message).filter((name) => !SILENT.has(name) && message[name] != null);
  const wrapper = names.find((name) => WRAPPERS.has(name));
  if (wrapper !== undefined) {
    const inner = unwrap(fieldsOf<{ message: unknown }>(message[wrapper]).message, depth + 1);
    if (inner) return inner;
  }
  const name = names.find((one) => CHANGES.has(one) || Object.hasOwn(MESSAGES, one)) ?? names[0];
  return name === undefined ? undefined : { name, value: message[name] };
}

/** Reads a message of any kind. `context` is what the bridge puts beside a message that is a text only. */
export function readContent(unwrapped: Unwrapped, context: unknown, around: Around): ReadContent {
  const { content, opens, text } = readPart(unwrapped, around);
  const about = fieldsOf<{ contextInfo: unknown }>(unwrapped.value).contextInfo ?? context;
  const whole = { ...content, ...contextOf(about, around) };
  return { content: withText(whole, lines(text, adText(about))), opens };
}

interface ReadPartOf {
  readonly content: Omit<Content, 'text'>;
  readonly text: string;
  readonly opens: boolean;
}

function readPart({ name, value }: Unwrapped, around: Around): ReadPartOf {
  const known: MessageKind = Object.hasOwn(MESSAGES, name) ? (MESSAGES[name] as MessageKind) : UNKNOWN;
  const part = known.read ? known.read(value, around) : {};
  // Nothing of it could be read, so that all of it is kept.
  const kind = part && known !== UNKNOWN ? known : UNKNOWN;
  const isKept = kind === UNKNOWN || kind.keeps || !kind.read;
  const { text = '', opens = kind.opens, ...parts } = part ?? ({} as Part);
  const content = {
    ...defined({ kind: kind === UNKNOWN ? wordOf(name) || undefined : kind.kind }),
    type: kind.type,
    ...parts,
    ...defined({ raw: isKept ? rawOf({ [wordOf(name) || 'message']: light(value) }) : undefined }),
  };
  return { content: content as Omit<Content, 'text'>, text, opens };
}

interface ContextInfo {
  readonly stanzaId: unknown;
  readonly quotedMessage: unknown;
  readonly isForwarded: unknown;
  readonly externalAdReply: unknown;
}

interface Ad {
  readonly title: unknown;
  readonly body: unknown;
  readonly sourceId: unknown;
  readonly sourceUrl: unknown;
  readonly ref: unknown;
}

/** The message that it answers, whether it was passed on, and the advertisement that the person came by. */
function contextOf(value: unknown, around: Around): Pick<Content, 'quoted' | 'forwarded' | 'referral'> {
  const { stanzaId, quotedMessage, isForwarded, externalAdReply } = fieldsOf<ContextInfo>(value);
  const { sourceId, ref } = fieldsOf<Ad>(externalAdReply);
  const referral = stringOf(ref) || stringOf(sourceId);
  return {
    ...defined({ quoted: quotedOf(stanzaId, quotedMessage, around) }),
    ...(isForwarded === true && { forwarded: {} }),
    ...(referral !== '' && { referral: cut(referral, LONGEST_REFERRAL) }),
  };
}

function quotedOf(stanzaId: unknown, message: unknown, around: Around): Quoted | undefined {
  const providerId = messageIdOf(stanzaId);
  if (providerId === undefined) return undefined;
  const inner = unwrap(message);
  if (!inner || CHANGES.has(inner.name)) return { providerId };
  const { content, text } = readPart(inner, { ...around, mediaUrl: undefined });
  return { providerId, ...quote({ ...content, ...(text !== '' && { text }) }) };
}

function adText(value: unknown): string {
  const { title, body, sourceUrl, sourceId } = fieldsOf<Ad>(fieldsOf<ContextInfo>(value).externalAdReply);
  // The preview of a link has the same shape, and no id.
  if (stringOf(sourceId) === '') return '';
  return labelled('Ad', cut(spaced(stringOf(title) || stringOf(body), stringOf(sourceUrl)), LINE));
}

/** The field without what is heavy or secret, however deep it is. */
function light(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST * 2) return undefined;
  if (Array.isArray(value)) return value.map((one) => light(one, depth + 1));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !HEAVY.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, light(inner, depth + 1)]));
}
