/** How a call of a receiver ended: with a status, or without an answer and with the code of the failure. */
export type CallEnd =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly code: string };

/**
 * What follows from a call. `refused`: perhaps because of one event. `ill`: the receiver takes nothing now. `unclear`:
 * there was no answer, so the events may have arrived. `gone`: nobody wants events there any more.
 */
export type CallOutcome = 'taken' | 'refused' | 'ill' | 'unclear' | 'gone';

/** Answers of this class that say something about what was sent. All others say something about the receiver. */
const ABOUT_EVENTS = new Set([400, 406, 409, 411, 412, 413, 414, 415, 416, 417, 418, 422, 424, 431, 500]);

/** The receiver was not reached, so nothing can have arrived. All other failures may come after it had everything. */
const NOT_REACHED = new Set([
  'PRIVATE_ADDRESS',
  'BAD_ADDRESS',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** A certificate that is not good, in the words of OpenSSL and of Node. */
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_SSL|ERR_TLS/;

/** What follows from the end of a call. The body of an answer changes nothing. */
export function outcomeOf(end: CallEnd): CallOutcome {
  if (end.kind === 'failed') return isNotReached(end.code) ? 'ill' : 'unclear';
  const { status } = end;
  if (status >= 200 && status < 300) return 'taken';
  if (status === 410) return 'gone';
  return ABOUT_EVENTS.has(status) ? 'refused' : 'ill';
}

function isNotReached(code: string): boolean {
  return NOT_REACHED.has(code) || NOT_TRUSTED.test(code);
}
