import type { Crm } from '#api/authenticate';
import { presentSentAgain, replayWanted, retryWanted } from '#api/delivery-routes';
import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { CRM, REPLAYED_MS, WEBHOOK } from '#domain/delivery-kind';
import { beginOfTime } from '#domain/time-key';
import { eventLanesOf } from '#flows/events/event-lanes';
import type { SendAgain, SendAgainTask } from '#flows/send-again/send-again';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import { type LaneQueue, queueOf, replyLane } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { Tasks } from '#store/outbox/tasks';
import { type CrmDeps, needCrm } from './need-crm.ts';
import { needReceiver, type ReceiverDeps } from './need-receiver.ts';
import { isOwnChat, type OwnChatDeps } from './own-chat.ts';

export interface SendAgainDeps extends ReceiverDeps, CrmDeps, OwnChatDeps {
  readonly lanes: Pick<Lanes, 'lanesOf' | 'hasten'>;
  readonly tasks: Pick<Tasks, 'begin'>;
  readonly sendAgain: SendAgain;
  readonly bells: Bells<LaneQueue>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** After this time the request puts nothing more back. The task goes on with the rest. */
const AT_MOST_MS = 5_000;

/** Sends again what failed for a target, and hastens what waits there. */
export async function retryTarget(
  deps: SendAgainDeps,
  { body }: Pick<HttpRequest, 'body'>,
  { account, keyId }: Crm,
): Promise<HttpResponse> {
  const { target } = readBody(retryWanted, body, invalidRequest);
  if (target === WEBHOOK) await needReceiver(deps, account);
  else if (target === CRM) await needCrm(deps, { account, keyId });
  else if (!(await isOwnChat(deps, account, target))) {
    throw new RequestError(404, 'TARGET_NOT_FOUND', 'There is no such target');
  }
  const answer = await run(deps, { kind: 'retry', account, target, at: deps.clock.now() });
  // The task itself hastens the lanes of a connected CRM.
  if (target === CRM) return answer;
  const lanes =
    target === WEBHOOK ? await eventLanesOf(deps.lanes, account) : await deps.lanes.lanesOf([replyLane(target)]);
  for (const [lane, { slow }] of lanes) {
    await deps.lanes.hasten(lane);
    await deps.bells.ring(queueOf(lane, slow), lane);
  }
  return answer;
}

/** Sends events once more that the CRM took between two times. */
export async function replayTarget(
  deps: SendAgainDeps,
  { body }: Pick<HttpRequest, 'body'>,
  account: string,
): Promise<HttpResponse> {
  const now = deps.clock.now();
  const { from, to = now } = readBody(replayWanted, body, invalidRequest);
  const earliest = now - REPLAYED_MS;
  if (from < earliest) throw tooEarly(earliest);
  const before = Math.min(to, now);
  if (from >= before) throw invalidRequest(['from', 'to'], 'from has to be before to, and before now');
  await needReceiver(deps, account);
  const range = { from: beginOfTime(from), before: beginOfTime(before) };
  return run(deps, { kind: 'replay', account, id: deps.newId(), ...range });
}

function tooEarly(at: number): RequestError {
  const earliest = new Date(at).toISOString();
  return new RequestError(400, 'INVALID_REQUEST', `from may not be before ${earliest}: older events are not kept`, {
    fields: ['from'],
    earliest,
  });
}

async function run({ tasks, sendAgain, clock }: SendAgainDeps, task: SendAgainTask): Promise<HttpResponse> {
  const until = clock.now() + AT_MOST_MS;
  return { status: 202, body: presentSentAgain(await sendAgain(await tasks.begin(task), until)) };
}
