import { randomBytes } from 'node:crypto';
import { type CrmConnection, type CrmName, holdsFormer, type Portal, portalKey } from '#domain/crm';
import type { CrmPair } from '#domain/crm-tokens';
import { crmCallbackUrl, crmFrameUrl, crmHooksUrl } from '#domain/crm-urls';
import { createAudit } from '#store/accounts/audit';
import type { Cipher } from '#store/accounts/cipher';
import { type CrmSecrets, crmSecretsSchema, withoutSecrets } from '#store/accounts/crm-item';
import { loadCrmTokens, sealPair } from '#store/accounts/crm-tokens';
import { createCrmConnections } from '#store/accounts/crms';
import {
  CONNECTED_ACCOUNTS,
  crmContext,
  crmKey,
  crmLeadKey,
  crmTokensContext,
  crmTokensKey,
} from '#store/accounts/keys';
import { newTokenBox } from '#store/accounts/token-box';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { setting, type Write, writeIf } from '#store/dynamo/transaction';

/** A connection with its secrets opened, and the addresses that hold them. Tokens are not among them. */
export interface OpenCrm extends CrmSecrets {
  readonly connection: CrmConnection;
  /** The secret that the CRM sends with its hooks, if it gave one. */
  readonly hookSecret: string | undefined;
  readonly hooksUrl: string;
  readonly frameUrl: string;
  readonly callbackUrl: string;
}

/** A CRM that is to be connected. */
export interface NewCrm {
  readonly crm: CrmName;
  readonly app: CrmSecrets['app'];
  /** The base of the addresses that the CRM is given. */
  readonly baseUrl: string;
  /** Where the credentials hold the tokens, or gave them. */
  readonly tokens?: CrmPair | undefined;
  readonly portal?: Portal | undefined;
}

/** A change of a connection. What is absent stays as it is. */
export interface CrmChange {
  readonly app?: CrmSecrets['app'] | undefined;
  /** From a new consent or from new credentials. */
  readonly tokens?: CrmPair | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly baseUrl?: string | undefined;
  /** A preparation has to follow. */
  readonly portal?: Portal | undefined;
}

export type OpenCrms = ReturnType<typeof createOpenCrms>;

const SECRET_BYTES = 24;
/** All that is stored of a connection beside the account. An update takes it away: it can touch nothing else. */
const NOTHING_LEFT = {
  crm: undefined,
  madeAt: undefined,
  baseUrl: undefined,
  portal: undefined,
  fields: undefined,
  problems: undefined,
  todo: undefined,
  isDisabled: undefined,
  resumedAt: undefined,
  blockedUntil: undefined,
  blockedBecause: undefined,
  lastNewsAt: undefined,
  lastProofAt: undefined,
  forgotAt: undefined,
  sealed: undefined,
  hook: undefined,
};

/** The CRMs of accounts, with their credentials opened. It also connects, changes and leaves them. */
export function createOpenCrms(deps: StoreDeps & { readonly cipher: Cipher }) {
  const { client, cache, cipher, clock, newId } = deps;
  const TableName = tableName(deps, 'accounts');
  const audit = createAudit(deps);
  const connections = createCrmConnections(deps);

  const known = cache.loader('open crm', async (account): Promise<OpenCrm | undefined> => {
    const stored = await connections.load(account);
    if (!stored) return undefined;
    const { connectionId, sealed, hook } = stored;
    const context = crmContext(connectionId);
    const [tokens, text, hookSecret] = await Promise.all([
      loadCrmTokens(deps, connectionId),
      cipher.open(sealed, context),
      hook === undefined ? undefined : cipher.open(hook, context),
    ]);
    const secrets = crmSecretsSchema.parse(JSON.parse(text));
    return opened(withoutSecrets(account, stored, tokens), secrets, hookSecret);
  });

  /** The account's CRM with its secrets. Undefined if it has none. Cached for 10 s. */
  async function open(account: string): Promise<OpenCrm | undefined> {
    return known(account);
  }

  /** The same as it is now. */
  async function openNow(account: string): Promise<OpenCrm | undefined> {
    connections.forget(account);
    return open(account);
  }

  /**
   * Stores a new connection, with an address of hooks that nobody can guess. Undefined if the account has a CRM already.
   * The act is recorded with it.
   */
  async function connect(account: string, { crm, app, baseUrl, tokens, portal }: NewCrm, actor: string) {
    const connectionId = newId();
    const secrets = { app, hooksSecret: randomBytes(SECRET_BYTES).toString('base64url') };
    const values = {
      connectionId,
      crm,
      madeAt: clock.now(),
      baseUrl,
      portal,
      fields: {},
      problems: {},
      todo: [],
      ver: 1,
      sealed: await cipher.seal(JSON.stringify(secrets), crmContext(connectionId)),
    };
    const given = { ...NOTHING_LEFT, ...values };
    const isFree = { ConditionExpression: 'attribute_not_exists(connectionId)' };
    const done = await write(account, [
      { Update: { TableName, Key: crmKey(account), ...setting(given, isFree) } },
      { Put: { TableName, Item: { ...crmLeadKey(connectionId), account } } },
      { Put: { TableName, Item: { p: CONNECTED_ACCOUNTS, s: account, connectionId } } },
      ...(tokens ? [await putTokens(connectionId, tokens, 1)] : []),
      audit.write(account, { actor, act: 'crm-connected', subject: connectionId }),
    ]);
    return done ? openNow(account) : undefined;
  }

  /**
   * Changes the connection. False if it was changed since it was opened, or left. New tokens hold at once, and end what
   * was said of the former ones. The act is recorded with it.
   */
  async function change(before: OpenCrm, change: CrmChange, actor: string): Promise<boolean> {
    const { account, connectionId, version } = before.connection;
    const { app, tokens, isDisabled, baseUrl, portal } = change;
    const secrets = app && JSON.stringify({ app, hooksSecret: before.hooksSecret });
    const values = {
      ver: version + 1,
      ...(secrets !== undefined && { sealed: await cipher.seal(secrets, crmContext(connectionId)) }),
      ...(isDisabled !== undefined && { isDisabled: isDisabled || undefined }),
      ...((tokens || isDisabled === false) && { resumedAt: clock.now() }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(portal && { portal }),
      // A block was of the former token, or of the former address.
      ...(tokens && { blockedUntil: undefined, blockedBecause: undefined }),
    };
    return write(account, [
      { Update: { TableName, Key: crmKey(account), ...setting(values, stillOf(connectionId, version)) } },
      ...(tokens ? [await putTokens(connectionId, tokens, await nextVersion(connectionId))] : []),
      audit.write(account, { actor, act: 'crm-changed', subject: connectionId }),
    ]);
  }

  /** Switches the connection off or on. False if it was changed since it was opened, or left. */
  async function setDisabled(before: OpenCrm, isDisabled: boolean, actor: string): Promise<boolean> {
    return change(before, { isDisabled }, actor);
  }

  /** Leaves the CRM, with all secrets. False if the connection was changed since it was opened, or left. */
  async function remove({ connection }: OpenCrm, actor: string): Promise<boolean> {
    const { account, connectionId, version } = connection;
    const former = portalKey(connection);
    const gone = {
      ...NOTHING_LEFT,
      connectionId: undefined,
      ver: version + 1,
      // Its contacts stay, and belong to it when the next one is connected.
      ...(former !== undefined && !holdsFormer(connection) && { former }),
    };
    return write(account, [
      { Update: { TableName, Key: crmKey(account), ...setting(gone, stillOf(connectionId, version)) } },
      { Delete: { TableName, Key: crmLeadKey(connectionId) } },
      { Delete: { TableName, Key: crmTokensKey(connectionId) } },
      { Delete: { TableName, Key: { p: CONNECTED_ACCOUNTS, s: account } } },
      audit.write(account, { actor, act: 'crm-left', subject: connectionId }),
    ]);
  }

  /**
   * Stores what a CRM gave by a hook at its installation: tokens, and the secret of its hooks. Nobody acted here, so no act
   * is recorded. False if the account has left the CRM.
   */
  async function install(
    { account, connectionId }: CrmConnection,
    tokens: CrmPair,
    hookSecret: string | undefined,
  ): Promise<boolean> {
    const isSame = { ConditionExpression: 'connectionId = :connectionId' };
    const hook = hookSecret === undefined ? undefined : await cipher.seal(hookSecret, crmContext(connectionId));
    const values = { connectionId, ...(hook !== undefined && { hook }) };
    return write(account, [
      { Update: { TableName, Key: crmKey(account), ...setting(values, isSame) } },
      await putTokens(connectionId, tokens, await nextVersion(connectionId)),
    ]);
  }

  /** The number for tokens that come from elsewhere than the former ones. */
  async function nextVersion(connectionId: string): Promise<number> {
    return ((await loadCrmTokens(deps, connectionId))?.ver ?? 0) + 1;
  }

  /** Puts tokens in the place of the former ones. A pair that is still to come for those belongs to another grant. */
  async function putTokens(connectionId: string, tokens: CrmPair, ver: number): Promise<Write> {
    const box = await newTokenBox(cipher, crmTokensContext(connectionId));
    const values = {
      ver,
      grantId: newId(),
      pair: sealPair(box, tokens, clock.now()),
      ...FORMER_GONE,
    };
    return { Update: { TableName, Key: crmTokensKey(connectionId), ...setting(values) } };
  }

  async function write(account: string, writes: readonly Write[]): Promise<boolean> {
    try {
      return await writeIf(client, writes);
    } finally {
      connections.forget(account);
    }
  }

  return { ...connections, open, openNow, connect, change, setDisabled, remove, install };
}

/** What was said of the former tokens, and who renewed them. */
const FORMER_GONE = {
  spare: undefined,
  lease: undefined,
  leaseBy: undefined,
  sentVer: undefined,
  refusedAt: undefined,
  endedAt: undefined,
  endedBecause: undefined,
};

function stillOf(connectionId: string, version: number) {
  return {
    ConditionExpression: 'connectionId = :sameId AND ver = :sameVer',
    ExpressionAttributeValues: { ':sameId': connectionId, ':sameVer': version },
  };
}

function opened(connection: CrmConnection, secrets: CrmSecrets, hookSecret: string | undefined): OpenCrm {
  return {
    connection,
    ...secrets,
    hookSecret,
    hooksUrl: crmHooksUrl(connection, secrets.hooksSecret),
    frameUrl: crmFrameUrl(connection),
    callbackUrl: crmCallbackUrl(connection),
  };
}
