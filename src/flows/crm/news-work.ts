import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { Asked, Failed } from '#crms/crm';
import { isOfAll } from '#crms/is-of-all';
import { type CrmConnection, type CrmContact, holdsFormer, type Ref } from '#domain/crm';
import { LOOKS_AGAIN_MS } from '#domain/delivery';
import type { Holding } from '#flows/delivery/holding';
import { createHoldings } from '#flows/delivery/holding';
import type { LaneWork, Step } from '#flows/delivery/run-lane';
import { createNameInLog } from '#flows/name-in-log';
import { createWakeCrm } from '#flows/send-again/wake-crm';
import { createAccountStates } from '#store/accounts/account-state';
import { crmTokensContext } from '#store/accounts/keys';
import { createOpenCrms } from '#store/accounts/open-crms';
import { type ContactRow, createContacts } from '#store/directory/contacts';
import { accountOfNewsLane, type LaneQueue } from '#store/outbox/lane-names';
import { createNews, type DirtyRow, FIRST_NEWS } from '#store/outbox/news';
import { type CallCrm, type CallsDeps, createCalls } from './calls.ts';
import { CRM_DISABLED, type Did, errorOf, got, heldBack, type LaneFailure, laneEnd, NEXT } from './connector-calls.ts';
import { createForgetFormer } from './forget-former.ts';
import { createHandedOver } from './handed-over.ts';
import { readInstalled } from './installed.ts';
import { createRefreshWork } from './refresh-work.ts';
import { createTakeContacts, lostOf, REFUSED_MS, type Took } from './take-contacts.ts';
import { createTakeDeals, type EntityRow, type ReadRow } from './take-deals.ts';
import { createTakeEnquiry } from './take-enquiry.ts';

/** News leave four fifths of what the CRM takes to creations, and what is beside lanes has room too (`test/crms/bulk.test.ts`). */
const SLOWER = 4;
const AT_ONCE = 16;
const MOST_FORGOTTEN = 250;

/** What the work of news needs. */
export interface NewsWorkDeps extends CallsDeps {
  readonly bells: Bells<LaneQueue | 'tasks'>;
}

/**
 * The work of the lanes of news: what a hook, or a proof, has marked is read from the CRM as it is now, and stored as if
 * the CRM had pushed it. Nothing is taken from a hook itself (K1, K19).
 */
export function createNewsWork(deps: NewsWorkDeps): LaneWork {
  const { cipher, clock, log } = deps;
  const news = createNews(deps);
  const accounts = createAccountStates(deps);
  const crms = createOpenCrms(deps);
  const contacts = createContacts(deps);
  const holdings = createHoldings(deps);
  const nameInLog = createNameInLog(deps);
  const callsFor = createCalls(deps, SLOWER);
  const handedOverIn = createHandedOver(deps);
  const takeDeals = createTakeDeals(deps);
  const { takeContact } = createTakeContacts(deps);
  const takeEnquiry = createTakeEnquiry(deps);
  const wakeCrm = createWakeCrm(deps);
  const refresh = createRefreshWork(deps);
  const forgetFormer = createForgetFormer(deps);

  async function step(holding: Holding): Promise<Step> {
    const account = accountOfNewsLane(holding.lane) ?? '';
    holding.state = { ...holding.state, from: FIRST_NEWS };
    const known = await crms.of(account);
    const connection = known?.isDisabled ? await crms.now(account) : known;
    if (!connection) return forget(holding.lane);
    const most = deps.crmFor(connection.crm)?.offers.batch ?? AT_ONCE;
    const { due, nextAt } = await news.dueIn(holding.lane, clock.now(), most);
    const [first] = due;
    if (!first) return nextAt === undefined ? { kind: 'empty' } : { kind: 'wait', until: nextAt, takesNew: true };
    const { isDisabled } = await accounts.stateOf(account);
    if (isDisabled || connection.isDisabled) {
      if (connection.isDisabled) holding.tried = { ...holding.tried, lastError: CRM_DISABLED };
      return { kind: 'wait', until: clock.now() + LOOKS_AGAIN_MS };
    }
    if (holdsFormer(connection) && (connection.portal || isStored(first))) {
      if (!connection.portal) return { kind: 'wait', until: clock.now() + LOOKS_AGAIN_MS, takesNew: true };
      return forgetFormer(connection, () => holdings.isStillHeld(holding));
    }
    await crms.noteNews(connection);
    const call = callsFor(account, holding);
    const entities = due.filter(isEntity);
    const did =
      first.dirty.type === 'contact' || first.dirty.type === 'deal'
        ? await readEntities(holding, account, entities, call)
        : await follow(connection, first, call);
    return did.kind === 'failing' ? failing(holding, did.failed) : { kind: did.kind };
  }

  async function follow(connection: CrmConnection, row: DirtyRow, call: CallCrm): Promise<Did> {
    const { did, next } = await work(connection, row, call);
    if (did.kind === 'failing' && did.refusal) return refused(connection, row, did.refusal);
    if (did.kind !== 'next') return did;
    if (next) await news.putOff(row, 0, { proof: next });
    else await news.clear(row);
    return NEXT;
  }

  /** What the CRM refuses holds nothing else up. It is told of, and marked again when it is due again. */
  async function refused(connection: CrmConnection, row: DirtyRow, refusal: Failed): Promise<Did> {
    log({ account: connection.account, readCrmNews: row.dirty.type, refused: errorOf(refusal).code });
    if (refusal.kind === 'refused' && (refusal.code === 'NOT_ADMIN' || refusal.code === 'PLAN')) {
      await crms.noteProblems(connection, [{ code: refusal.code, about: row.dirty.type }]);
    }
    await news.clear(row);
    return NEXT;
  }

  async function work(
    connection: CrmConnection,
    row: DirtyRow,
    call: CallCrm,
  ): Promise<Awaited<ReturnType<typeof refresh.prove>>> {
    const { account, connectionId } = connection;
    switch (row.dirty.type) {
      case 'uninstalled':
        if (row.dirty.connectionId === connectionId) await crms.noteEnded(connection);
        return { did: NEXT };
      case 'installed': {
        // The account has another CRM by now.
        if (row.dirty.connectionId !== connectionId) return { did: NEXT };
        const given = readInstalled(await cipher.open(row.dirty.sealed, crmTokensContext(connectionId)));
        await wakeCrm(account, () => crms.install(connection, given.tokens, given.hookSecret));
        await news.mark(account, [{ type: 'prepare' }, { type: 'users' }]);
        return { did: NEXT };
      }
      case 'enquiry':
        return { did: await takeEnquiry(account, row.dirty, call) };
      case 'prepare':
        return { did: await refresh.prepare(account, call) };
      case 'users':
        return { did: await refresh.refreshUsers(connection, call) };
      case 'kept':
        return refresh.check(connection, row, call);
      default:
        return refresh.prove(connection, row, call);
    }
  }

  async function readEntities(
    holding: Holding,
    account: string,
    entities: readonly EntityRow[],
    call: CallCrm,
  ): Promise<Did> {
    const handedBefore = await handedOverIn(account);
    const read = got(
      await call((crm, session) =>
        crm.read(
          session,
          entities.map(({ dirty }) => dirty),
        ),
      ),
    );
    if ('end' in read) {
      if (!(read.end.kind === 'failing' && read.end.refusal)) return read.end;
      const dueAt = clock.now() + REFUSED_MS;
      await eachAtOnce(entities, AT_ONCE, (row) => news.putOff(row, dueAt, {}));
      return NEXT;
    }
    const both = entities.map((row, at) => ({ row, asked: read.value[at] ?? ({ kind: 'gone' } as const) }));
    // What was left is asked for again with the next call, if anything was answered.
    const ofCrm = both.every(({ asked }) => isOfAll(asked)) ? both[0]?.asked : undefined;
    // What was read is stored by its reader only, and a holder that slept is none any more.
    if (!(await holdings.isStillHeld(holding))) return { kind: 'stop' };
    const did = await takeContacts(account, both, handedBefore, call);
    if (did.kind !== 'next') return did;
    for (const { row, isTaken } of await takeDeals(account, both.filter(isLearned('deal')), call)) {
      if (isTaken) await clear(account, row);
      else await news.putOff(row, clock.now() + REFUSED_MS, {});
    }
    return ofCrm && ofCrm.kind !== 'ok' ? (laneEnd(ofCrm) ?? NEXT) : NEXT;
  }

  async function takeContacts(
    account: string,
    both: readonly ReadRow[],
    handedBefore: ReadonlySet<string>,
    call: CallCrm,
  ): Promise<Did> {
    const read = both.filter(isLearned('contact'));
    if (read.length === 0) return NEXT;
    const known = await contacts.loadAll(
      account,
      read.map(({ row }) => row.dirty.id),
    );
    // The CRM may have been told since it was read, or nobody had handed them over by then.
    const handedOver = new Set([...handedBefore, ...(await handedOverIn(account))]);
    const ends: Did[] = [];
    const one = async ({ row, asked }: ReadRow, now: ContactRow): Promise<void> => {
      const isHandedOver = handedOver.has(row.dirty.id);
      const took = await takeContact(account, row, asked as Asked<CrmContact>, { row: now, isHandedOver }, call);
      await settle(account, row, took, ends);
    };
    const keepsAll = ({ asked }: ReadRow, { card }: ContactRow) =>
      asked.kind === 'ok' &&
      asked.value.type === 'contact' &&
      card !== undefined &&
      lostOf(account, card, asked.value).length === 0;
    const numbered = read.map((entry, at) => ({ entry, now: known[at]! }));
    const quick = numbered.filter(({ entry, now }) => keepsAll(entry, now));
    await eachAtOnce(quick, AT_ONCE, ({ entry, now }) => one(entry, now));
    // An address goes from one contact to another, so these come one after the other, each as it then is.
    for (const { entry } of numbered.filter((one) => !quick.includes(one))) {
      if (ends.length > 0) break;
      await one(entry, await contacts.load(account, entry.row.dirty.id));
    }
    return ends[0] ?? NEXT;
  }

  async function settle(account: string, row: DirtyRow, took: Took, ends: Did[]): Promise<void> {
    if (took.kind === 'failed') ends.push(took.end);
    else if (took.kind === 'later')
      await news.putOff(row, took.dueAt, took.goneAt === undefined ? {} : { goneAt: took.goneAt });
    else await clear(account, row);
  }

  /** A mark that another holder took away meanwhile is set again: what that one stored may be newer. */
  async function clear(account: string, row: DirtyRow): Promise<void> {
    if ((await news.clear(row)) === 'gone') await news.mark(account, [row.dirty]);
  }

  async function failing(holding: Holding, failed: LaneFailure): Promise<Step> {
    const { tried, until } = heldBack(holding.tried, failed, clock.now());
    holding.tried = tried;
    log({ readCrmNews: await nameInLog(holding.lane), outcome: failed.kind });
    return { kind: 'wait', until };
  }

  /** No CRM is connected any more: nothing is left to read, also of what was put off. */
  async function forget(lane: string): Promise<Step> {
    const { rows: marks } = await news.pageOf(lane, MOST_FORGOTTEN);
    await eachAtOnce(marks, AT_ONCE, (row) => news.clear(row));
    return { kind: marks.length === 0 ? 'empty' : 'next' };
  }

  return { step };
}

/** Whether what is read for the mark is stored as a contact or a deal. */
function isStored({ dirty: { type } }: DirtyRow): boolean {
  return type === 'contact' || type === 'deal' || type === 'enquiry' || type === 'kept';
}

/** Whether it is of that type, and something was learned of it: else its mark stays. */
function isLearned(type: Ref['type']) {
  return ({ row, asked }: ReadRow) => row.dirty.type === type && !isOfAll(asked);
}

function isEntity(row: DirtyRow): row is EntityRow {
  return row.dirty.type === 'contact' || row.dirty.type === 'deal';
}
