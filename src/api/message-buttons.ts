import * as z from 'zod/mini';
import { optionalUpTo, shortText } from '#api/crm-fields';
import type { Button, Buttons } from '#domain/message';
import { type RefuseFields, readValues } from '#http/read-body';

/** More than any messenger takes. */
const MOST_BUTTONS = 100;
/** WhatsApp takes ten. Wazzup drops those behind them without an error, and so do we. */
const MOST_IN_A_LIST = 10;
const LONGEST_PAYLOAD = 256;
/** Of all buttons as JSON. They are stored with their message, and an item of a table has 400 KB. */
const MOST_BYTES = 100_000;

/** `callbackData` of 64 bytes is Telegram's limit: https://core.telegram.org/bots/api#inlinekeyboardbutton */
const callbackData = z.pipe(
  z.optional(z.string().check(z.refine((value) => Buffer.byteLength(value) <= 64))),
  z.transform((value) => value || undefined),
);

/** A button of a WhatsApp message. */
export const listed = z.object({
  text: shortText(20),
  type: z.optional(z.literal('text')),
  payload: optionalUpTo(LONGEST_PAYLOAD),
});

/** A button in a row: of Telegram, or of MAX with a `type` and a `payload`. */
export const inRow = z.object({
  type: z.optional(z.enum(['callback', 'link', 'message'])),
  text: shortText(64),
  url: optionalUpTo(2048),
  callbackData,
  payload: callbackData,
});

/** Of an inline button of Telegram, one of the two is there. */
const inline = inRow.check(
  z.refine(({ url, callbackData }) => (url === undefined) !== (callbackData === undefined), { path: ['callbackData'] }),
);

const rowsOf = (button: typeof inRow | typeof inline) =>
  z.array(z.array(button).check(z.maxLength(MOST_BUTTONS))).check(z.maxLength(MOST_BUTTONS));

/** The buttons of a WhatsApp message. */
export const list = z.array(listed);
/** A button of a template, by its place. */
export const payloadButton = z.object({ payload: shortText(LONGEST_PAYLOAD) });
/** The buttons of a template, as far as they give back something. */
export const payloads = z.array(payloadButton);
/** Rows of buttons. */
export const rows = z.array(z.array(inRow));

/** What may stand beside the buttons. */
export const keyboard = z.object({
  replyMarkup: z.optional(z.enum(['inline', 'reply'])),
  buttons: z.optional(z.array(z.unknown()).check(z.maxLength(MOST_BUTTONS))),
  oneTimeKeyboard: z.optional(z.boolean()),
  removeKeyboard: z.optional(z.boolean()),
});

/**
 * The buttons of a `buttonsObject` (reference, section 3.8): a list as for WhatsApp, rows as for Telegram and MAX, or
 * either without the object around it. Undefined if there are none. Throws the error that `refuse` makes from the names
 * of the wrong fields.
 */
export function readButtons(given: unknown, refuse: RefuseFields): Buttons | undefined {
  const { replyMarkup, buttons = [], oneTimeKeyboard, removeKeyboard } = readKeyboard(given, refuse);
  const hasRows = buttons.some(Array.isArray);
  const isKeyboard = hasRows || isOfTelegram(buttons, replyMarkup);
  const place = (isKeyboard && replyMarkup) || 'inline';
  const all = isKeyboard
    ? readRows(buttons, hasRows, replyMarkup, refuse).map((row) => row.map((button) => toButton(button, place)))
    : readList(buttons, refuse);
  const rows = all.filter((row) => row.length > 0);
  if (Buffer.byteLength(JSON.stringify(rows)) > MOST_BYTES) throw refuse(['buttonsObject.buttons']);
  if (rows.length === 0) return removeKeyboard ? { place: 'reply', rows, removes: true } : undefined;
  return { place, rows, ...(place === 'reply' && oneTimeKeyboard === true && { oneTime: true }) };
}

function readList(buttons: readonly unknown[], refuse: RefuseFields): Button[][] {
  const all = read(list, buttons.slice(0, MOST_IN_A_LIST), refuse);
  return all.map(({ text, payload }) => [{ text, ...(payload !== undefined && { payload }) }]);
}

/** Rows. A list of buttons has one in each row. */
function readRows(
  buttons: readonly unknown[],
  hasRows: boolean,
  replyMarkup: Buttons['place'] | undefined,
  refuse: RefuseFields,
): (readonly z.infer<typeof inRow>[])[] {
  const button = replyMarkup === 'inline' ? inline : inRow;
  return hasRows ? read(rowsOf(button), buttons, refuse) : read(z.array(button), buttons, refuse).map((one) => [one]);
}

/** Whether a list holds buttons of Telegram: read as a list of WhatsApp's, what they do would be lost. */
function isOfTelegram(buttons: readonly unknown[], replyMarkup: Buttons['place'] | undefined): boolean {
  const has = (field: string) => buttons.some((button) => isObject(button) && Boolean(button[field]));
  return has('url') || has('callbackData') || (replyMarkup === 'reply' && !has('payload'));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The payloads of a template's buttons. Their texts stand in the template. */
export function readPayloads(given: unknown, refuse: RefuseFields): string[] {
  const { buttons = [] } = readKeyboard(given, refuse);
  return read(payloads, buttons.slice(0, MOST_IN_A_LIST), refuse).map(({ payload }) => payload);
}

function readKeyboard(given: unknown, refuse: RefuseFields): z.infer<typeof keyboard> {
  const object = Array.isArray(given) ? { buttons: given } : (given ?? {});
  return readValues(keyboard, object, (fields) => refuse(within('buttonsObject', fields)));
}

function read<S extends z.ZodMiniType>(schema: S, buttons: readonly unknown[], refuse: RefuseFields): z.infer<S> {
  return readValues(schema, buttons, (fields) => refuse(within('buttonsObject.buttons', fields)));
}

function within(place: string, fields: readonly string[]): string[] {
  return fields.length > 0 ? fields.map((field) => `${place}.${field}`) : [place];
}

/** A press of a `reply` button sends its text, so nothing else of it counts. */
function toButton({ text, url, callbackData, payload }: z.infer<typeof inRow>, place: Buttons['place']): Button {
  const given = callbackData ?? payload;
  if (place === 'reply') return { text };
  if (url !== undefined) return { text, url };
  return { text, ...(given !== undefined && { payload: given }) };
}
