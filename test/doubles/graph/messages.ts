import { checkTemplate, fieldsOf, listOf } from './templates.ts';
import { type GraphNumber, type Meta, mediaOf, type Person, pairOf, Refused, type Taken, wamidOf } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

const WINDOW_MS = 24 * 3_600_000;
const PAIR_MS = 6000;
const PAIR_BURST = 45;
const MARKETING_MOVES_AT = Date.UTC(2027, 9, 13);
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const FILES = ['image', 'video', 'audio', 'document', 'sticker'];

/** Takes a message to send, or throws `Refused`. A message that is taken may fail later, or be dropped. */
export function takeMessage(meta: Meta, number: GraphNumber, endpoint: string, body: Fields): Taken {
  if (body.messaging_product !== 'whatsapp') throw missing('messaging_product');
  if (body.recipient_type !== undefined && body.recipient_type !== 'individual') throw invalid('recipient_type');
  if (body.to !== undefined && body.recipient !== undefined) throw invalid('to and recipient exclude each other');
  if (body.to === undefined && body.recipient === undefined) throw missing('to');
  if (body.biz_opaque_callback_data !== undefined && !isText(body.biz_opaque_callback_data, 512))
    throw invalid('biz_opaque_callback_data');
  if (body.context !== undefined && !isText(fieldsOf(body.context).message_id, 512)) throw invalid('context');
  const { person, dialled, isDropped } = addressee(meta, number, body);
  const category = checkContent(meta, number, endpoint, body, person);
  if (category === 'AUTHENTICATION' && body.recipient !== undefined) {
    throw new Refused(131062, 'Business-scoped User ID (BSUID) recipients are not supported for this message');
  }
  countRate(meta, number, person);
  const opaque = body.biz_opaque_callback_data;
  return {
    wamid: wamidOf(meta.nextId()),
    numberId: number.id,
    dialled,
    body,
    ...(person && !isDropped && { person }),
    ...(typeof opaque === 'string' && { opaque }),
    ...(!isDropped && failure(meta, number, person, body.type === 'template')),
  };
}

/** Free words outside the window, and words to somebody who is not at WhatsApp, are taken and fail later. */
function failure(meta: Meta, number: GraphNumber, person: Person | undefined, isTemplate: boolean) {
  if (!person) return { failsWith: 131026 };
  const opened = meta.windows.get(pairOf(number.id, person)) ?? Number.NEGATIVE_INFINITY;
  return isTemplate || meta.clock.now() < opened + WINDOW_MS ? {} : { failsWith: 131047 };
}

function addressee(meta: Meta, number: GraphNumber, { to, recipient }: Fields) {
  const given = String(to ?? recipient);
  if (recipient !== undefined) {
    if (!USER_ID.test(given)) throw invalid('recipient');
    const person = meta.people.find(({ userId }) => userId === given);
    return { person, dialled: given, isDropped: false };
  }
  // It is accepted, and nothing is ever heard of it.
  if (USER_ID.test(given)) return { person: undefined, dialled: given, isDropped: true };
  const digits = given.replace(/[\s()+-]/g, '');
  if (!/^\d{5,20}$/.test(digits)) throw new Refused(131009, 'Parameter value is not valid', { details: 'to' });
  const isWhole = given.startsWith('+') || digits.startsWith(number.country);
  const dialled = isWhole ? digits : `${number.country}${digits}`;
  if (dialled === number.phone) throw new Refused(131021, 'Recipient cannot be the sender');
  return { person: meta.people.find(({ phone }) => phone === dialled), dialled, isDropped: false };
}

/** Throws unless the content is as it has to be. The category of its template, if it is one. */
function checkContent(
  meta: Meta,
  number: GraphNumber,
  endpoint: string,
  body: Fields,
  person: Person | undefined,
): string | undefined {
  const type = String(body.type ?? 'text');
  const content = fieldsOf(body[type]);
  const usesMedia = (kind: string, file: Fields) => checkFile(meta, number, kind, file);
  if (endpoint === 'marketing_messages' && type !== 'template') throw invalid('type');
  if (type === 'text') checkText('text.body', content.body, 4096);
  else if (type === 'interactive') checkInteractive(content);
  else if (FILES.includes(type)) usesMedia(type, content);
  else if (type === 'template') return checkSentTemplate(meta, number, endpoint, content, usesMedia);
  else throw new Refused(131051, 'Unsupported message type', { details: type });
  if (person && content.caption !== undefined) checkText('caption', content.caption, 1024);
  return undefined;
}

function checkText(name: string, text: unknown, longest: number) {
  if (typeof text !== 'string' || text.trim() === '') throw missing(name);
  if (text.length > longest) throw new Refused(100, `Param ${name} must be at most ${longest} characters long.`);
}

function checkFile(meta: Meta, number: GraphNumber, kind: string, { id, link, filename }: Fields) {
  if ((id === undefined) === (link === undefined)) throw missing(`${kind}.id or ${kind}.link`);
  if (filename !== undefined && kind !== 'document') throw invalid(`${kind}.filename`);
  if (id === undefined) return;
  const media = mediaOf(meta, number.id, String(id));
  if (!media)
    throw new Refused(100, 'Invalid parameter', { subcode: 33, details: `Media ${id} is not there for this number` });
  const family = media.mimeType.split('/', 1)[0];
  if (kind !== 'document' && kind !== 'sticker' && family !== kind) throw invalid(`${kind}: ${media.mimeType}`);
}

function checkInteractive({ type, body, action }: Fields) {
  checkText('interactive.body', fieldsOf(body).text, type === 'list' ? 4096 : 1024);
  if (type === 'button') {
    const replies = listOf(fieldsOf(action).buttons).map(({ type, reply }) =>
      type === 'reply' ? fieldsOf(reply) : {},
    );
    if (replies.length < 1 || replies.length > 3) throw invalid('interactive.action.buttons');
    checkChoices(replies, 20, 256);
    if (new Set(replies.map(({ title }) => title)).size < replies.length) throw invalid('titles of buttons differ');
  } else if (type === 'list') {
    checkText('interactive.action.button', fieldsOf(action).button, 20);
    const sections = listOf(fieldsOf(action).sections);
    if (sections.length > 1 && sections.some(({ title }) => !isText(title, 24))) throw missing('section.title');
    const rows = sections.flatMap(({ rows }) => listOf(rows));
    if (rows.length < 1 || rows.length > 10) throw invalid('interactive.action.sections.rows');
    checkChoices(rows, 24, 200);
  } else if (type === 'cta_url') {
    const { display_text, url } = fieldsOf(fieldsOf(action).parameters);
    if (fieldsOf(action).name !== 'cta_url' || !isText(display_text, 20) || !URL.canParse(String(url)))
      throw invalid('cta_url');
  } else throw invalid('interactive.type');
}

function checkChoices(choices: readonly Fields[], longestTitle: number, longestId: number) {
  for (const { id, title } of choices) {
    if (!isText(title, longestTitle) || !isText(id, longestId) || id !== String(id).trim())
      throw invalid(`choice ${id}`);
  }
  if (new Set(choices.map(({ id }) => id)).size < choices.length)
    throw new Refused(131009, 'Parameter value is not valid', { details: 'Duplicated ids' });
}

function checkSentTemplate(
  meta: Meta,
  number: GraphNumber,
  endpoint: string,
  content: Fields,
  usesMedia: (type: string, file: Fields) => void,
): string {
  const code = fieldsOf(content.language).code;
  const template = meta.templates.find(
    ({ wabaId, name, language }) => wabaId === number.wabaId && name === content.name && language === code,
  );
  if (!template)
    throw new Refused(132001, 'Template name does not exist in the translation', {
      status: 404,
      details: `${content.name}, ${code}`,
    });
  if (template.status === 'PAUSED') throw new Refused(132015, 'Template is Paused');
  if (template.status === 'DISABLED') throw new Refused(132016, 'Template is Disabled');
  if (template.status !== 'APPROVED') throw new Refused(132001, 'Template does not exist', { status: 404 });
  const isMarketing = template.category === 'MARKETING';
  const hasMoved = meta.clock.now() >= MARKETING_MOVES_AT || meta.marketingMoved.has(number.wabaId);
  if (isMarketing && hasMoved && endpoint === 'messages')
    throw new Refused(131063, 'Marketing templates are disabled for Cloud API');
  if (!isMarketing && endpoint === 'marketing_messages') throw invalid('template category');
  checkTemplate(template, content, usesMedia);
  return template.category;
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput */
function countRate(meta: Meta, number: GraphNumber, person: Person | undefined) {
  const now = meta.clock.now();
  if (person) {
    const pair = pairOf(number.id, person);
    const paidBack = Math.max(meta.paidBack.get(pair) ?? now, now);
    if (paidBack - now >= PAIR_BURST * PAIR_MS)
      throw new Refused(131056, '(Business Account, Consumer Account) pair rate limit hit');
    countMessage(meta, number);
    meta.paidBack.set(pair, paidBack + PAIR_MS);
  } else countMessage(meta, number);
}

/** A message either way takes a part of what the number may do in a second. Throws if there is none left. */
function countMessage(meta: Meta, number: GraphNumber) {
  const recent = recentOf(meta, number);
  if (recent.length >= number.perSecond) throw new Refused(130429, 'Rate limit hit', { status: 429 });
  recent.push(meta.clock.now());
}

export function recentOf(meta: Meta, number: GraphNumber): number[] {
  const since = meta.clock.now() - 1000;
  const recent = (meta.recent.get(number.id) ?? []).filter((at) => at > since);
  meta.recent.set(number.id, recent);
  return recent;
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest;
}

function missing(details: string): Refused {
  return new Refused(131008, 'Required parameter is missing', { details });
}

function invalid(details: string): Refused {
  return new Refused(131009, 'Parameter value is not valid', { details });
}
