import { dataOf, type KonvertClient } from '../../clients/typescript/index.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** Calls a route that the description does not have yet. */
export function soon<T>(konvert: KonvertClient, method: Method, path: string, options: object = {}): Promise<T> {
  const call = konvert[method] as unknown as (path: string, options: object) => Promise<{ response: Response }>;
  return dataOf(call(path, options)) as Promise<T>;
}
