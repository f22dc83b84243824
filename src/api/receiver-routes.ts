import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, optionalText, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import type { AnsweredCall } from '#domain/last-answers';
import { NO_SUBSCRIPTIONS, type Receiver, type Subscriptions } from '#domain/receiver';
import { SIGNS_ON_MS } from '#domain/signing-secret';
import { invalidRequest, RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { readValues, withoutNulls } from '#http/read-body';
import type { NoFields } from '#no-fields';

const LONGEST_URI = 200;
/** All secrets of a receiver have to fit into what KMS seals. */
const LONGEST_KEY = 1_000;

/** Clients of the compatible API send texts, too. */
export const booleanOrWord = z.pipe(
  z.union([z.boolean(), z.string().check(z.maxLength(5), z.regex(/^(true|false)$/i))]),
  z.transform((value) => String(value).toLowerCase() === 'true'),
);

/** `templateStatus` has two other names in clients. */
const switches = {
  messagesAndStatuses: z.optional(booleanOrWord),
  contactsAndDealsCreation: z.optional(booleanOrWord),
  channelsUpdates: z.optional(booleanOrWord),
  templateStatus: z.optional(booleanOrWord),
  templateStatuses: z.optional(booleanOrWord),
  wabaTemplatesStatus: z.optional(booleanOrWord),
  assignments: z.optional(booleanOrWord),
  waiting: z.optional(booleanOrWord),
};
/** Which events are wanted. */
export const switchesSchema = z.object(switches);

/**
 * The body of `PATCH /v3/webhooks`. A switch left out is off; the three names of templates are one switch. Without `webhooksUri` the
 * address stays. `crmKey` goes with each event as `Authorization: Bearer`; left out it stays, `null` removes it.
 */
export const newRegistration = z.object({
  webhooksUri: z.optional(z.string().check(z.maxLength(LONGEST_URI), z.refine(isCallable))),
  subscriptions: z.optional(switchesSchema),
  ...switches,
  // It becomes a header, so it has what a header may hold.
  crmKey: z.nullish(z.string().check(z.maxLength(LONGEST_KEY), z.regex(/^([\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?)?$/))),
});

/** The answer to a registration. Clients look at its status only. */
export const registrationAnswer = z.object({ ok: z.literal(true) });

/** Which events are sent. The two that only Konvert has are there while they are on, so that old clients read what they know. */
export const subscribed = z.object({
  messagesAndStatuses: z.boolean(),
  contactsAndDealsCreation: z.boolean(),
  channelsUpdates: z.boolean(),
  templateStatus: z.boolean(),
  wabaTemplatesStatus: z.boolean(),
  assignments: z.exactOptional(z.literal(true)),
  waiting: z.exactOptional(z.literal(true)),
});

/**
 * Where events go. Two of the switches are one, by the names that clients know. `endedAt` is there if the receiver
 * answered 410: nothing is sent any more until it is registered again.
 */
export const receiverAnswer = z.object({
  webhooksUri: z.nullable(text),
  subscriptions: subscribed,
  endedAt: z.exactOptional(time),
});

/**
 * A new secret, which signs events from `validFrom` on and is shown this once. The former one, if there was any, signs
 * beside it until `formerSignsUntil`.
 */
export const newSecretAnswer = z.object({ secret: text, validFrom: time, formerSignsUntil: z.nullable(time) });

/**
 * A test call of the registered address: when, how long it took, and the status of the answer; or the reason why there
 * was none.
 */
export const receiverTest = z.object({
  at: time,
  tookMs: count,
  status: z.optional(count),
  reason: optionalText,
});

/** A call of the registered address. `events` is how many events were in it; a test has none. */
export const answeredCall = z.extend(receiverTest, { events: count });

/** The last calls of the registered address, the newest first. */
export const answeredCalls = z.object({ answers: z.array(answeredCall) });

/** What a registration asks for. `crmKey`: `null` removes it, `undefined` lets it be. */
export interface WantedRegistration {
  readonly webhooksUri: string | undefined;
  readonly subscriptions: Subscriptions;
  readonly crmKey: string | null | undefined;
}

/** The body of a registration. Throws a `RequestError` 400. */
export function readRegistration(body: Uint8Array): WantedRegistration {
  const sent = readJson(body);
  const isKeyRemoved = typeof sent === 'object' && sent !== null && 'crmKey' in sent && sent.crmKey === null;
  const {
    webhooksUri,
    subscriptions = {},
    crmKey,
    ...beside
  } = readValues(newRegistration, withoutNulls(sent), (fields) =>
    fields.includes('webhooksUri') ? uriNotValid() : invalidRequest(fields),
  );
  const read = { ...beside, ...subscriptions };
  const { messagesAndStatuses = false, contactsAndDealsCreation = false, channelsUpdates = false } = read;
  const { assignments = false, waiting = false } = read;
  const templateStatus = [read.templateStatus, read.templateStatuses, read.wabaTemplatesStatus].includes(true);
  return {
    webhooksUri,
    subscriptions: {
      messagesAndStatuses,
      contactsAndDealsCreation,
      channelsUpdates,
      templateStatus,
      assignments,
      waiting,
    },
    crmKey: isKeyRemoved ? null : crmKey || undefined,
  };
}

/** The address is none that can be called. */
export function uriNotValid(): RequestError {
  return new RequestError(400, 'uriNotValid', 'Provided URI is not valid URI');
}

/** The address did not answer the test request with 200. `data` says what came instead. */
export function testPostNotPassed(data: { readonly status: number } | { readonly reason: string }): RequestError {
  return new RequestError(400, 'testPostNotPassed', 'URI does not return 200 OK on test request', data);
}

/** Where events go. */
export function presentReceiver(receiver: Receiver | undefined): z.infer<typeof receiverAnswer> {
  if (!receiver) return { webhooksUri: null, subscriptions: presentSubscriptions(NO_SUBSCRIPTIONS) };
  const { uri, subscriptions, endedAt, version: _version, listensSince: _since, ...rest } = receiver;
  rest satisfies NoFields;
  return {
    webhooksUri: uri,
    subscriptions: presentSubscriptions(subscriptions),
    ...(endedAt !== undefined && { endedAt: presentTime(endedAt) }),
  };
}

function presentSubscriptions({
  messagesAndStatuses,
  contactsAndDealsCreation,
  channelsUpdates,
  templateStatus,
  assignments,
  waiting,
  ...rest
}: Subscriptions): z.infer<typeof receiverAnswer>['subscriptions'] {
  rest satisfies NoFields;
  return {
    messagesAndStatuses,
    contactsAndDealsCreation,
    channelsUpdates,
    templateStatus,
    wabaTemplatesStatus: templateStatus,
    ...(assignments && { assignments }),
    ...(waiting && { waiting }),
  };
}

/** A secret that was made at that time, and whether there was one before. */
export function presentNewSecret(secret: string, hadOne: boolean, now: number): z.infer<typeof newSecretAnswer> {
  return { secret, validFrom: presentTime(now), formerSignsUntil: hadOne ? presentTime(now + SIGNS_ON_MS) : null };
}

/** A test call. */
export function presentTest({ at, tookMs, end, ...rest }: Omit<AnsweredCall, 'events'>): z.infer<typeof receiverTest> {
  rest satisfies NoFields;
  return { at: presentTime(at), tookMs, ...('status' in end ? { status: end.status } : { reason: end.reason }) };
}

/** A call that the receiver was sent. */
export function presentAnswer({ events, ...call }: AnsweredCall): z.infer<typeof answeredCall> {
  return { ...presentTest(call), events };
}

/** `fetch` refuses an address with a name and password. */
function isCallable(uri: string): boolean {
  const url = /^https?:\/\/\S+$/i.test(uri) ? URL.parse(uri) : null;
  return url !== null && url.username === '' && url.password === '';
}

/** The routes of the receiver of events. */
export const describedReceiverRoutes = {
  'GET /v3/webhooks': {
    operationId: 'getReceiver',
    tag: 'Events',
    summary: 'Where events go, and which',
    description: 'No answer shows `crmKey`.',
    answer: receiverAnswer,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
  'PATCH /v3/webhooks': {
    operationId: 'registerReceiver',
    tag: 'Events',
    summary: 'Register the address that gets events, and choose which',
    description:
      'The address is called with `{"test": true}` before anything is stored, and has to answer exactly 200 within 25 seconds. Without `webhooksUri` the stored one stays. All switches off is not probed: so the deliveries to a dead address can be stopped. A first registration holds at once, a change within 10 seconds.',
    body: newRegistration,
    answer: registrationAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'uriNotValid', 'testPostNotPassed'],
  },
  'POST /v3/webhooks': {
    operationId: 'registerReceiverByPost',
    tag: 'Events',
    summary: 'The same as PATCH',
    body: newRegistration,
    answer: registrationAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'uriNotValid', 'testPostNotPassed'],
  },
  'POST /v1/webhooks/secret': {
    operationId: 'createSigningSecret',
    tag: 'Events',
    summary: 'A new secret that signs events; the former one signs beside it for a day',
    description:
      'The secret signs every call by the rules of [Standard Webhooks](https://www.standardwebhooks.com), and is shown this once. It needs no body.',
    answer: newSecretAnswer,
    status: 201,
    security: 'apiKey',
    errors: [],
  },
  'POST /v1/webhooks/test': {
    operationId: 'testReceiver',
    tag: 'Events',
    summary: 'Call the registered address once with `{"test": true}`, and say what it answered',
    description:
      'It has the headers of an event, 25 seconds to answer, and changes nothing. `status` is that of the answer; without one, `reason` says why: `TIMEOUT`, `PRIVATE_ADDRESS`, or the code of a failed connection. It needs no body.',
    answer: receiverTest,
    status: 200,
    security: 'apiKey',
    errors: ['NO_RECEIVER'],
  },
  'GET /v1/webhooks/answers': {
    operationId: 'listReceiverAnswers',
    tag: 'Events',
    summary: 'The last answers of the registered address, to events and tests alike, the newest first',
    description: 'About twenty. An answer that was not noted before a crash is missing; its events are sent again.',
    answer: answeredCalls,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
} satisfies DescribedRoutes;
