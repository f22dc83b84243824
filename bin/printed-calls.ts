import { DEMO_PATH } from '#local/demo/messenger';

/** A step that cannot be done, in words for whoever typed it. */
export class StepError extends Error {}

/** Where a Konvert is, and the key to speak to it with. */
export interface Access {
  readonly url: string;
  readonly apiKey: string;
  /** Whom it acts as; without, it is the CRM itself. */
  readonly user?: string;
  /** What is not for the screen, and how a shell gets it instead. */
  readonly hidden?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

const ANSWER_MS = 30_000;

/** Makes a call, with the call and its answer on the terminal; what is not 2xx is a `StepError` in those words. */
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

/** Makes a call. */
export async function call({ url, apiKey, user }: Access, { method, path, body }: Call) {
  try {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        ...(user !== undefined && { 'konvert-user': user }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  } catch {
    throw new StepError(`Konvert does not answer at ${url}. Start it first: npm start`);
  }
}

/** The same call for a shell. */
export function curl({ url, apiKey, user, hidden = {} }: Access, { method, path, body }: Call): string {
  const acting = user === undefined ? [] : ['-H', quote(`Konvert-User: ${user}`)];
  const key = path.startsWith(DEMO_PATH) ? [] : ['-H', quote(`Authorization: Bearer ${apiKey}`), ...acting];
  const sent =
    body === undefined ? [] : ['-H', quote('Content-Type: application/json'), '-d', quote(JSON.stringify(body))];
  const line = ['curl', '-X', method, ...key, ...sent, quote(url + path)].join(' ');
  return Object.entries(hidden).reduce((shown, [secret, how]) => shown.replaceAll(secret, `'"${how}"'`), line);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
