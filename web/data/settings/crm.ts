import { signal } from '@preact/signals';
import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { Draft, Outcome } from '../../settings-models/channels.ts';
import type {
  ConnectedCrm,
  CrmConnection,
  CrmModel,
  CrmName,
  RefreshedCrm,
  RefreshingCrm,
} from '../../settings-models/crm.ts';
import { type Answer, answerOf } from '../api.ts';
import { loading } from './loading.ts';
import { outcomeOf } from './outcome.ts';

/** Its status is 503, and it says that nothing was stored. */
const CLEAR = ['CRM_UNREACHABLE'];

/** The CRM of the account. */
export function createCrm(client: KonvertClient): CrmModel {
  const drafts = signal<Readonly<Partial<Record<CrmName, Draft>>>>({});
  const connection = loading<CrmConnection | null>(() => readConnection(client));
  const setDraft = (crm: CrmName, draft: Draft) => {
    drafts.value = { ...drafts.value, [crm]: draft };
  };

  /** Reads the connection again after whatever may have changed it: of a lost answer nobody knows. */
  async function changed<T>(answer: Answer<T>): Promise<Outcome<T>> {
    if (answer.kind === 'ok' || answer.kind === 'lost') await connection.reload();
    return outcomeOf(answer);
  }

  return {
    connection,
    draftOf: (crm) => drafts.value[crm] ?? {},
    setDraft,
    async connect(crm, credentials) {
      const outcome = await changed<ConnectedCrm>(
        await answerOf(client.POST('/v1/crm', { body: { crm, credentials } }), CLEAR),
      );
      if (outcome.kind === 'done') setDraft(crm, {});
      return outcome;
    },
    change: async (body) => changed<ConnectedCrm>(await answerOf(client.PATCH('/v1/crm', { body }), CLEAR)),
    refresh: async () => changed<RefreshedCrm | RefreshingCrm>(await answerOf(client.POST('/v1/crm/refresh'), CLEAR)),
    remove: async () => changed(await answerOf(client.DELETE('/v1/crm'), CLEAR)),
  };
}

/** What a connection is, or that there is none. */
export async function readConnection(client: KonvertClient): Promise<Answer<CrmConnection | null>> {
  const answer = await answerOf(client.GET('/v1/crm'));
  if (answer.kind === 'refused' && answer.status === 404) return { kind: 'ok', body: null };
  return answer;
}
