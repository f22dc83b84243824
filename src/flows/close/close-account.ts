import { OPERATOR } from '#domain/audit';
import { type Erased, withErased } from '#domain/erasure';
import { END_OF_KEYS, FIRST_KEY } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import type { OwnedIds, OwnedTable } from '#domain/owned';
import type { BlobStore } from '#media/blob-store';
import { createErasures } from '#store/accounts/erasures';
import { createOwned } from '#store/accounts/owned';
import { createOwnedRows, leadsToOthers, type OwnedRow, type ScanPlace } from '#store/accounts/owned-rows';
import { createWatch } from '#store/chats/watch';
import type { StoreDeps } from '#store/dynamo/client';
import { closeTaskName } from '#store/outbox/retain-tasks';
import { createTasks, RUN_MS, type TakenTask, type TaskOf } from '#store/outbox/tasks';
import type { SilenceAccount } from './silence-account.ts';

type CloseTask = TaskOf<'close'>;

/** Erases an account. Answers with when it goes on (in milliseconds from now), or undefined if it is gone. */
export type CloseAccount = (taken: TakenTask<CloseTask>, until: number) => Promise<number | undefined>;

/** What a step did. With a `place` it goes on from there; `afterMs`: the next step has to wait. */
interface Done {
  readonly erased?: Partial<Erased>;
  readonly place?: ScanPlace | undefined;
  readonly afterMs?: number;
}

type Step = (task: CloseTask, ids: OwnedIds, until: number) => Promise<Done>;

/** By then no process remembers the channels, and no put of a message is under way. */
const REMEMBERED_MS = 20_000;
/** By then what had begun while the tables were gone through has ended: no function runs for longer, but lanes. */
const UNDER_WAY_MS = 120_000;

const TABLES: readonly OwnedTable[] = [
  'pages',
  'outbox',
  'messages',
  'chats',
  'addresses',
  'directory',
  'dispensers',
  'assignments',
  'files',
  'waits',
];

/** Makes `closeAccount`. Each step finds by itself what is still there, so doing it again does no harm. */
export function createCloseAccount(
  deps: StoreDeps & { readonly blobs: Pick<BlobStore, 'remove'>; readonly silenceAccount: SilenceAccount },
): CloseAccount {
  const { clock, blobs, silenceAccount } = deps;
  const tasks = createTasks(deps);
  const erasures = createErasures(deps);
  const owned = createOwned(deps);
  const rows = createOwnedRows(deps);
  const watch = createWatch(deps);

  const silence: Step = async ({ account, base }, _ids, until) =>
    (await silenceAccount(account, base, until)) ? { afterMs: REMEMBERED_MS } : { place: {} };

  /** The bytes go before their row, which alone leads to them. */
  async function removeBytes({ key }: OwnedRow): Promise<void> {
    if (typeof key === 'string') await blobs.remove(key);
  }

  function clear(table: OwnedTable): Step {
    return async (task, ids) => {
      const own = closeTaskName(task);
      const before = table === 'files' ? removeBytes : undefined;
      const { rows: gone, next } = await rows.removePart(table, ids, task.place, ({ l }) => l === own, before);
      return { erased: countOf(table, gone), place: next };
    };
  }

  const wait: Step = async () => ({ afterMs: UNDER_WAY_MS });

  /** What the account is known by goes last, and of that the list of its channels, and the account itself. */
  const clearAccount: Step = async ({ place }, ids) => {
    const { next } = await rows.removePart('accounts', ids, place, (row) => leadsToOthers(ids, row));
    if (next === undefined) await watch.forget((chat) => ids.channels.has(chatOfKey(chat).channelId));
    return { place: next };
  };
  const clearLeads: Step = async ({ place }, ids) => {
    const { next } = await rows.removePart('accounts', ids, place, () => false);
    return { place: next };
  };

  const round = TABLES.map(clear);
  const steps: readonly Step[] = [silence, ...round, wait, ...round, clearAccount, clearLeads];

  return async function closeAccount(taken, until) {
    let { task } = taken;
    for (;;) {
      const step = steps[task.step];
      if (!step) break;
      const { erased = {}, place, afterMs = 0 } = await step(task, await owned.of(task.account), until);
      const { place: _, ...rest } = task;
      task = {
        ...rest,
        erased: withErased(task.erased, erased),
        ...(place === undefined ? { step: task.step + 1 } : { place: { ...place } }),
      };
      await tasks.goOn(taken, task, Math.max(afterMs, RUN_MS));
      await erasures.note(OPERATOR, { id: task.id, requestedAt: task.at }, task.erased);
      if (afterMs > 0) return afterMs;
      if (clock.now() >= until) return 0;
    }
    await erasures.finish(OPERATOR, { id: task.id, requestedAt: task.at }, task.erased);
    await tasks.finish(taken);
    return undefined;
  };
}

function countOf(table: OwnedTable, gone: readonly OwnedRow[]): Partial<Erased> {
  const ofKind = (kind: string) => gone.filter(({ p }) => String(p).endsWith(`#${kind}`)).length;
  switch (table) {
    case 'messages':
      return { messages: gone.filter(({ k }) => String(k) >= FIRST_KEY && String(k) < END_OF_KEYS).length };
    case 'chats':
      return { chats: gone.filter(({ s }) => s === '-').length };
    case 'files':
      return { files: gone.length };
    case 'directory':
      return { contacts: ofKind('contacts'), deals: ofKind('deals') };
    case 'outbox':
      return { deliveries: gone.filter(({ e }) => e !== '-').length };
    default:
      return {};
  }
}
