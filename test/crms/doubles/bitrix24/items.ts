import { listOf, type Method, mapOf, type Params, RestError, textOf } from './rest.ts';
import { type Item, type Kind, keyOf, type PortalState, ring, TYPES, timeOf, timeText } from './state.ts';

const PAGE = 50;
/** What may be sent. Anything else is ignored without a word. */
const WRITABLE: readonly string[] = [
  'name',
  'lastName',
  'title',
  'categoryId',
  'stageId',
  'assignedById',
  'originatorId',
  'originId',
  'sourceDescription',
  'opened',
  'comments',
];
/** `contactIds` is in no filter: https://apidocs.bitrix24.com/api-reference/crm/universal/crm-item-list.html */
const FILTERED: readonly string[] = [
  'id',
  'contactId',
  'originatorId',
  'originId',
  'assignedById',
  'updatedTime',
  'createdTime',
  'stageId',
  'categoryId',
];

/** The methods `crm.item.*`, as https://apidocs.bitrix24.com/api-reference/crm/universal describes them. */
export function itemMethods(state: PortalState): Record<string, Method> {
  function find(params: Params): Item {
    const item = state.items.get(keyOf(kindOf(params), textOf(params.id)));
    if (!item) throw new RestError(400, 'NOT_FOUND', 'Элемент не найден');
    return item;
  }

  return {
    'crm.item.add': (params, userId) => {
      const item = addItem(state, kindOf(params), mapOf(params.fields), userId);
      return { result: { item: shown(state, item) } };
    },
    'crm.item.get': (params) => {
      const contactIds = params.entityTypeId === '1' ? state.leads.get(textOf(params.id)) : undefined;
      const lead = contactIds && { id: Number(params.id), contactId: contactIds[0] ?? 0, contactIds, entityTypeId: 1 };
      return { result: { item: lead ?? shown(state, find(params)) } };
    },
    'crm.item.update': (params) => {
      const item = find(params);
      changeItem(state, item, mapOf(params.fields));
      return { result: { item: shown(state, item) } };
    },
    'crm.item.delete': (params) => {
      removeItem(state, find(params));
      return { result: [] };
    },
    'crm.item.list': (params) => {
      const kind = kindOf(params);
      const tests = Object.entries(mapOf(params.filter)).map(([name, value]) => testOf(name, value));
      const [[by = 'id', way = 'ASC'] = []] = Object.entries(mapOf(params.order));
      if (by !== 'id')
        throw new RestError(400, 'INVALID_ARG_VALUE', `Invalid order: field '${by}' is not allowed in order`);
      const hits = [...state.items.values()]
        .filter((item) => item.kind === kind && tests.every((test) => test(shown(state, item))))
        .sort((one, other) => (way === 'DESC' ? other.id - one.id : one.id - other.id));
      return paged(
        hits.map((item) => selected(shown(state, item), listOf(params.select).map(textOf))),
        params.start,
        (items) => ({ items }),
      );
    },
  };
}

/** A page of fifty. `start: -1` saves the count. */
export function paged(all: readonly unknown[], start: unknown, wrap: (page: unknown[]) => unknown = (page) => page) {
  const from = Math.max(0, Number(start ?? 0));
  const result = wrap(all.slice(from, from + PAGE));
  if (Number(start ?? 0) < 0) return { result, total: 0 };
  return { result, total: all.length, ...(all.length > from + PAGE && { next: from + PAGE }) };
}

function kindOf(params: Params): Kind {
  const kind = TYPES[textOf(params.entityTypeId)];
  if (!kind) throw new RestError(400, 'NOT_FOUND', 'Смарт-процесс не найден');
  return kind;
}

function testOf(name: string, value: unknown): (item: Params) => boolean {
  const [, sign = '', field = ''] = /^(>=|<=|>|<|@|=|!)?(\w+)$/.exec(name) ?? [];
  if (!FILTERED.includes(field)) {
    throw new RestError(400, 'INVALID_ARG_VALUE', `Invalid filter: field '${field || name}' is not allowed in filter`);
  }
  const numberOf = (one: unknown) => (field.endsWith('Time') ? timeOf(textOf(one)) : Number(one));
  return (item) => {
    const [mine, theirs] = [item[field], value];
    if (sign === '@') return listOf(theirs).map(textOf).includes(textOf(mine));
    if (sign === '>=') return numberOf(mine) >= numberOf(theirs);
    if (sign === '>') return numberOf(mine) > numberOf(theirs);
    if (sign === '<') return numberOf(mine) < numberOf(theirs);
    if (sign === '<=') return numberOf(mine) <= numberOf(theirs);
    return (textOf(mine) === textOf(theirs)) !== (sign === '!');
  };
}

/** `fm` comes with all fields only. */
function selected(item: Params, fields: readonly string[]): Params {
  if (fields.length === 0 || fields.includes('*')) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'fm' && fields.includes(name)));
}

/** An item as Bitrix24 shows it: https://apidocs.bitrix24.com/api-reference/crm/universal/crm-item-get.html */
function shown(state: PortalState, item: Item): Params {
  const stage = state.statuses.find(({ id }) => id === item.fields.stageId);
  const semantics = stage?.semantics ?? 'P';
  return {
    id: item.id,
    createdTime: timeText(item.createdAt),
    updatedTime: timeText(item.updatedAt),
    lastActivityTime: timeText(item.activityAt),
    originatorId: null,
    originId: null,
    ...item.fields,
    assignedById: Number(item.fields.assignedById),
    ...(item.kind === 'contact' && {
      lastName: null,
      ...item.fields,
      assignedById: Number(item.fields.assignedById),
      fm: item.fm,
    }),
    ...(item.kind === 'deal' && {
      stageSemanticId: semantics,
      closed: semantics === 'P' ? 'N' : 'Y',
      contactId: item.contactIds[0] ?? 0,
      contactIds: item.contactIds,
    }),
    entityTypeId: item.kind === 'deal' ? 2 : 3,
  };
}

/** Makes an item, with what Bitrix24 checks and sets by itself. */
export function addItem(state: PortalState, kind: Kind, given: Params, userId: string): Item {
  const now = state.clock.now();
  const item: Item = {
    id: state.next(),
    kind,
    fields: { assignedById: userId },
    createdAt: now,
    updatedAt: now,
    activityAt: now,
    fm: listOf(given.fm).map((one) => {
      const { typeId, valueType, value } = mapOf(one);
      return { id: state.next(), typeId: textOf(typeId), valueType: textOf(valueType), value: textOf(value) };
    }),
    contactIds: listOf(given.contactIds).map(Number).filter(Boolean),
  };
  for (const title of state.required)
    throw new RestError(400, 'CRM_FIELD_ERROR_REQUIRED', `Поле «${title}» обязательно для заполнения`);
  if (kind === 'deal') {
    const category = textOf(given.categoryId || '0');
    const list = category === '0' ? 'DEAL_STAGE' : `DEAL_STAGE_${category}`;
    item.fields.categoryId = Number(category);
    item.fields.stageId = state.statuses.find((one) => one.list === list)?.id;
  }
  write(state, item, given);
  if (kind === 'deal' && !item.fields.title) item.fields.title = `Сделка #${item.id}`;
  state.items.set(keyOf(kind, item.id), item);
  ring(state, `ONCRM${kind.toUpperCase()}ADD`, { ID: String(item.id) });
  return item;
}

/** Changes an item. What changes nothing is not saved, and rings nothing. */
export function changeItem(state: PortalState, item: Item, given: Params): void {
  const before = JSON.stringify(item.fields);
  write(state, item, given);
  if (JSON.stringify(item.fields) === before) return;
  item.updatedAt = state.clock.now();
  ring(state, `ONCRM${item.kind.toUpperCase()}UPDATE`, { ID: String(item.id) });
}

export function removeItem(state: PortalState, item: Item): void {
  state.items.delete(keyOf(item.kind, item.id));
  for (const deal of state.items.values())
    deal.contactIds = deal.contactIds.filter((id) => item.kind !== 'contact' || id !== item.id);
  ring(state, `ONCRM${item.kind.toUpperCase()}DELETE`, { ID: String(item.id) });
}

function write(state: PortalState, item: Item, given: Params): void {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) if (WRITABLE.includes(name)) changed[name] = value;
  if (changed.assignedById !== undefined) {
    const user = state.users.get(textOf(changed.assignedById));
    if (!user?.isActive) throw notValid('Ответственный');
  }
  if (changed.categoryId !== undefined) changed.categoryId = Number(changed.categoryId);
  if (changed.stageId !== undefined && !state.statuses.some(({ id }) => id === changed.stageId))
    throw notValid('Стадия сделки');
  Object.assign(item.fields, changed);
}

function notValid(title: string): RestError {
  return new RestError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', `Неверное значение поля «${title}»`);
}
