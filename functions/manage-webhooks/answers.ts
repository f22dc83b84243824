import { presentAnswer, presentTest } from '#api/receiver-routes';
import type { Clock } from '#clock';
import { type AnsweredCall, MOST_ANSWERS, readAnswers } from '#domain/last-answers';
import { secretsThatSign } from '#domain/signing-secret';
import { readKept } from '#flows/events/kept';
import { RequestError } from '#http/errors';
import type { HttpResponse } from '#http/route';
import type { OpenReceivers } from '#store/accounts/open-receivers';
import { asideLane, eventLane } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { ReceiverTests } from '#store/outbox/receiver-tests';
import { PROBE_MS, probe } from './probe.ts';

export interface AnswersDeps {
  readonly receivers: Pick<OpenReceivers, 'now'>;
  readonly tests: ReceiverTests;
  readonly lanes: Pick<Lanes, 'lanesOf'>;
  readonly fetch: typeof globalThis.fetch;
  readonly newId: () => string;
  readonly clock: Clock;
}

/** Calls the registered address once, as an event would be sent there, and says what it did. It changes nothing. */
export async function callForTest(deps: AnswersDeps, account: string): Promise<HttpResponse> {
  const { receivers, tests, fetch, newId, clock } = deps;
  const { receiver, crmKey, signing } = await receivers.now(account);
  if (!receiver) {
    throw new RequestError(409, 'NO_RECEIVER', 'There is no address to call: register one with PATCH /v3/webhooks');
  }
  const at = clock.now();
  const called = { uri: receiver.uri, crmKey, secrets: secretsThatSign(signing, at) };
  const end = await probe(fetch, called, { id: newId(), now: at, signal: clock.deadline(PROBE_MS) });
  const test = { at, tookMs: Math.max(0, clock.now() - at), end };
  await tests.add(account, test);
  return { status: 200, body: presentTest(test) };
}

/** The last answers of the receiver, to events and tests alike, the newest first. */
export async function lastAnswers(deps: AnswersDeps, account: string): Promise<HttpResponse> {
  const [tested, told] = await Promise.all([deps.tests.last(account), answersToEvents(deps, account)]);
  const all = [...tested, ...told].sort((one, other) => other.at - one.at);
  return { status: 200, body: { answers: all.slice(0, MOST_ANSWERS).map(presentAnswer) } };
}

/** Each lane remembers its own. The account's lists those of what was set aside. */
async function answersToEvents({ lanes }: AnswersDeps, account: string): Promise<AnsweredCall[]> {
  const own = (await lanes.lanesOf([eventLane(account)])).get(eventLane(account));
  const subjects = readKept(own?.kept).aside;
  const aside = await lanes.lanesOf(subjects.map((subject) => asideLane(account, subject)));
  return [own, ...aside.values()].flatMap((lane) => readAnswers(lane?.answers));
}
