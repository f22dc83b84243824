import type { Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';
import type { BridgeAnswer } from './answers.ts';

/** What a refusal of the bridge means for a message. `reason` is a word of the compatible API (`MESSAGE_ERRORS`). */
interface Meaning {
  readonly kind: Exclude<Sent['kind'], 'sent' | 'notReady'>;
  readonly reason: string;
  /** Who else gets the same answer. */
  readonly scope: 'message' | 'person' | 'channel';
  readonly retryAfterSeconds?: number;
}

/** A refusal as the bridge words it. Without `code` the words alone decide. */
interface ErrorRow extends Meaning {
  readonly code?: string;
  readonly words: RegExp;
}

const refused = { kind: 'refused', scope: 'message' } as const;
const ANY = /(?:)/;

/**
 * What the bridge says no with. Its codes are those of HTTP, and 400 is most of what goes wrong behind it: there the
 * words tell more. They are no promise of its.
 * https://github.com/EvolutionAPI/evolution-api/blob/2.3.7/src/api/integrations/channel/whatsapp/whatsapp.baileys.service.ts
 */
export const ERRORS: readonly ErrorRow[] = [
  // The key, or what it is the key of. Nothing leaves with these credentials.
  { code: '401', words: ANY, kind: 'unauthorized', reason: 'CHANNEL_REJECTED', scope: 'channel' },
  { code: '403', words: ANY, kind: 'unauthorized', reason: 'CHANNEL_REJECTED', scope: 'channel' },
  { words: /instance does not exist/i, kind: 'unauthorized', reason: 'CHANNEL_REJECTED', scope: 'channel' },

  // The phone or WhatsApp does not answer the bridge. Nothing was sent, or nobody knows.
  {
    words:
      /Connection (?:Closed|Terminated|Lost|Failure|was lost)|Timed Out|Service Unavailable|instance is not connected/i,
    kind: 'unreachable',
    reason: 'GENERAL_ERROR',
    scope: 'channel',
  },
  { words: /rate-overlimit/i, kind: 'throttled', reason: 'TOO_MANY_EXT_REQS', scope: 'channel', retryAfterSeconds: 60 },

  // Of the person. WhatsApp lets nobody write first to too many: 463.
  {
    words: /is not at WhatsApp|item-not-found|"exists":false/i,
    kind: 'refused',
    reason: 'BAD_CONTACT',
    scope: 'person',
  },
  { code: '463', words: ANY, kind: 'refused', reason: 'SPAM', scope: 'person' },
  { code: 'ERROR', words: ANY, kind: 'refused', reason: 'GENERAL_ERROR', scope: 'person' },

  // Of edits and deletions.
  { words: /older than 15 minutes/i, ...refused, reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
  { words: /RemoteJid does not match|Message not found/i, ...refused, reason: 'MESSAGES_NOT_FOUND' },
  { words: /Message not compatible/i, ...refused, reason: 'WRONG_CONTENT' },

  // Of the file: the bridge fetches it itself.
  { code: '413', words: ANY, ...refused, reason: 'TOO_BIG_CONTENT' },
  {
    words:
      /request failed with status code|Invalid URL|Unsupported protocol|media must be|must be a url|ENOTFOUND|ECONNREFUSED/i,
    ...refused,
    reason: 'WRONG_CONTENT',
  },

  // Its own faults end.
  { code: '500', words: ANY, kind: 'unreachable', reason: 'GENERAL_ERROR', scope: 'channel' },
  { code: '502', words: ANY, kind: 'unreachable', reason: 'GENERAL_ERROR', scope: 'channel' },
  { code: '503', words: ANY, kind: 'unreachable', reason: 'GENERAL_ERROR', scope: 'channel' },
  { code: '504', words: ANY, kind: 'unreachable', reason: 'GENERAL_ERROR', scope: 'channel' },
];

const UNKNOWN: Meaning = { ...refused, reason: 'UNKNOWN_ERROR' };

/** What a refusal means. */
export function meaningOf({ code, description }: Pick<Refusal, 'code' | 'description'>): Meaning {
  const row = ERRORS.find((one) => (one.code === undefined || one.code === code) && one.words.test(description));
  return row ?? UNKNOWN;
}

/** Why a message was refused, in the words of the compatible API. */
export function refusalOf({ code, description }: Pick<Refusal, 'code' | 'description'>): Refusal {
  return { reason: meaningOf({ code, description }).reason, code, description };
}

/** The result of a message that was not sent. Every limit of the bridge is the whole phone's. */
export function toUnsent(answer: Exclude<BridgeAnswer, { kind: 'ok' }>) {
  switch (answer.kind) {
    case 'unreachable':
      return answer;
    case 'throttled':
      return { ...answer, scope: 'channel' } as const;
    case 'refused': {
      const kind = meaningOf(answer).kind === 'unauthorized' ? 'unauthorized' : 'refused';
      return { kind, refusal: refusalOf(answer) } as const;
    }
    default:
      return answer satisfies never;
  }
}
