import { type AmoState, LOST, WON } from './amo-state.ts';

/** What amoCRM answers. Without a body its status says it all. */
export interface AmoAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const MOST = 250;

/** A page of a list, as amoCRM answers it: an empty one is a 204. */
export function listed(name: string, all: readonly unknown[], query: URLSearchParams): AmoAnswer {
  const limit = Number(query.get('limit') ?? 50);
  if (limit > MOST) return refused(422, `The limit is at most ${MOST}`);
  const page = Number(query.get('page') ?? 1);
  const items = all.slice((page - 1) * limit, page * limit);
  if (items.length === 0) return { status: 204 };
  const next = new URLSearchParams(query);
  next.set('page', String(page + 1));
  const links = all.length > page * limit ? { next: { href: `?${next}` } } : {};
  return { status: 200, body: { _page: page, _links: links, _embedded: { [name]: items } } };
}

/** Contacts or deals that the filters of the query let through, in the order that it wants. */
export function filtered<T extends AmoState['contacts'][number]>(all: readonly T[], query: URLSearchParams): T[] {
  const ids = query.getAll('filter[id][]').concat(query.getAll('filter[id]')).map(Number);
  const text = query.get('query')?.toLowerCase();
  const between = (at: number, name: string) =>
    at >= Number(query.get(`filter[${name}][from]`) ?? 0) &&
    at <= Number(query.get(`filter[${name}][to]`) ?? Number.MAX_SAFE_INTEGER);
  const found = all.filter(
    (one) =>
      (ids.length === 0 || ids.includes(one.id)) &&
      (text === undefined || textOf(one).includes(text)) &&
      between(one.createdAt, 'created_at') &&
      between(one.updatedAt, 'updated_at'),
  );
  const sign = (name: string) => ({ asc: 1, desc: -1 })[query.get(`order[${name}]`) ?? ''] ?? 0;
  return found.sort(
    (one, other) =>
      sign('updated_at') * (one.updatedAt - other.updatedAt) ||
      sign('created_at') * (one.createdAt - other.createdAt) ||
      (sign('id') || -1) * (one.id - other.id),
  );
}

/** All that a search looks at: numbers as they are written, and by their digits. */
function textOf({ name, fields }: AmoState['contacts'][number]): string {
  const values = fields.flatMap((field) => field.values.map(({ value }) => value));
  return [name, ...values, ...values.map((value) => value.replaceAll(/[\s()+-]/g, ''))].join(' ').toLowerCase();
}

/** Whether a stage closes a deal. */
export function isClosed(statusId: number): boolean {
  return statusId === WON || statusId === LOST;
}

/** A refusal. `path` is the field that it is about. */
export function refused(status: number, detail: string, path?: string): AmoAnswer {
  const errors = path && [{ request_id: '0', errors: [{ code: 'NotSupportedChoice', path, detail }] }];
  return {
    status,
    body: {
      ...(errors && { 'validation-errors': errors }),
      title: status === 404 ? 'Not found' : 'Bad Request',
      type: `https://httpstatus.es/${status}`,
      status,
      detail,
    },
  };
}
