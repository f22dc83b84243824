import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type CrmBlock,
  type CrmConnection,
  type CrmFields,
  type CrmProblemCode,
  type CrmTodo,
  type Portal,
  portalKey,
} from '#domain/crm';
import { problemKey, readStoredCrm, type StoredCrm, withoutSecrets } from '#store/accounts/crm-item';
import { loadCrmTokens } from '#store/accounts/crm-tokens';
import { CONNECTED_ACCOUNTS, crmKey, crmLeadKey, crmTokensKey } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';
import { writeIf } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';

/** What is wrong with a connection. Since when it stands is noted here. */
export interface Standing {
  readonly code: CrmProblemCode;
  readonly about?: string;
}

/** What was found and made in a CRM. */
export interface Prepared {
  readonly portal: Portal;
  readonly fields: CrmFields;
  readonly todo: readonly CrmTodo[];
  /** Those of `PREPARED` that are not among them are solved. */
  readonly problems: readonly Standing[];
}

export type CrmConnections = ReturnType<typeof createCrmConnections>;

/** The problems that a preparation finds, or finds to be solved. */
const PREPARED: readonly CrmProblemCode[] = ['NOT_ADMIN', 'HOOKS_OFF', 'HOOKS_MISSING', 'FIELD_GONE', 'PLAN'];
/** A connection has no more problems than this: an item has a limit, and nobody reads more. */
const MOST_PROBLEMS = 50;
/** Hooks may come by the hundred, and a time to the minute says as much. */
const NEWS_NOTED_MS = 60_000;
/** The reason that stands with a grant of which the CRM said by a hook that it is gone. */
const UNINSTALLED = 'Konvert was taken away in the CRM';
const IS_SAME = 'connectionId = :connectionId';

/** The CRMs of accounts, their secrets sealed: a function that needs none needs no key to open them. */
export function createCrmConnections(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const TableName = tableName(deps, 'accounts');

  /** The connection as it is stored now, its secrets sealed. */
  async function load(account: string): Promise<StoredCrm | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: crmKey(account), ConsistentRead: true }));
    return Item && readStoredCrm(Item);
  }

  const known = cache.loader('crm', async (account): Promise<CrmConnection | undefined> => {
    const stored = await load(account);
    return stored && withoutSecrets(account, stored, await loadCrmTokens(deps, stored.connectionId));
  });

  /** The account's CRM. Undefined if it has none. A connection is cached for 10 s, so the first one holds at once. */
  async function of(account: string): Promise<CrmConnection | undefined> {
    return known(account);
  }

  /** The account's CRM as it is now. */
  async function now(account: string): Promise<CrmConnection | undefined> {
    forget(account);
    return of(account);
  }

  const accountOf = cache.lookup('crm account', async (connectionId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: crmLeadKey(connectionId), ConsistentRead: true }),
    );
    return typeof Item?.account === 'string' ? Item.account : undefined;
  });

  /** The account of the connection. Undefined if there is none by that id, or if it was left. Cached for 10 s. */
  async function byId(connectionId: string): Promise<{ readonly account: string } | undefined> {
    const account = await accountOf(connectionId);
    return account === undefined ? undefined : { account };
  }

  /** Every account that has a CRM, disabled ones too. It costs nothing for accounts that have none. */
  async function listAll(): Promise<{ readonly account: string; readonly connectionId: string }[]> {
    const items = await queryAll(client, {
      TableName,
      KeyConditionExpression: 'p = :all',
      ExpressionAttributeValues: { ':all': CONNECTED_ACCOUNTS },
    });
    return items.map(({ s, connectionId }) => ({ account: String(s), connectionId: String(connectionId) }));
  }

  /** Makes the next `of` and `open` read anew. */
  function forget(account: string): void {
    for (const name of ['crm', 'open crm']) cache.forget(name, account);
  }

  /** Updates the connection, unless the account has another one by now, or none. */
  async function note(
    { account, connectionId }: CrmConnection,
    update: string,
    values: Readonly<Record<string, unknown>>,
    condition?: string,
  ): Promise<boolean> {
    try {
      return await updateIf(client, {
        TableName,
        Key: crmKey(account),
        UpdateExpression: update,
        ConditionExpression: condition ? `${IS_SAME} AND ${condition}` : IS_SAME,
        ExpressionAttributeValues: { ...values, ':connectionId': connectionId },
      });
    } finally {
      forget(account);
    }
  }

  /**
   * Notes problems, each since it was first noted, and takes away those of the codes in `solved`. One that stands already
   * costs nothing.
   */
  async function noteProblems(
    connection: CrmConnection,
    standing: readonly Standing[],
    solved: readonly CrmProblemCode[] = [],
  ): Promise<void> {
    const { added, gone } = changesOf(connection, standing, solved);
    if (added.length + gone.length === 0) return;
    await setProblems(connection, {}, added, gone);
  }

  /** Notes what a preparation found and made, and when the connection was reached so. */
  async function setPrepared(connection: CrmConnection, prepared: Prepared): Promise<void> {
    const { portal, fields, todo, problems } = prepared;
    const { added, gone } = changesOf(connection, problems, PREPARED);
    await setProblems(connection, { portal, fields, todo }, added, gone);
  }

  function changesOf({ problems }: CrmConnection, standing: readonly Standing[], solved: readonly CrmProblemCode[]) {
    const stand = new Set(standing.map(problemKey));
    const stood = new Map(problems.map((problem) => [problemKey(problem), problem.code]));
    const gone = [...stood].filter(([key, code]) => solved.includes(code) && !stand.has(key)).map(([key]) => key);
    const added = [...stand].filter((key) => !stood.has(key)).slice(0, MOST_PROBLEMS - stood.size + gone.length);
    return { added, gone };
  }

  /** Each problem is changed by itself, so that writers at the same time undo nothing of each other. */
  async function setProblems(
    { account, connectionId }: CrmConnection,
    values: Readonly<Record<string, unknown>>,
    added: readonly string[],
    gone: readonly string[],
  ): Promise<void> {
    const fields = Object.keys(values);
    const sets = [
      ...fields.map((field) => `#${field} = :${field}`),
      ...added.map((_, at) => `problems.#added${at} = if_not_exists(problems.#added${at}, :now)`),
    ];
    const removes = gone.map((_, at) => `problems.#gone${at}`);
    const named = [
      ...fields.map((field) => [`#${field}`, field]),
      ...added.map((key, at) => [`#added${at}`, key]),
      ...gone.map((key, at) => [`#gone${at}`, key]),
    ];
    const Update = {
      TableName,
      Key: crmKey(account),
      UpdateExpression: [
        ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
        ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
      ].join(' '),
      ConditionExpression: IS_SAME,
      ExpressionAttributeNames: Object.fromEntries(named),
      ExpressionAttributeValues: {
        ...Object.fromEntries(fields.map((field) => [`:${field}`, values[field]])),
        ':connectionId': connectionId,
        ...(added.length > 0 && { ':now': clock.now() }),
      },
    };
    try {
      await writeIf(client, [{ Update }]);
    } finally {
      forget(account);
    }
  }

  /** Notes that the CRM told something, to the minute. */
  async function noteNews(connection: CrmConnection): Promise<void> {
    const at = clock.now();
    if (connection.lastNewsAt !== undefined && at - connection.lastNewsAt < NEWS_NOTED_MS) return;
    const isLater = '(attribute_not_exists(lastNewsAt) OR lastNewsAt < :at)';
    await note(connection, 'SET lastNewsAt = :at', { ':at': at }, isLater);
  }

  /** Notes that the directory was held against the CRM's as it was at that time (epoch ms). */
  async function noteProof(connection: CrmConnection, at: number): Promise<void> {
    const isLater = '(attribute_not_exists(lastProofAt) OR lastProofAt < :at)';
    await note(connection, 'SET lastProofAt = :at', { ':at': at }, isLater);
  }

  /** Notes that the directory holds nothing of a former portal any more. */
  async function noteForgotten(connection: CrmConnection): Promise<void> {
    const values = { ':former': portalKey(connection), ':now': clock.now() };
    await note(connection, 'SET former = :former, forgotAt = :now', values);
  }

  /** Notes that the CRM takes no calls until then (epoch ms), and why. Of several the latest time stays. */
  async function noteBlocked(connection: CrmConnection, until: number, because: CrmBlock = {}): Promise<void> {
    const isLater = '(attribute_not_exists(blockedUntil) OR blockedUntil < :until)';
    const values = { ':until': until, ':because': because };
    await note(connection, 'SET blockedUntil = :until, blockedBecause = :because', values, isLater);
  }

  /**
   * Notes that the CRM says it has taken its grant away, unless a person gave another one by now. A pair of tokens that
   * comes later takes the note away.
   */
  async function noteEnded({ account, connectionId, grantId }: CrmConnection): Promise<void> {
    if (grantId === undefined) return;
    try {
      await updateIf(client, {
        TableName,
        Key: crmTokensKey(connectionId),
        UpdateExpression: 'SET endedAt = :now, endedBecause = :because',
        ConditionExpression: 'grantId = :grantId AND attribute_not_exists(endedAt)',
        ExpressionAttributeValues: { ':now': clock.now(), ':grantId': grantId, ':because': UNINSTALLED },
      });
    } finally {
      forget(account);
    }
  }

  return {
    of,
    now,
    load,
    byId,
    listAll,
    forget,
    noteProblems,
    setPrepared,
    noteNews,
    noteProof,
    noteForgotten,
    noteBlocked,
    noteEnded,
  };
}
