import { fieldsOf, stringOf, writtenOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import type { Entry } from '#channels/meta/envelope';
import { cut } from '#domain/cut';
import { objectIdOf } from './ids.ts';
import { wordOf } from './parts.ts';
import { ignored } from './said.ts';
import { timeOf } from './times.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update */
interface AccountUpdate {
  readonly event: unknown;
  readonly ban_info: unknown;
  readonly waba_info: unknown;
}

interface Limit {
  readonly max_daily_conversations_per_business: unknown;
  readonly max_daily_conversation_per_phone: unknown;
  readonly current_limit: unknown;
}

interface TemplateUpdate {
  readonly event: unknown;
  readonly message_template_id: unknown;
  readonly message_template_name: unknown;
}

/** What each event says of the business account: whether its numbers are shut out. */
const EVENTS: Readonly<Record<string, boolean>> = {
  ACCOUNT_DELETED: true,
  ACCOUNT_OFFBOARDED: true,
  ACCOUNT_RECONNECTED: false,
  PARTNER_ADDED: false,
  PARTNER_REMOVED: true,
};

/** What each state of a ban says. A ban that is only announced shuts nobody out. */
const BANS: Readonly<Record<string, boolean>> = { DISABLE: true, REINSTATE: false };

const MAX_NAME_LENGTH = 512;
const LARGEST_ID = /"message_template_id"\s*:\s*(\d{1,32})/g;

type Change = Entry['changes'][number]['value'];

/** Meta has shut the business account out, or has let it in again. */
export function receiveAccountUpdate(value: Change, { id, time }: Entry): Received {
  const { event, ban_info, waba_info } = fieldsOf<AccountUpdate>(value);
  const name = wordOf(event);
  const state = wordOf(fieldsOf<{ waba_ban_state: unknown }>(ban_info).waba_ban_state);
  const isBlocked = name === 'DISABLED_UPDATE' ? BANS[state] : EVENTS[name];
  const at = timeOf(time);
  if (isBlocked === undefined || at === undefined) return ignored(`account_update-${name.toLowerCase()}`);
  // Of a partner, the entry has the id of another business.
  const account = objectIdOf(fieldsOf<{ waba_id: unknown }>(waba_info).waba_id) ?? objectIdOf(id);
  return { kind: 'channel', ...(account !== undefined && { account }), isBlocked, time: at };
}

/** How many people the business may write to in a day, in Meta's words: `TIER_2K`. */
export function receiveLimit(value: Change, { id, time }: Entry): Received {
  const { max_daily_conversations_per_business, max_daily_conversation_per_phone, current_limit } =
    fieldsOf<Limit>(value);
  const given = max_daily_conversations_per_business ?? max_daily_conversation_per_phone ?? current_limit;
  const tier = tierOf(given);
  const [at, account] = [timeOf(time), objectIdOf(id)];
  if (tier === '' || at === undefined) return ignored('limit-without-tier');
  return { kind: 'channel', ...(account !== undefined && { account }), tier, time: at };
}

/** One webhook tells the number, another the word of the same limit. Without a limit the number is -1. */
function tierOf(given: unknown): string {
  const count = /^-?\d{1,9}$/.test(writtenOf(given)) ? Number(given) : undefined;
  if (count === undefined) return wordOf(given);
  if (count < 0) return 'TIER_UNLIMITED';
  return `TIER_${count > 0 && count % 1000 === 0 ? `${count / 1000}K` : count}`;
}

/** Meta has decided about a template. `exactIds` are those of the body as it came. */
export function receiveTemplate(value: Change, { id, time }: Entry, exactIds: ExactIds): Received {
  const { event, message_template_id, message_template_name } = fieldsOf<TemplateUpdate>(value);
  const templateId = exactId(message_template_id, exactIds);
  const [status, at, account] = [wordOf(event), timeOf(time), objectIdOf(id)];
  if (templateId === undefined || status === '' || at === undefined) return ignored('template-of-nothing');
  return {
    kind: 'template',
    ...(account !== undefined && { account }),
    templateId,
    name: cut(stringOf(message_template_name), MAX_NAME_LENGTH),
    status: status.toUpperCase(),
    time: at,
  };
}

/** The ids of templates in a body with all their digits, by what JSON.parse makes of them. */
export type ExactIds = () => ReadonlyMap<number, string>;

/** Finds them when the first one is needed, and once for all of a body: it may be large, and name thousands. */
export function exactIdsIn(text: string): ExactIds {
  let found: ReadonlyMap<number, string> | undefined;
  return () => {
    found ??= new Map([...text.matchAll(LARGEST_ID)].map(([, digits = '']) => [Number(digits), digits]));
    return found;
  };
}

/** Meta writes it as a number, which may have more digits than JSON.parse keeps. */
function exactId(id: unknown, exactIds: ExactIds): string | undefined {
  if (typeof id !== 'number' || Number.isSafeInteger(id)) return objectIdOf(id);
  return exactIds().get(id);
}
