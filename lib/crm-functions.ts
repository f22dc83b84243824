import {
  audit,
  channelSettings,
  crmConnections,
  crmProblems,
  crmTokens,
  crmWays,
  keyUses,
  tokenUses,
} from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';

/** The connection to a CRM. */
export const crms = {
  'manage-crm': {
    timeoutSeconds: 29,
    tables: {
      pages: ['GetItem'],
      accounts: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      dispensers: ['GetItem', 'UpdateItem'],
      directory: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      outbox: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
      'outbox/failed': ['Query'],
    },
    pageWrites: [tokenUses, { actions: ['PutItem', 'DeleteItem'], partitions: ['consent#*'] }],
    accountWrites: [crmConnections, crmWays, crmTokens, channelSettings, audit, keyUses],
    sendsTo: ['tasks', 'news'],
    secrets: ['openCrm', 'sealCrm', 'openCrmTokens', 'sealCrmTokens'],
    callsOut: true,
  },
  'open-frame': {
    timeoutSeconds: 15,
    tables: { accounts: ['GetItem'], directory: ['GetItem'] },
    accountWrites: [crmProblems, crmTokens],
    pageWrites: [{ actions: ['PutItem'], partitions: ['link#*', 'proof#*'] }],
    secrets: ['openCrm', 'openCrmTokens', 'sealCrmTokens'],
    callsOut: true,
  },
} as const satisfies Record<string, FunctionDefinition>;
