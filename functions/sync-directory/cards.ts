import type * as z from 'zod/mini';
import { pageQuery, someId } from '#api/crm-fields';
import type { CrmRoutes } from '#api/crm-routes';
import { type EntityKind, readEntities } from '#api/read-entities';
import { invalidRequest, type RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import { inOrder } from './in-order.ts';

/** The differences between contacts and deals. */
export interface Cards<S extends z.ZodMiniType, C extends { readonly id: string }> {
  readonly kind: EntityKind<S>;
  readonly toCard: (read: z.infer<S>) => C;
  /** The keys of what a push of the card changes besides the card itself. */
  readonly touches: (account: string, card: C) => readonly string[];
  /** Resolves when all chats of the card are seen by the right users (R2). */
  readonly push: (account: string, card: C) => Promise<void>;
  readonly remove: (account: string, id: string) => Promise<boolean>;
  readonly get: (account: string, id: string) => Promise<C | undefined>;
  /** The `count` of the Wazzup API v3 is another one for deals than for contacts. */
  readonly page: (account: string, offset: number, limit: number) => Promise<{ count: number; data: C[] }>;
  readonly present: (card: C) => unknown;
  readonly notFound: () => RequestError;
}

const LONGEST_ID = 100;
/** The Wazzup API v3 answers up to 100 rows. */
const PAGE = 100;
const nothing = () => [];

/** The routes of contacts, or of deals, as in the Wazzup API v3. */
export function cardRoutes<S extends z.ZodMiniType, C extends { readonly id: string }>(
  path: '/v3/contacts' | '/v3/deals',
  cards: Cards<S, C>,
): CrmRoutes {
  const { kind } = cards;

  async function removeAll(account: string, ids: readonly string[]): Promise<string[]> {
    const removed = new Set<string>();
    await inOrder(ids.filter(fits), nothing, async (id) => {
      if (await cards.remove(account, id)) removed.add(id);
    });
    return ids.filter((id) => !removed.has(id));
  }

  return {
    async [`GET ${path}`]({ query }, { account }) {
      const { offset = 0 } = readValues(pageQuery, query, invalidRequest);
      const { count, data } = await cards.page(account, offset, PAGE);
      return { status: 200, body: { count, data: data.map(cards.present) } };
    },

    async [`GET ${path}/{id}`]({ params: { id = '' } }, { account }) {
      const card = fits(id) ? await cards.get(account, id) : undefined;
      if (!card) throw cards.notFound();
      return { status: 200, body: cards.present(card) };
    },

    async [`POST ${path}`]({ body }, { account }) {
      const pushed = readEntities(kind, body, idOf).map(cards.toCard);
      const touches = (card: C) => cards.touches(account, card);
      await inOrder(pushed, touches, (card) => cards.push(account, card));
      return { status: 200, body: {} };
    },

    async [`DELETE ${path}/{id}`]({ params: { id = '' } }, { account }) {
      if ((await removeAll(account, [id])).length > 0) throw cards.notFound();
      return { status: 200, body: {} };
    },

    async [`PATCH ${path}/bulk_delete`]({ body }, { account }) {
      const ids = readEntities({ ...kind, schema: someId }, body, (id) => id);
      return { status: 200, body: await removeAll(account, ids) };
    },
  };
}

/** A longer id belongs to no card, and may not fit into a key of the table. */
export function fits(id: string): boolean {
  return id !== '' && id.length <= LONGEST_ID;
}

function idOf(read: unknown): string {
  return (read as { id: string }).id;
}
