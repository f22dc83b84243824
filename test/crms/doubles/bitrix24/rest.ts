import qs from 'qs';

/** An error of a method, as https://apidocs.bitrix24.com/error-codes.html writes it. */
export class RestError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

export type Params = Readonly<Record<string, unknown>>;

/** What a method answers: `total` and `next` stand beside the result of a list. */
export interface Told {
  readonly result: unknown;
  readonly total?: number;
  readonly next?: number;
}

export type Method = (params: Params, userId: string) => Told;

export function mapOf(value: unknown): Params {
  return typeof value === 'object' && value !== null ? (value as Params) : {};
}

export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === '') return [];
  return typeof value === 'object' && value !== null ? Object.values(value) : [value];
}

export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** PHP writes an empty map as an empty list. */
function asPhp(map: Params): unknown {
  return Object.keys(map).length === 0 ? [] : map;
}

/**
 * A batch: at most 50 commands, one after the other, and later ones may use what earlier ones answered. The status is 200
 * whatever happened. https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html
 */
export function runBatch(params: Params, run: (method: string, params: Params) => Told, time: () => unknown): Told {
  const commands = Object.entries(mapOf(params.cmd));
  if (commands.length > 50) throw new RestError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
  const results: Record<string, unknown> = {};
  const errors: Record<string, unknown> = {};
  const totals: Record<string, unknown> = {};
  const nexts: Record<string, unknown> = {};
  const times: Record<string, unknown> = {};
  for (const [name, command] of commands) {
    const [method = '', query = ''] = textOf(command).split(/\?(.*)/s);
    try {
      if (method === 'batch')
        throw new RestError(400, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage');
      const parsed = qs.parse(query, { depth: 10, arrayLimit: 1_000, parameterLimit: 10_000 });
      const told = run(method, mapOf(withResults(parsed, results)));
      results[name] = told.result;
      if (told.total !== undefined) totals[name] = told.total;
      if (told.next !== undefined) nexts[name] = told.next;
      times[name] = time();
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      errors[name] = { error: error.code, error_description: error.message };
      if (Number(params.halt ?? 0) === 1 || params.halt === true) break;
    }
  }
  return {
    result: {
      result: asPhp(results),
      result_error: asPhp(errors),
      result_total: asPhp(totals),
      result_next: asPhp(nexts),
      result_time: asPhp(times),
    },
  };
}

/** Puts answers in for `$result[…]`, wherever it stands in a text. */
function withResults(value: unknown, results: Params): unknown {
  if (typeof value === 'string') {
    const whole = /^\$result((?:\[[^\]]*\])+)$/.exec(value);
    if (whole) return pick(results, whole[1] ?? '');
    return value.replaceAll(/\$result((?:\[[^\]]*\])+)/g, (_, path: string) => textOf(pick(results, path)));
  }
  if (Array.isArray(value)) return value.map((one) => withResults(one, results));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withResults(one, results)]));
}

function pick(results: Params, path: string): unknown {
  const names = [...path.matchAll(/\[([^\]]*)\]/g)].map(([, name = '']) => name);
  return names.reduce<unknown>((value, name) => mapOf(value)[name], results);
}
