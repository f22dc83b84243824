import type { Delivery } from '../../../settings-models/running.ts';
import { isKey, type Key, t } from '../../../words/words.ts';
import { reasonWords, statusWords } from './call-words.ts';
import type { Names } from './names.ts';

/** The target of every event, and that of what leaves for a connected CRM. */
export const WEBHOOK = 'webhook';
const CRM = 'crm';

/** Whether the target is no chat: a CRM that listens, or one that is connected. */
export function isCrm(target: string): boolean {
  return target === WEBHOOK || target === CRM;
}

type Told = Pick<Delivery, 'kind' | 'target' | 'lastError'> & { readonly name?: string };

/** What leaves, and where to: "Reply to Anna via Sales (WhatsApp)", "To the CRM: a message · Anna". */
export function whatLeaves({ kind, target, name }: Pick<Told, 'kind' | 'target' | 'name'>, names: Names): string {
  if (isCrm(target)) {
    const what = t(`deliveries.${kind}` as Key);
    return name === undefined ? what : t('deliveries.about', { what, name });
  }
  const { channelId, chatType, chatId } = chatOf(target);
  return t('deliveries.reply', {
    client: names.clientOf(name, chatType, chatId),
    channel: names.channelOf(channelId),
    messenger: names.messengerOf(chatType),
  });
}

/** The chat of a target that is one. Its id may have a `#` in it. */
export function chatOf(target: string) {
  const [channelId = '', chatType = '', ...rest] = target.split('#');
  return { channelId, chatType, chatId: rest.join('#') } as const;
}

/** Who a target is, for all that failed there: the CRM, or a client. */
export function whoGets({ target, name }: Pick<Told, 'target' | 'name'>, names: Names): string {
  if (target === CRM) return t('deliveries.connected-crm');
  if (target === WEBHOOK) return t('deliveries.crm');
  const { chatType, chatId } = chatOf(target);
  return names.clientOf(name, chatType, chatId);
}

/** Why it did not leave. `said` are the words of whom it was for, if there are any. */
export interface Why {
  readonly words: string;
  readonly said?: string;
}

/** What Konvert says itself. */
const OURS: Readonly<Record<string, Key>> = {
  CHANNEL_BLOCKED: 'why-not.channel-off',
  ACCOUNT_BLOCKED: 'why-not.account-blocked',
  CHANNEL_UNAUTHORIZED: 'why-not.unauthorized',
  CONNECTION_REVOKED: 'why-not.revoked',
  CONNECTION_READ_ONLY: 'why-not.read-only',
  '24_HOURS_EXCEEDED': 'why-not.window',
  FILE_GONE: 'why-not.file-gone',
  GIVEN_UP: 'why-not.given-up',
  NO_RECEIVER: 'why-not.no-receiver',
  RECEIVER_GONE: 'why-not.gone',
  SWITCHED_OFF: 'why-not.switched-off',
  NO_ID: 'why-not.no-id',
  NO_FACT: 'why-not.no-fact',
  NOT_TOLD: 'why-not.no-fact',
  TWIN: 'why-not.twin',
  NO_CONTACT: 'why-not.crm-no-contact',
  CRM_DISABLED: 'why-not.crm-off',
  CRM_DISCONNECTED: 'why-not.crm-left',
  CRM_GONE: 'why-not.crm-gone',
  CRM_UNCLEAR: 'why-not.crm-unclear',
  CRM_LOOKS_FOR_TWINS: 'why-not.crm-twins',
};

/**
 * Codes that say more than the word of the compatible API, by chat type.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const MESSENGERS: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  telegram: { '401': 'why-not.unauthorized', '403': 'why-not.client-blocks', '413': 'why-not.too-large' },
  whatsapp: {
    '131026': 'why-not.not-there',
    '131047': 'why-not.window',
    '131042': 'why-not.payment',
    '131049': 'why-not.enough-marketing',
  },
};

/** Why nothing leaves for a connected CRM, as far as it says more of it. Every other code is a refusal of its own. */
const CRMS: Readonly<Record<string, Key>> = {
  CRM_VALIDATION_RULE: 'why-not.crm-rule',
  CRM_PLAN: 'why-not.crm-plan',
  CRM_USER_GONE: 'why-not.crm-user-gone',
  CRM_STAGE_GONE: 'why-not.crm-stage-gone',
  CRM_FIELD_GONE: 'why-not.crm-field-gone',
  CRM_NOT_ADMIN: 'why-not.crm-rights',
  CRM_UNREACHABLE: 'why-not.crm-silent',
  CRM_UNAUTHORIZED: 'why-not.crm-unauthorized',
  CRM_BUSY: 'why-not.crm-busy',
  CRM_BLOCKED: 'why-not.crm-blocked',
};

/** Words of Telegram that say enough. Its code is 400 for nearly everything. */
const SAID: readonly (readonly [words: RegExp, key: Key])[] = [
  [/chat not found|user not found|PEER_ID_INVALID/i, 'why-not.stranger'],
  [/too long|TOO_LONG/, 'why-not.too-long'],
  [/file is too big/i, 'why-not.too-large'],
];

/** Why the last call failed, in plain words; undefined if none has. */
export function whyNot({ target, lastError }: Pick<Told, 'target' | 'lastError'>): Why | undefined {
  if (!lastError) return undefined;
  const { code, description, reason } = lastError;
  const ours = OURS[code];
  if (ours) return { words: t(ours) };
  if (target === CRM) return { words: t(CRMS[code] ?? 'why-not.crm-refused'), said: description };
  if (target === WEBHOOK) return { words: byReceiver(code, description) };
  if (code === 'UNREACHABLE') return { words: t('why-not.unreachable'), said: description };
  if (code === '429') return { words: t('why-not.slow-down'), said: description };
  const { chatType } = chatOf(target);
  const said = chatType === 'telegram' ? SAID.find(([words]) => words.test(description))?.[1] : undefined;
  const known = MESSENGERS[chatType]?.[code] ?? said;
  if (known) return { words: t(known), said: description };
  const key = `failure.${reason}`;
  return { words: isKey(key) ? t(key) : t('why-not.refused', { code }), said: description };
}

/** The code of a failed call stands at the end of what the server says. */
function byReceiver(code: string, description: string): string {
  if (code === 'UNREACHABLE') return reasonWords(/: (\w+)$/.exec(description)?.[1] ?? 'unknown');
  return /^[1-5]\d\d$/.test(code) ? statusWords(Number(code)) : description;
}
