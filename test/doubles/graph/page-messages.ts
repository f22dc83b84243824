import type { PageAccount, PageMeta, TakenMessage, Writer } from './page-world.ts';
import { Refused } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

const DAY_MS = 24 * 3_600_000;
const HUMAN_AGENT_MS = 7 * DAY_MS;
const PER_SECOND = 300;
const FILES = ['image', 'video', 'audio', 'file'];
/** Tags that ended on 27 April 2026. */
const ENDED_TAGS = ['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE'];

/** Takes a message to send, or throws `Refused`. */
export function takeMessage(meta: PageMeta, account: PageAccount, isInstagram: boolean, body: Fields): TakenMessage {
  const to = fieldsOf(body.recipient).id;
  if (typeof to !== 'string') throw new Refused(100, 'The parameter recipient is required');
  if (body.message !== undefined && body.sender_action !== undefined)
    throw new Refused(100, 'Cannot send both message and state at the same time', { subcode: 2018034 });
  const writer = meta.writers.find(({ id, accountId }) => id === to && accountId === account.id);
  if (!writer) throw noSuchPerson(isInstagram);
  checkMessage(meta, account, isInstagram, fieldsOf(body.message));
  checkReply(body.reply_to);
  if (writer.hasBlocked) throw new Refused(551, "This person isn't available right now.", { subcode: 1545041 });
  if (writer.heldBy !== undefined)
    throw new Refused(10, 'Message failed to send because another app is controlling this thread now', {
      subcode: 2018300,
    });
  checkWindow(meta, account, isInstagram, writer, body);
  countRate(meta, account);
  return { mid: midOf(isInstagram, meta.nextId()), accountId: account.id, to, body };
}

export function midOf(isInstagram: boolean, n: number): string {
  const id = Buffer.from(`double message ${n} ${'.'.repeat(96)}`).toString('base64url');
  return `${isInstagram ? 'aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE' : 'm_'}${id}`;
}

function checkWindow(meta: PageMeta, account: PageAccount, isInstagram: boolean, writer: Writer, body: Fields) {
  const { messaging_type: type = 'RESPONSE', tag } = body;
  if (!['RESPONSE', 'UPDATE', 'MESSAGE_TAG'].includes(String(type))) throw new Refused(100, 'Invalid messaging_type');
  if ((type === 'MESSAGE_TAG') !== (tag !== undefined))
    throw new Refused(100, 'Param tag and messaging_type belong together');
  if (ENDED_TAGS.includes(String(tag))) throw new Refused(100, `The tag ${tag} is no longer supported`);
  if (tag !== undefined && tag !== 'HUMAN_AGENT') throw new Refused(100, 'Param tag is unknown');
  if (tag === 'HUMAN_AGENT' && !meta.humanAgents.has(account.id))
    throw new Refused(10, 'To use the Human Agent tag the app has to be approved', { status: 403 });
  const most = tag === 'HUMAN_AGENT' ? HUMAN_AGENT_MS : DAY_MS;
  if (meta.clock.now() - writer.wroteAt < most) return;
  throw new Refused(10, 'This message is sent outside of allowed window.', {
    subcode: isInstagram ? 2534022 : 2018278,
  });
}

function checkMessage(meta: PageMeta, account: PageAccount, isInstagram: boolean, message: Fields) {
  const { text, attachment, attachments, quick_replies: replies, metadata } = message;
  if (text === undefined && attachment === undefined && attachments === undefined)
    throw new Refused(100, 'The parameter message is required');
  if (text !== undefined && (attachment !== undefined || attachments !== undefined))
    throw new Refused(100, 'A message has a text or an attachment');
  if (text !== undefined) checkText(isInstagram, text);
  if (metadata !== undefined && String(metadata).length > 1000) throw new Refused(100, 'metadata is too long');
  if (attachment !== undefined) checkAttachment(meta, account, isInstagram, fieldsOf(attachment));
  if (replies === undefined) return;
  if (!Array.isArray(replies) || replies.length === 0 || replies.length > 13)
    throw new Refused(100, 'quick_replies must have 1 to 13 items');
  for (const { content_type, title, payload } of replies.map(fieldsOf)) {
    if (content_type !== 'text') throw new Refused(100, `quick replies of the type ${content_type} have ended`);
    if (typeof title !== 'string' || title === '' || title.length > 20)
      throw new Refused(100, 'title of a quick reply');
    if (typeof payload !== 'string' || payload === '' || payload.length > 1000)
      throw new Refused(100, 'payload of a quick reply');
  }
}

function checkText(isInstagram: boolean, text: unknown) {
  if (typeof text !== 'string' || text === '') throw new Refused(100, 'Param message[text] must be a string');
  const isTooLong = isInstagram ? Buffer.byteLength(text) > 1000 : text.length > 2000;
  if (isTooLong) throw new Refused(100, 'Length of param message[text] must be less than or equal to the limit');
}

function checkAttachment(meta: PageMeta, account: PageAccount, isInstagram: boolean, { type, payload }: Fields) {
  const { url, attachment_id: id, template_type, text, buttons } = fieldsOf(payload);
  if (type === 'template') return checkButtons(template_type, text, buttons);
  if (!FILES.includes(String(type)))
    throw new Refused(100, `Param attachment[type] must be one of ${FILES.join(', ')}`);
  if (id !== undefined) {
    const known = meta.attachments.get(String(id));
    if (typeof id !== 'string' || !known || known.accountId !== account.id || known.type !== type)
      throw new Refused(100, 'Invalid attachment id', { subcode: 2018074 });
    return undefined;
  }
  const isFetched = typeof url === 'string' && URL.canParse(url);
  if (!isFetched) throw new Refused(100, 'Failed to fetch the file from the url', { subcode: 2018008 });
  // Meta's fetcher tells the kind of a file of Instagram by the end of its address as well.
  if (isInstagram && type === 'file' && !/\.pdf$/i.test(new URL(url).pathname))
    throw new Refused(100, 'Unsupported file');
  return undefined;
}

function checkButtons(templateType: unknown, text: unknown, buttons: unknown) {
  if (templateType !== 'button') throw new Refused(100, 'template_type');
  if (typeof text !== 'string' || text === '' || text.length > 640) throw new Refused(100, 'text of a template');
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > 3)
    throw new Refused(100, 'buttons must have 1 to 3 items');
  for (const { type, title, url, payload } of buttons.map(fieldsOf)) {
    const isRight = type === 'web_url' ? typeof url === 'string' : type === 'postback' && typeof payload === 'string';
    if (!isRight || typeof title !== 'string' || title.length > 20) throw new Refused(100, 'Invalid button');
  }
}

function checkReply(reply: unknown) {
  if (reply === undefined) return;
  const { mid } = fieldsOf(reply);
  if (typeof mid !== 'string' || mid === '') throw new Refused(100, 'Param reply_to must have a mid');
}

function countRate({ clock, recent }: PageMeta, { id }: PageAccount) {
  const sent = (recent.get(id) ?? []).filter((at) => at > clock.now() - 1000);
  if (sent.length >= PER_SECOND)
    throw new Refused(613, 'Calls to this API have exceeded the rate limit', { subcode: 2534040 });
  recent.set(id, [...sent, clock.now()]);
}

function noSuchPerson(isInstagram: boolean): Refused {
  return isInstagram
    ? new Refused(100, 'The requested user cannot be found', { subcode: 2534014 })
    : new Refused(100, 'No matching user found', { subcode: 2018001 });
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
