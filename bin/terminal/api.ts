import { createKonvertClient, type KonvertClient, type KonvertError } from '../../clients/typescript/index.ts';
import { StepError } from './errors.ts';
import type { Access } from './printed-calls.ts';

/** Konvert tries an address of a CRM for 25 seconds before it answers. */
const ANSWER_MS = 60_000;

/** What to do about an answer, by its code. What the description says itself is not said again. */
const ADVICE: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'This key is none of this Konvert, or has been revoked. Look at KONVERT_API_KEY and KONVERT_URL',
  ACCOUNT_DISABLED: 'The operator enables it again: accounts enable <accountId>',
  CONNECTED_ELSEWHERE: 'To take it away from there, run this again with --take-over, or: channels take-over',
  CHANGE_UNDER_WAY: 'Wait a minute, and do it again',
  SETTINGS_CHANGED: 'Somebody else has saved meanwhile. Look at what they are now, and do it again: settings show',
  CRM_NOT_CONNECTED: 'Connect one: crm connect',
  CRM_CONNECTED: 'End that connection first: crm disconnect',
  DIRECTORY_KEPT_BY_CONNECTOR: 'Change it in the CRM, and then: crm refresh',
  ACCOUNT_ENABLED: 'Stop it first: accounts disable <accountId>',
  PERSON_NOT_FOUND: 'The id is that of the messenger, as `chats list` shows it last',
  ERASURE_NOT_FOUND: 'See: erasures list; the operator’s with --operator',
  LAST_KEY: 'Make another one first: accounts keys create',
  NO_RECEIVER: 'Say where events go: webhook set <address>',
  testPostNotPassed: 'Start what listens there first: it has to answer POST {"test": true} with 200',
  STARTING: 'It is a new deployment. Wait a minute, and do it again',
};

/** An answer without a code is none of ours. */
const NOT_KONVERT =
  'A gateway said that, and not Konvert itself. Look at the address (--url, KONVERT_URL), or try again in a minute';

/** What fields of requests are called here. */
const FIELDS: Readonly<Record<string, string>> = {
  'newClients.pipelineId': '--pipeline',
  'newClients.stageId': '--stage',
  frameAncestors: 'the origin, such as https://crm.example.com',
  'credentials.botToken': 'the token of the bot',
  'credentials.phoneNumberId': '--phone-number-id',
  'credentials.accessToken': 'the access token',
  'credentials.appSecret': 'the app secret',
  'credentials.apiBaseUrl': '--api',
  webhooksUri: 'the address',
};

/** A client of that Konvert, as the CRM or as the user who acts. It throws a `StepError` if nothing answers. */
export function clientOf({ url, apiKey, user: actingAs }: Access): KonvertClient {
  return createKonvertClient({
    baseUrl: url,
    apiKey,
    actingAs,
    fetch: async (request: Request) => {
      const response = await fetch(request, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'manual' }).catch(
        (error: Error) => {
          throw new StepError(unreachable(url, error));
        },
      );
      const text = await response
        .clone()
        .text()
        .catch((error: Error) => {
          throw new StepError(unreachable(url, error));
        });
      const isJson = /^application\/json\b/.test(response.headers.get('content-type') ?? '') && isReadable(text);
      if (!isJson)
        throw new StepError(`What answers at ${url} is no Konvert (${response.status}). Look at the address`);
      return response;
    },
  });
}

/** What Konvert refused, in plain words: its own, the fields, and what to do. */
export function wordsOf({ status, code, description, data }: KonvertError): string {
  const told = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const isSaid = ([, value]: [string, unknown]) => namesIn(value).every((name) => description.includes(name));
  const more = told.filter((one) => !isSaid(one)).map(([name, value]) => `  ${name}: ${namesIn(value).join(', ')}`);
  const fields = told.flatMap(([name, value]) => (name === 'fields' ? namesIn(value) : []));
  const called = fields.flatMap((field) => {
    const name = FIELDS[field] ?? FIELDS[field.replace(/\.\d+$/, '')];
    return name === undefined ? [] : [`  ${field} is ${name}`];
  });
  const advice = ADVICE[code] ?? (code === `${status}` ? NOT_KONVERT : undefined);
  const said = [[...new Set([`${status}`, code])].join(' '), description].filter(Boolean).join(': ');
  return [`Konvert answered ${said}`, ...more, ...called, ...(advice ? [advice] : [])].join('\n');
}

function isReadable(json: string): boolean {
  try {
    return JSON.parse(json) !== null;
  } catch {
    return false;
  }
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

function unreachable(url: string, error: Error): string {
  if (error.name === 'TimeoutError') return `Konvert did not answer at ${url} within ${ANSWER_MS / 1000} seconds`;
  const { code = '', message = '' } = (error.cause ?? {}) as { readonly code?: string; readonly message?: string };
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const todo = isHere ? 'Start it first: npm start' : 'Look at the address (--url, KONVERT_URL) and at the network';
  return `Konvert does not answer at ${url} (${code || message}). ${todo}`;
}
