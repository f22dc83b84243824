import { channelSettings, crmHookSecrets, crmNews, crmProblems, crmReports, crmTokens } from '#lib/account-writes';
import { follows, laneQueues } from '#lib/function-access';
import type { FunctionDefinition } from '#lib/function-definition';

/** What comes in from connected CRMs. */
export const news = {
  'receive-crm-event': {
    timeoutSeconds: 10,
    tables: { accounts: ['GetItem'] },
    // Marks of what may have changed, and nothing else: the function that strangers reach can do no more.
    outboxWrites: [{ actions: ['UpdateItem'], partitions: ['news#*'] }],
    sendsTo: ['news'],
    secrets: ['openCrm', 'sealCrmTokens'],
  },
  'read-crm-news': {
    timeoutSeconds: 150,
    tables: {
      ...follows,
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      chats: ['GetItem', ...follows.chats],
      directory: [...follows.directory, 'BatchGetItem', 'Query'],
      dispensers: ['GetItem', 'UpdateItem'],
      assignments: ['PutItem'],
      outbox: ['GetItem', 'BatchGetItem', 'Query', ...follows.outbox],
    },
    accountWrites: [channelSettings, crmNews, crmReports, crmHookSecrets, crmTokens],
    sendsTo: [...laneQueues, 'tasks'],
    secrets: ['openCrm', 'sealCrm', 'openCrmTokens', 'sealCrmTokens', 'sign'],
    ringsItself: true,
    callsOut: true,
  },
  'refresh-crm': {
    timeoutSeconds: 240,
    tables: { accounts: ['GetItem', 'Query'] },
    accountWrites: [crmProblems, crmTokens],
    outboxWrites: [{ actions: ['UpdateItem'], partitions: ['news#*'] }],
    sendsTo: ['news'],
    secrets: ['openCrm', 'openCrmTokens', 'sealCrmTokens'],
    callsOut: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
