import type { Asked, Crm, Failed, Session } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { CrmConnection } from '#domain/crm';
import { isDue, isEnd } from '#domain/crm-tokens';
import { withLinks } from '#flows/crm/crm-links';
import { createTokenKeeper, type Held, hostOf, type KeeperDeps } from '#flows/crm/token-keeper';
import { timesOf } from '#store/accounts/crm-tokens';
import { createOpenCrms, type OpenCrm } from '#store/accounts/open-crms';

/** A CRM that may be called. */
export interface Opened {
  readonly connection: CrmConnection;
  readonly crm: Crm;
  readonly session: Session;
}

export type Sessions = ReturnType<typeof createSessions>;

/** Whoever has to wait for so long calls for nothing else meanwhile: a block, or the limit of a day. */
const LONG_SECONDS = 900;
const NOT_CONNECTED: Failed = { kind: 'unauthorized', code: 'CRM_NOT_CONNECTED', description: 'No CRM is connected' };
const DISABLED: Failed = { kind: 'unauthorized', code: 'CRM_DISABLED', description: 'The CRM is switched off' };

/** Calls of CRMs, with tokens that are good. Who may call needs `crmTokens`, `crmProblems` and the secrets of CRMs. */
export function createSessions(deps: KeeperDeps & Pick<Crms, 'crmFor'>) {
  const { clock } = deps;
  const crms = createOpenCrms(deps);
  const keeper = createTokenKeeper(deps);

  interface Ready extends Opened {
    readonly open: OpenCrm;
    readonly held: Held;
  }

  async function ready(account: string, signal: AbortSignal): Promise<Asked<Ready>> {
    const known = await crms.open(account);
    // A block that was just lifted, by other tokens, is not believed because it is cached.
    const open = known && isHeld(known.connection) ? await crms.openNow(account) : known;
    const crm = open && deps.crmFor(open.connection.crm);
    if (!open || !crm) return NOT_CONNECTED;
    if (open.connection.isDisabled) return DISABLED;
    const { blockedUntil = 0, blockedBecause } = open.connection;
    const blockedMs = blockedUntil - clock.now();
    if (blockedMs > 0) {
      return { kind: 'throttled', retryAfterSeconds: Math.ceil(blockedMs / 1_000), ...blockedBecause };
    }
    const held = await keeper.good(crm, open, signal);
    return held.kind === 'ok' ? { kind: 'ok', value: readyOf(crm, open, held.value, signal) } : held;
  }

  function isHeld({ isDisabled, blockedUntil = 0 }: CrmConnection): boolean {
    return isDisabled || blockedUntil > clock.now();
  }

  function readyOf(crm: Crm, open: OpenCrm, held: Held, signal: AbortSignal): Ready {
    const { connection, app } = open;
    const host = hostOf(crm, open, held.pair);
    const session = { host, accessToken: held.pair.accessToken, app, fields: connection.fields, signal };
    return { connection, crm: withLinks(crm, connection.portal), session, open, held };
  }

  /**
   * A session of the account's CRM. `unauthorized` if it has none, or one that is switched off or lets nobody in;
   * `throttled` while the CRM takes no calls. If tokens have to be renewed first that takes 10 s, also beyond `signal`.
   */
  async function open(account: string, signal: AbortSignal): Promise<Asked<Opened>> {
    return ready(account, signal);
  }

  /**
   * Calls the account's CRM. If it takes the token no more, the call is repeated once with another one. That it takes no
   * calls for a quarter of an hour or longer is noted on the connection, and holds for all who call.
   */
  async function withSession<T>(
    account: string,
    signal: AbortSignal,
    call: (crm: Crm, session: Session, connection: CrmConnection) => Promise<Asked<T>>,
  ): Promise<Asked<T>> {
    const found = await ready(account, signal);
    if (found.kind !== 'ok') return found;
    const asked = await call(found.value.crm, found.value.session, found.value.connection);
    const answer = asked.kind === 'unauthorized' ? await repeat(found.value, signal, asked, call) : asked;
    if (answer.kind === 'throttled' && (answer.problem === 'BLOCKED' || answer.retryAfterSeconds >= LONG_SECONDS)) {
      const { problem, description } = answer;
      await crms.noteBlocked(found.value.connection, clock.now() + answer.retryAfterSeconds * 1_000, {
        ...(problem === 'BLOCKED' && { problem }),
        ...(description !== undefined && { description }),
      });
    }
    return answer;
  }

  async function repeat<T>(
    { crm, open: opened, held, session, connection }: Ready,
    signal: AbortSignal,
    refusal: Failed,
    call: (crm: Crm, session: Session, connection: CrmConnection) => Promise<Asked<T>>,
  ): Promise<Asked<T>> {
    if (!timesOf(held.stored).isRenewable) {
      const again = await call(crm, session, connection);
      if (again.kind === 'unauthorized') await keeper.endUnrenewable(held, again.description);
      if (again.kind === 'unauthorized') crms.forget(connection.account);
      return again;
    }
    const other = await keeper.other(crm, opened, held, signal);
    if (other.kind === 'unauthorized') crms.forget(connection.account);
    if (other.kind !== 'ok') return other.kind === 'unauthorized' ? refusal : other;
    return call(crm, readyOf(crm, opened, other.value, signal).session, connection);
  }

  /**
   * Renews the tokens of the account's CRM if half of their life is over, and each week whatever happens (K10), also while
   * the connection is switched off. It tries a token that nothing renews and that was refused, because nobody else does.
   */
  async function refreshIfDue(account: string, signal: AbortSignal): Promise<Asked<void>> {
    const open = await crms.openNow(account);
    const crm = open && deps.crmFor(open.connection.crm);
    const stored = open && (await keeper.load(open.connection.connectionId));
    if (!crm || !stored) return NOT_CONNECTED;
    const times = timesOf(stored);
    if (isDue(times, clock.now()) || isEnd(times, clock.now())) {
      const held = await keeper.care(crm, open, signal);
      crms.forget(account);
      return held.kind === 'ok' ? DONE : held;
    }
    if (times.endedAt === undefined || times.isRenewable) return DONE;
    const tried = await crm.identify(readyOf(crm, open, await keeper.open(stored), signal).session);
    if (tried.kind !== 'ok') return tried;
    await keeper.revive(stored);
    crms.forget(account);
    return DONE;
  }

  return { open, withSession, refreshIfDue };
}

const DONE: Asked<void> = { kind: 'ok', value: undefined };
