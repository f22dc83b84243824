import { randomBytes } from 'node:crypto';
import type { Act } from '#domain/audit';
import { listensTo, type Receiver, type Subscriptions } from '#domain/receiver';
import { secretsThatSign, withNewSecret } from '#domain/signing-secret';
import { createAudit } from '#store/accounts/audit';
import type { Cipher } from '#store/accounts/cipher';
import { receiverContext, receiverKey } from '#store/accounts/keys';
import {
  type ReceiverSecrets,
  receiverSecretsSchema,
  type StoredReceiver,
  withoutSecrets,
} from '#store/accounts/receiver-item';
import { createReceivers } from '#store/accounts/receivers';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { setting, writeIf } from '#store/dynamo/transaction';

export type OpenReceivers = ReturnType<typeof createOpenReceivers>;

/** A receiver with its secrets opened. `secrets` sign, the newest first. */
export interface OpenReceiver extends Receiver {
  readonly crmKey?: string | undefined;
  readonly secrets: readonly string[];
}

/** What is stored of an account's receiver now, opened. Without `receiver` nothing was registered yet. */
export interface PresentReceiver extends ReceiverSecrets {
  readonly account: string;
  readonly receiver: Receiver | undefined;
  readonly stored: StoredReceiver | undefined;
}

/** A registration that is to be stored. */
export interface Registration extends ReceiverSecrets {
  readonly uri: string;
  readonly subscriptions: Subscriptions;
  /** Set if the receiver said before that it wants nothing any more, and was not asked again. */
  readonly endedAt: number | undefined;
}

const SECRET_BYTES = 32;

/** A new secret in the form of Standard Webhooks. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** Where the events of accounts go, with the secrets opened. It also stores registrations and new secrets. */
export function createOpenReceivers(deps: StoreDeps & { readonly cipher: Cipher }) {
  const { client, cache, cipher, clock } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);
  const receivers = createReceivers(deps);

  const known = cache.loader('open receiver', async (account) => {
    const present = await now(account);
    return present.receiver && present;
  });

  /** Where the events of the account go, with what each call needs. Undefined before the first registration. */
  async function open(account: string): Promise<OpenReceiver | undefined> {
    const found = await known(account);
    if (!found?.receiver) return undefined;
    const { receiver, crmKey, signing } = found;
    return { ...receiver, crmKey, secrets: secretsThatSign(signing, clock.now()) };
  }

  /** What is stored now, for a change that depends on it. */
  async function now(account: string): Promise<PresentReceiver> {
    const stored = await receivers.load(account);
    if (!stored) return { account, receiver: undefined, stored, signing: [] };
    const text = await cipher.open(stored.sealed, receiverContext(account));
    const secrets = receiverSecretsSchema.parse(JSON.parse(text));
    return { account, receiver: withoutSecrets(stored), stored, ...secrets };
  }

  /**
   * Stores a registration in the place of the one before. False if another one was stored since `before` was read. The
   * act is recorded with it.
   */
  async function save(before: PresentReceiver, registration: Registration, actor: string): Promise<boolean> {
    const { uri, subscriptions, endedAt } = registration;
    const ver = (before.receiver?.version ?? 0) + 1;
    const listened = listensTo(before.receiver, 'messagesAndStatuses');
    // Otherwise the watchdog would tell it of what was said a day before.
    const listensSince = listened ? before.receiver.listensSince : clock.now();
    const values = { uri, subscriptions, endedAt, ver, listensSince };
    return change(before, registration, values, { actor, act: 'receiver-changed' });
  }

  /** Makes a new secret, which signs at once. Undefined if anything was stored since `before` was read. */
  async function rotate(before: PresentReceiver, actor: string): Promise<string | undefined> {
    const secret = newSigningSecret();
    const secrets = { crmKey: before.crmKey, signing: withNewSecret(before.signing, secret, clock.now()) };
    const done = await change(before, secrets, {}, { actor, act: 'receiver-secret-changed' });
    return done ? secret : undefined;
  }

  async function change(
    { account, stored }: PresentReceiver,
    { crmKey, signing }: ReceiverSecrets,
    values: Readonly<Record<string, unknown>>,
    act: Omit<Act, 'subject'>,
  ): Promise<boolean> {
    const sealed = await cipher.seal(JSON.stringify({ crmKey, signing }), receiverContext(account));
    // Each sealing gives another text, so this notices whatever was stored in between. Ending changes no secret.
    const condition = stored
      ? { ConditionExpression: 'sealed = :before', ExpressionAttributeValues: { ':before': stored.sealed } }
      : { ConditionExpression: 'attribute_not_exists(p)' };
    const Update = { TableName: table, Key: receiverKey(account), ...setting({ ...values, sealed }, condition) };
    try {
      return await writeIf(client, [{ Update }, audit.write(account, { ...act, subject: account })]);
    } finally {
      receivers.forget(account);
    }
  }

  return { ...receivers, open, now, save, rotate };
}
