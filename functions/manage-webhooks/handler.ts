import type { Crm } from '#api/authenticate';
import { createCrmRoutes } from '#api/crm-routes';
import {
  presentNewSecret,
  presentReceiver,
  readRegistration,
  testPostNotPassed,
  uriNotValid,
  type WantedRegistration,
} from '#api/receiver-routes';
import { secretsThatSign } from '#domain/signing-secret';
import type { HttpHandler, HttpRequest, HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import {
  newSigningSecret,
  type OpenReceivers,
  type PresentReceiver,
  type Registration,
} from '#store/accounts/open-receivers';
import { ContentionError } from '#store/dynamo/errors';
import type { PageTokens } from '#store/pages/tokens';
import { type AnswersDeps, callForTest, lastAnswers } from './answers.ts';
import { PROBE_MS, probe } from './probe.ts';

export interface ManageWebhooksDeps extends AnswersDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly receivers: Pick<OpenReceivers, 'of' | 'forget' | 'now' | 'save' | 'rotate'>;
  readonly log: Log;
}

/** How often a change is tried while others change the same. */
const TRIES = 5;

/**
 * Says where an account's events go, lets its CRM choose that, makes the secrets that sign them, and tells how the
 * address answers.
 */
export function createHandler(deps: ManageWebhooksDeps): HttpHandler {
  return createCrmRoutes(
    {
      'GET /v3/webhooks': (_request, actor) => read(deps, actor),
      'PATCH /v3/webhooks': (request, actor) => register(deps, request, actor),
      'POST /v3/webhooks': (request, actor) => register(deps, request, actor),
      'POST /v1/webhooks/secret': (_request, actor) => rotate(deps, actor),
      'POST /v1/webhooks/test': (_request, { account }) => callForTest(deps, account),
      'GET /v1/webhooks/answers': (_request, { account }) => lastAnswers(deps, account),
    },
    deps,
  );
}

async function read({ receivers }: ManageWebhooksDeps, { account }: Crm): Promise<HttpResponse> {
  receivers.forget(account);
  return { status: 200, body: presentReceiver(await receivers.of(account)) };
}

async function register(
  deps: ManageWebhooksDeps,
  { body }: HttpRequest,
  { account, keyId }: Crm,
): Promise<HttpResponse> {
  const { receivers, clock } = deps;
  const wanted = readRegistration(body);
  const signal = clock.deadline(PROBE_MS);
  return untilDone(async () => {
    const before = await receivers.now(account);
    const registration = registrationOf(wanted, before);
    if (needsProbe(registration, before)) await tryAddress(deps, registration, signal);
    const endedAt = needsProbe(registration, before) ? undefined : before.receiver?.endedAt;
    const isSaved = await receivers.save(before, { ...registration, endedAt }, keyId);
    return isSaved ? { status: 200, body: { ok: true } } : undefined;
  });
}

type Wanted = Omit<Registration, 'endedAt'>;

function registrationOf(
  { webhooksUri, subscriptions, crmKey: wantedKey }: WantedRegistration,
  { receiver, crmKey: storedKey, signing }: PresentReceiver,
): Wanted {
  const uri = webhooksUri ?? receiver?.uri;
  if (uri === undefined) throw uriNotValid();
  // A key that was meant for one server is told to no other.
  const kept = receiver && isSameOrigin(uri, receiver.uri) ? storedKey : undefined;
  const crmKey = wantedKey === null ? undefined : (wantedKey ?? kept);
  return { uri, subscriptions, crmKey, signing: signing.length > 0 ? signing : [{ secret: newSigningSecret() }] };
}

function isSameOrigin(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}

/** An address that is there already is left alone if nothing is sent to it any more: a dead one can be switched off. */
function needsProbe({ uri, subscriptions }: Wanted, { receiver }: PresentReceiver): boolean {
  return uri !== receiver?.uri || Object.values(subscriptions).includes(true);
}

async function tryAddress(
  { fetch, newId, clock }: ManageWebhooksDeps,
  { uri, crmKey, signing }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now();
  const called = { uri, crmKey, secrets: secretsThatSign(signing, now) };
  const probed = await probe(fetch, called, { id: newId(), now, signal });
  if ('reason' in probed || probed.status !== 200) throw testPostNotPassed(probed);
}

async function rotate({ receivers, clock }: ManageWebhooksDeps, { account, keyId }: Crm): Promise<HttpResponse> {
  return untilDone(async () => {
    const before = await receivers.now(account);
    const secret = await receivers.rotate(before, keyId);
    if (secret === undefined) return undefined;
    return { status: 201, body: presentNewSecret(secret, before.signing.length > 0, clock.now()) };
  });
}

async function untilDone(attempt: () => Promise<HttpResponse | undefined>): Promise<HttpResponse> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const done = await attempt();
    if (done) return done;
  }
  throw new ContentionError('The receiver of events');
}
