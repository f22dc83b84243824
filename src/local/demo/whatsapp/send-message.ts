import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { aboutFile } from '../kit/media-files.ts';
import { clientOf, type DemoNumberStores, no } from './graph-answers.ts';
import type { NumberMessage } from './number-state.ts';
import { TEMPLATES } from './templates.ts';
import { tell } from './webhook.ts';

const media = z.object({ id: z.string(), caption: z._default(z.string(), '') });

const messageSchema = z.object({
  messaging_product: z.literal('whatsapp'),
  to: z.string(),
  type: z.string(),
  biz_opaque_callback_data: z.optional(z.string()),
  text: z.optional(z.object({ body: z.string().check(z.minLength(1), z.maxLength(4096)) })),
  image: z.optional(media),
  audio: z.optional(media),
  video: z.optional(media),
  document: z.optional(media),
  interactive: z.optional(z.looseObject({ body: z.object({ text: z.string() }), action: z.unknown() })),
  template: z.optional(z.looseObject({ name: z.string(), components: z._default(z.array(z.unknown()), []) })),
});

type Sent = z.infer<typeof messageSchema>;

const WINDOW_SECONDS = 24 * 3600;
/** How long a client takes to get a message, and to read it. */
const STEP_MS = 150;

/** Sends a message. What becomes of it is told to the address that was registered, a moment later. */
export async function sendMessage(stores: DemoNumberStores, clock: Clock, sent: unknown): Promise<PlainAnswer> {
  const read = messageSchema.safeParse(sent);
  if (!read.success) return no(100, '(#100) Invalid parameter');
  const { to, type, biz_opaque_callback_data: opaque } = read.data;
  const client = clientOf(to);
  if (!client) return no(131026, '(#131026) Message undeliverable');
  const content = await contentOf(stores, read.data);
  if (!content) return no(131009, '(#131009) Parameter value is not valid');
  const { state } = stores;
  if (await state.takeRefusal()) return no(131026, '(#131026) Message undeliverable');
  const isOpen = clock.now() / 1000 - state.wroteAt(client.phone) < WINDOW_SECONDS;
  const message = await state.addMessage({ from: 'number', phone: client.phone, ...content });
  void tellStatuses(stores, message, opaque, isOpen || type === 'template');
  return answerJson(200, {
    messaging_product: 'whatsapp',
    contacts: [{ input: to, wa_id: client.phone }],
    messages: [{ id: message.id }],
  });
}

/** What the client gets to see. Undefined if the parts do not fit the type. */
async function contentOf(
  { files }: DemoNumberStores,
  { type, text, image, audio, video, document, interactive, template }: Sent,
): Promise<Pick<NumberMessage, 'text' | 'file' | 'template' | 'buttons'> | undefined> {
  if (type === 'text') return text && { text: text.body };
  if (type === 'interactive')
    return interactive && { text: interactive.body.text, buttons: titlesIn(interactive.action) };
  if (type === 'template') {
    const known = TEMPLATES.find(({ name, status }) => name === template?.name && status === 'APPROVED');
    if (!known) return undefined;
    const body = known.components.find(({ type: part }) => part === 'BODY');
    const said = rendered(body && 'text' in body ? body.text : '', textsIn(template?.components));
    const [header] = idsIn(template?.components);
    const file = header === undefined ? undefined : await files.get(header);
    return { text: said, template: known.name, ...(file && { file: aboutFile(file) }) };
  }
  const given = { image, audio, video, document }[type];
  const file = given && (await files.get(given.id));
  return file && given && { text: given.caption, file: aboutFile(file) };
}

function rendered(text: string, values: readonly string[]): string {
  return text.replaceAll(/\{\{(\d+)\}\}/g, (_, number) => values[Number(number) - 1] ?? '');
}

/** The texts of parameters, in their order. */
function textsIn(value: unknown): string[] {
  return fieldsIn(value, (name, inner) => (name === 'text' && typeof inner === 'string' ? [inner] : []));
}

/** The ids of files. */
function idsIn(value: unknown): string[] {
  return fieldsIn(value, (name, inner) => (name === 'id' && typeof inner === 'string' ? [inner] : []));
}

/** The labels of buttons and of rows of a list. */
function titlesIn(value: unknown): string[] {
  return fieldsIn(value, (name, inner) => (name === 'title' && typeof inner === 'string' ? [inner] : []));
}

function fieldsIn(value: unknown, take: (name: string, inner: unknown) => string[]): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...take(name, inner), ...fieldsIn(inner, take)]);
}

async function tellStatuses(
  { state, appSecret }: DemoNumberStores,
  { id, phone }: NumberMessage,
  opaque: string | undefined,
  isTaken: boolean,
): Promise<void> {
  const errors = [{ code: 131047, title: 'Re-engagement message', message: 'Re-engagement message' }];
  for (const status of isTaken ? ['sent', 'delivered', 'read'] : ['failed']) {
    await sleep(STEP_MS, undefined, { ref: false });
    const about = { id, status, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: phone };
    const told = { ...about, ...(opaque !== undefined && { biz_opaque_callback_data: opaque }) };
    await tell(state, appSecret, { statuses: [isTaken ? told : { ...told, errors }] });
  }
}
