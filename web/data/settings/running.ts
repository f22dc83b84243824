import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { AssignmentFilter, AssignmentRecord, AuditEntry, RunningModel } from '../../settings-models/running.ts';
import { type Answer, answerOf, baseOf } from '../api.ts';
import { loading } from './loading.ts';
import { type AnsweredPage, paged } from './pages.ts';
import { createDeliveries } from './running-deliveries.ts';
import { createAskHealth } from './running-health.ts';
import { createReceiver } from './running-receiver.ts';

/** What runs: deliveries, assignments, acts, the receiver of events, and whether anybody waits. */
export function createRunning(api: KonvertClient, now: () => number = Date.now): RunningModel {
  return {
    apiUrl: baseOf(location),
    deliveries: () => createDeliveries(api, now),
    assignments: (filter) => paged((cursor) => assignmentsOf(api, filter, cursor)),
    audit: () => paged((cursor) => actsOf(api, cursor)),
    keyNames: () => loading(() => keyNamesOf(api)),
    receiver: () => createReceiver(api),
    health: () => loading(createAskHealth(api)),
  };
}

async function assignmentsOf(
  api: KonvertClient,
  filter: AssignmentFilter,
  cursor: string | undefined,
): Promise<Answer<AnsweredPage<AssignmentRecord>>> {
  const query = { ...filter, ...(cursor !== undefined && { cursor }) };
  const answer = await answerOf(api.GET('/v1/assignments', { params: { query } }));
  if (answer.kind !== 'ok') return answer;
  return { kind: 'ok', body: { items: answer.body.assignments, next: answer.body.nextCursor } };
}

async function actsOf(api: KonvertClient, cursor: string | undefined): Promise<Answer<AnsweredPage<AuditEntry>>> {
  const query = cursor === undefined ? {} : { cursor };
  const answer = await answerOf(api.GET('/v1/audit', { params: { query } }));
  if (answer.kind !== 'ok') return answer;
  return { kind: 'ok', body: { items: answer.body.entries, next: answer.body.nextCursor } };
}

async function keyNamesOf(api: KonvertClient): Promise<Answer<ReadonlyMap<string, string>>> {
  const answer = await answerOf(api.GET('/v1/account/keys'));
  if (answer.kind !== 'ok') return answer;
  const named = answer.body.keys.flatMap(({ keyId, name }) => (name ? [[keyId, name] as const] : []));
  return { kind: 'ok', body: new Map(named) };
}
