import { DEMO_PATH } from '#local/demo/messenger';
import { StepError } from './errors.ts';

/** The address of a Konvert, and the key to call it with. */
export interface Access {
  readonly url: string;
  readonly apiKey: string;
  /** The user to act as. Without one the caller is the CRM itself. */
  readonly user?: string;
  /** For each secret that is not printed, what a shell puts in its place. */
  readonly hidden?: Readonly<Record<string, string>>;
}

/** An HTTP call to Konvert, without address and key. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
}

const ANSWER_MS = 30_000;

/**
 * Makes a call and prints it with its answer. An answer that is not 2xx is a `StepError` with the words of `reasonOf`.
 */
export async function show<T>(
  access: Access,
  wanted: Call,
  reasonOf: (status: number, body: unknown) => string = (status) => `Konvert answered ${status}`,
): Promise<T> {
  console.log(`${curl(access, wanted)}\n`);
  const { status, body } = await call(access, wanted);
  console.log(`${status} ${JSON.stringify(body, null, 2)}`);
  if (status >= 300) throw new StepError(reasonOf(status, body));
  return body as T;
}

/** Makes a call without printing it. Throws a `StepError` if nothing answers. */
export async function call({ url, apiKey, user }: Access, { method, path, body }: Call) {
  try {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        ...(user !== undefined && { 'konvert-user': headerOf(user) }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  } catch {
    throw new StepError(`Konvert does not answer at ${url}. Start it first: npm start`);
  }
}

/** The call as a line for a shell. */
export function curl({ url, apiKey, user, hidden = {} }: Access, { method, path, body }: Call): string {
  const acting = user === undefined ? [] : ['-H', quote(`Konvert-User: ${headerOf(user)}`)];
  const key = path.startsWith(DEMO_PATH) ? [] : ['-H', quote(`Authorization: Bearer ${apiKey}`), ...acting];
  const sent =
    body === undefined ? [] : ['-H', quote('Content-Type: application/json'), '-d', quote(JSON.stringify(body))];
  const line = ['curl', '-X', method, ...key, ...sent, quote(url + path)].join(' ');
  return Object.entries(hidden).reduce((shown, [secret, how]) => shown.replaceAll(secret, `'"${how}"'`), line);
}

/** An id as the value of a header, which holds ASCII only. */
function headerOf(user: string): string {
  return /^[!-~]+$/.test(user) ? user : encodeURIComponent(user);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
