import * as z from 'zod/mini';
import type { Asked, Crm, Session } from '#crms/crm';
import type { CrmContact, CrmDeal, CrmUser, Ref } from '#domain/crm';
import { type Bitrix24Api, MOST_COMMANDS, partOf } from './client.ts';
import { DEAL_FIELDS, ownIdOf, stageListOf, TYPES, toContact, toDeal, toPipeline, toUser } from './map.ts';
import { phoneOf, variantsOf } from './phones.ts';
import { commandOf } from './query.ts';
import {
  categoriesSchema,
  contactRowsSchema,
  contactSchema,
  dealSchema,
  foundSchema,
  idOnlySchema,
  itemsOf,
  readAs,
  statusesSchema,
  userSchema,
} from './schema.ts';

/** Every list has pages of this length. https://apidocs.bitrix24.com/settings/how-to-call-rest-api/list-methods-pecularities.html */
const PAGE = 50;
/** Two lists of each type in one call. */
export const MOST_READ = 100;
/** A contact with more deals than this is no client. */
const MOST_DEAL_PAGES = 10;
const EMPLOYEES = { FILTER: { USER_TYPE: 'employee' }, ADMIN_MODE: 'True', SORT: 'ID', ORDER: 'ASC' };

type Lists = Pick<Crm, 'users' | 'pipelines' | 'find' | 'read' | 'dealsOf' | 'changedSince'>;

/** What is read of a portal. */
export function createLists(api: Bitrix24Api): Lists {
  async function contactsById(session: Session, ids: readonly string[]): Promise<Asked<readonly CrmContact[]>> {
    if (ids.length === 0) return { kind: 'ok', value: [] };
    const asked = await api.batch(session, { contacts: itemsById({ type: 'contact', ids }) });
    if (asked.kind !== 'ok') return asked;
    const list = readAs(itemsOf(contactSchema), partOf(asked.value, 'contacts'));
    if (list.kind !== 'ok') return list;
    return { kind: 'ok', value: list.value.items.map((item) => toContact(asked.value.host, item)) };
  }

  return {
    /** Dismissed users too: `ACTIVE` is not asked for. Guests and bots are no employees. */
    async users(session) {
      const first = await api.call(session, 'user.get', { ...EMPLOYEES, start: 0 });
      if (first.kind !== 'ok') return first;
      const pages: unknown[] = [first.value.result];
      let from = PAGE;
      while (from < (first.value.total ?? 0)) {
        const commands: Record<string, string> = {};
        for (; from < (first.value.total ?? 0) && Object.keys(commands).length < MOST_COMMANDS; from += PAGE) {
          commands[`u${from}`] = commandOf('user.get', { ...EMPLOYEES, start: from });
        }
        const asked = await api.batch(session, commands);
        if (asked.kind !== 'ok') return asked;
        for (const name of Object.keys(commands)) {
          const part = partOf(asked.value, name);
          if (part.kind !== 'ok') return part;
          pages.push(part.value);
        }
      }
      const users = new Map<string, CrmUser>();
      for (const page of pages) {
        const read = readAs(z.array(userSchema), { kind: 'ok', value: page });
        if (read.kind !== 'ok') return read;
        for (const user of read.value) {
          if (user.USER_TYPE === undefined || user.USER_TYPE === 'employee') users.set(user.ID, toUser(user));
        }
      }
      return { kind: 'ok', value: [...users.values()] };
    },
    async pipelines(session) {
      const listed = await api.call(session, 'crm.category.list', { entityTypeId: TYPES.deal });
      if (listed.kind !== 'ok') return listed;
      const categories = readAs(categoriesSchema, { kind: 'ok', value: listed.value.result });
      if (categories.kind !== 'ok') return categories;
      const pipelines = [];
      for (let from = 0; from < categories.value.categories.length; from += MOST_COMMANDS) {
        const some = categories.value.categories.slice(from, from + MOST_COMMANDS);
        const asked = await api.batch(session, Object.fromEntries(some.map(({ id }) => [`s${id}`, stagesOf(id)])));
        if (asked.kind !== 'ok') return asked;
        for (const category of some) {
          const stages = readAs(statusesSchema, partOf(asked.value, `s${category.id}`));
          if (stages.kind !== 'ok') return stages;
          pipelines.push(toPipeline(category, stages.value));
        }
      }
      return { kind: 'ok', value: pipelines };
    },
    /** By phone in all its spellings; by an id that Konvert wrote, or a name in a messenger as somebody wrote it. */
    async find(session, data) {
      const digits = phoneOf(data);
      if (digits !== undefined) {
        const values = variantsOf(digits);
        const asked = await api.call(session, 'crm.duplicate.findbycomm', {
          entity_type: 'CONTACT',
          type: 'PHONE',
          values,
        });
        if (asked.kind !== 'ok') return asked;
        // `[]`, if there is nobody.
        const found = readAs(foundSchema, {
          kind: 'ok',
          value: Array.isArray(asked.value.result) ? {} : asked.value.result,
        });
        return found.kind === 'ok' ? contactsById(session, found.value.CONTACT) : found;
      }
      const { chatType, chatId, username } = data;
      const values = [chatId && ownIdOf(chatType, chatId), username?.replace(/^@/, '')].filter((value) => !!value);
      if (values.length === 0) return { kind: 'ok', value: [] };
      const commands = values.map((value, at) => [`m${at}`, contactsBy(value)] as const);
      const asked = await api.batch(session, Object.fromEntries(commands));
      if (asked.kind !== 'ok') return asked;
      const ids = new Set<string>();
      for (const [name] of commands) {
        const rows = readAs(contactRowsSchema, partOf(asked.value, name));
        if (rows.kind !== 'ok') return rows;
        for (const { ID } of rows.value) ids.add(ID);
      }
      return contactsById(session, [...ids]);
    },
    async read(session, refs) {
      const commands = Object.fromEntries(chunksOf(refs).map((chunk, at) => [`${chunk.type}${at}`, itemsById(chunk)]));
      if (refs.length === 0) return { kind: 'ok', value: [] };
      const asked = await api.batch(session, commands);
      if (asked.kind !== 'ok') return asked;
      const { host } = asked.value;
      const known = new Map<string, Asked<CrmContact | CrmDeal>>();
      for (const [name, type, ids] of chunksOf(refs).map(({ type, ids }, at) => [`${type}${at}`, type, ids] as const)) {
        const part = partOf(asked.value, name);
        const list =
          type === 'contact'
            ? mapped(readAs(itemsOf(contactSchema), part), (item) => toContact(host, item))
            : mapped(readAs(itemsOf(dealSchema), part), (item) => toDeal(host, item));
        if (list.kind === 'ok')
          for (const one of list.value) known.set(`${type}#${one.id}`, { kind: 'ok', value: one });
        else for (const id of ids) known.set(`${type}#${id}`, list);
      }
      return { kind: 'ok', value: refs.map(({ type, id }) => known.get(`${type}#${id}`) ?? { kind: 'gone' }) };
    },
    /** Those in which the person is the main contact: Bitrix24 finds no others (K23). */
    async dealsOf(session, contactId) {
      const deals: CrmDeal[] = [];
      for (let page = 0; page < MOST_DEAL_PAGES; page += 1) {
        const before = deals.at(-1)?.id;
        const asked = await api.call(session, 'crm.item.list', {
          entityTypeId: TYPES.deal,
          filter: { '=contactId': Number(contactId), ...(before !== undefined && { '<id': Number(before) }) },
          order: { id: 'DESC' },
          select: DEAL_FIELDS,
          start: -1,
        });
        if (asked.kind !== 'ok') return asked;
        const { host, result } = asked.value;
        const list = mapped(readAs(itemsOf(dealSchema), { kind: 'ok', value: result }), (item) => toDeal(host, item));
        if (list.kind !== 'ok') return list;
        deals.push(...list.value);
        if (list.value.length < PAGE) break;
      }
      return { kind: 'ok', value: deals };
    },
    /** In the order of ids, and without a count, which is what makes long lists slow. The cursor is the last ids. */
    async changedSince(session, since, cursor) {
      const last = new Map(
        (cursor?.split(',') ?? ['contact:0', 'deal:0']).map((part) => part.split(':') as [Ref['type'], string]),
      );
      const commands = [...last].map(([type, id]) => [type, changed(type, since, id)] as const);
      const asked = await api.batch(session, Object.fromEntries(commands));
      if (asked.kind !== 'ok') return asked;
      const refs: Ref[] = [];
      const next: string[] = [];
      for (const [type] of commands) {
        const list = readAs(itemsOf(idOnlySchema), partOf(asked.value, type));
        if (list.kind !== 'ok') return list;
        refs.push(...list.value.items.map(({ id }) => ({ type, id })));
        if (list.value.items.length === PAGE) next.push(`${type}:${list.value.items.at(-1)?.id}`);
      }
      return { kind: 'ok', value: { refs, ...(next.length > 0 && { cursor: next.join(',') }) } };
    },
  };
}

function mapped<Item, One>(asked: Asked<{ items: Item[] }>, map: (item: Item) => One): Asked<One[]> {
  return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.items.map(map) } : asked;
}

interface Chunk {
  readonly type: Ref['type'];
  readonly ids: readonly string[];
}

function chunksOf(refs: readonly Ref[]): Chunk[] {
  return (['contact', 'deal'] as const).flatMap((type) => {
    const ids = [...new Set(refs.filter((ref) => ref.type === type).map(({ id }) => id))];
    return Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) => ({
      type,
      ids: ids.slice(at * PAGE, (at + 1) * PAGE),
    }));
  });
}

/** Phones come only with all fields of a contact. */
function itemsById({ type, ids }: Chunk): string {
  const select = type === 'contact' ? ['*'] : DEAL_FIELDS;
  return commandOf('crm.item.list', { entityTypeId: TYPES[type], filter: { '@id': ids }, select, start: -1 });
}

/** Contacts with that value in a messenger, as a whole. Only the older list can look for it. */
function contactsBy(value: string | undefined): string {
  return commandOf('crm.contact.list', { filter: { IM: value }, select: ['ID'], start: -1 });
}

function stagesOf(pipelineId: string): string {
  return commandOf('crm.status.list', { filter: { ENTITY_ID: stageListOf(pipelineId) }, order: { SORT: 'ASC' } });
}

/** The time goes with its zone: without one it would be the portal's (K26). */
function changed(type: Ref['type'], since: number, after: string): string {
  const at = new Date(since).toISOString().replace(/\.\d+Z$/, '+00:00');
  return commandOf('crm.item.list', {
    entityTypeId: TYPES[type],
    filter: { '>=updatedTime': at, '>id': after },
    order: { id: 'ASC' },
    select: ['id'],
    start: -1,
  });
}
