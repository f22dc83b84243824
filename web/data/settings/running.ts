import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { AssignmentFilter, AssignmentRecord, AuditEntry, RunningModel } from '../../settings-models/running.ts';
import { type Answer, answerOf, baseOf, mapped } from '../api.ts';
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
  return mapped(answer, ({ assignments, nextCursor }) => ({ items: assignments, next: nextCursor }));
}

async function actsOf(api: KonvertClient, cursor: string | undefined): Promise<Answer<AnsweredPage<AuditEntry>>> {
  const query = cursor === undefined ? {} : { cursor };
  const answer = await answerOf(api.GET('/v1/audit', { params: { query } }));
  return mapped(answer, ({ entries, nextCursor }) => ({ items: entries, next: nextCursor }));
}

async function keyNamesOf(api: KonvertClient): Promise<Answer<ReadonlyMap<string, string>>> {
  const answer = await answerOf(api.GET('/v1/account/keys'));
  return mapped(
    answer,
    ({ keys }) => new Map(keys.flatMap(({ keyId, name }) => (name ? [[keyId, name] as const] : []))),
  );
}
