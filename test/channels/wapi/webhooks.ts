/** Webhook bodies in Meta's shapes. All ids, names and numbers are made up. */

export const NUMBER_ID = '330119902200410';
export const WABA_ID = '208811300457712';
export const NUMBER = '12025550100';
export const DANA = '12025550142';
export const DANA_ID = 'US.70412295513308';
export const DANA_PARENT = 'US.ENT.90412295513301';
export const TIME = 1791806400;

type Fields = Readonly<Record<string, unknown>>;

/** The contact that Meta tells beside a message of Dana's. */
export const CONTACT = { profile: { name: 'Dana K.' }, wa_id: DANA, user_id: DANA_ID };

/** A body with one change of that field. */
export function webhook(field: string, value: Fields, entry: Fields = {}): Record<string, unknown> {
  return { object: 'whatsapp_business_account', entry: [{ id: WABA_ID, changes: [{ field, value }], ...entry }] };
}

/** The value of a change that is about a number. */
export function value(more: Fields, numberId = NUMBER_ID): Record<string, unknown> {
  const metadata = { display_phone_number: NUMBER, phone_number_id: numberId };
  return { messaging_product: 'whatsapp', metadata, ...more };
}

/** A message of Dana's. */
export function message(fields: Fields): Record<string, unknown> {
  return { from: DANA, from_user_id: DANA_ID, id: 'wamid.M01==', timestamp: String(TIME), ...fields };
}

/** A body with one message of Dana's. */
export function said(fields: Fields): Record<string, unknown> {
  return webhook('messages', value({ contacts: [CONTACT], messages: [message(fields)] }));
}

/** A body with one message that the team wrote to Dana in the phone's app. */
export function echoed(fields: Fields): Record<string, unknown> {
  const echo = { from: NUMBER, to: DANA, to_user_id: DANA_ID, id: 'wamid.E01==', timestamp: String(TIME), ...fields };
  return webhook('smb_message_echoes', value({ message_echoes: [echo] }));
}

/** A body with statuses of a message to Dana. */
export function statuses(...all: readonly Fields[]): Record<string, unknown> {
  const each = all.map((fields) => ({
    id: 'wamid.OUT17==',
    timestamp: String(TIME),
    recipient_id: DANA,
    recipient_user_id: DANA_ID,
    ...fields,
  }));
  return webhook('messages', value({ contacts: [CONTACT], statuses: each }));
}

/** A body with one thread of imported history, Dana's. */
export function history(...messages: readonly Fields[]): Record<string, unknown> {
  const thread = { id: DANA, context: { wa_id: DANA, user_id: DANA_ID, username: 'dana_k' }, messages };
  const chunk = { metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [thread] };
  return webhook('history', value({ history: [chunk] }));
}

/** JSON as Meta writes it: what is not ASCII is escaped, and so is each slash. */
export function escapedJson(body: unknown): Buffer {
  const text = JSON.stringify(body).replaceAll('/', '\\/');
  return Buffer.from(
    text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
