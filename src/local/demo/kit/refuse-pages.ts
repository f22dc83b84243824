import { isLoopback } from '#local/loopback';
import { answerJson, type PlainAnswer, type PlainRequest } from '#local/server/gateway';

/**
 * The refusal of a request that a page of another site may have sent by a browser on this machine; undefined if the
 * request may come in: from a program, or from Konvert's own page, which plays the demo clients. The demo messenger has routes without a key, so a page could write as a client, and a page with
 * a name that leads to this machine could read the messages. `isKnown`: the request names a secret, so it is no page's.
 */
export function refusePages(
  { method, headers }: Pick<PlainRequest, 'method' | 'headers'>,
  isKnown = false,
): PlainAnswer | undefined {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (!isLoopback(host.replace(/:\d*$/, ''))) {
    return refusal(403, 'WRONG_HOST', 'The demo messenger is called by an address of this machine only');
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return refusal(403, 'WRONG_ORIGIN', 'The demo messenger is not there for pages of other sites');
  }
  // A browser says where a request comes from: the page that Konvert serves here, or somebody who typed the address.
  if (site !== undefined && site !== 'same-origin' && !(site === 'none' && method === 'GET')) {
    return refusal(403, 'WRONG_ORIGIN', 'The demo messenger is not there for pages of other sites');
  }
  // A browser asks before it sends JSON to another site, and it sends forms and plain text unasked.
  const isJson = /^application\/json *(;|$)/i.test(headers['content-type'] ?? '');
  if (method !== 'GET' && !isJson && !isKnown) {
    return refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send JSON: Content-Type: application/json');
  }
  return undefined;
}

function refusal(status: number, error: string, description: string): PlainAnswer {
  return answerJson(status, { error, description });
}
