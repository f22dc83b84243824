import { type Key, t } from '../../../words/words.ts';

/** Why a call of an address got no answer, by the codes of Node. */
const REASONS: Readonly<Record<string, Key>> = {
  TIMEOUT: 'call.timeout',
  PRIVATE_ADDRESS: 'call.private',
  BAD_ADDRESS: 'call.bad-address',
  ECONNREFUSED: 'call.refused',
  ENOTFOUND: 'call.unknown-host',
  EAI_AGAIN: 'call.unknown-host',
  EHOSTUNREACH: 'call.unreachable',
  ENETUNREACH: 'call.unreachable',
  ETIMEDOUT: 'call.unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'call.unreachable',
  ECONNRESET: 'call.cut-off',
  EPIPE: 'call.cut-off',
  UND_ERR_SOCKET: 'call.cut-off',
};
/** A certificate that is not good, in the words of OpenSSL and of Node. */
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_SSL|ERR_TLS/;

/** Why a call got no answer, in plain words. */
export function reasonWords(code: string): string {
  const key = REASONS[code] ?? (NOT_TRUSTED.test(code) ? 'call.not-trusted' : undefined);
  return key === undefined ? t('call.no-answer', { code }) : t(key);
}

const STATUSES: Readonly<Record<number, Key>> = {
  401: 'call.not-let-in',
  403: 'call.not-let-in',
  404: 'call.not-found',
  405: 'call.no-post',
  410: 'call.gone',
  413: 'call.too-large',
  429: 'call.too-many',
};

/** What an answer with that status means, in plain words. */
export function statusWords(status: number): string {
  return t(STATUSES[status] ?? kindOf(status), { status });
}

function kindOf(status: number): Key {
  if (status < 300) return 'call.taken';
  if (status < 400) return 'call.redirect';
  return status < 500 ? 'call.not-taken' : 'call.broken';
}

/** How a call ended: by its status, or by the reason why there was none. */
export function endWords({ status, reason }: { readonly status?: number; readonly reason?: string }): string {
  return status === undefined ? reasonWords(reason ?? 'unknown') : statusWords(status);
}
