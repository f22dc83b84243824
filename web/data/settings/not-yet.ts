import type { KonvertClient } from '../../../clients/typescript/index.ts';

type Came<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** Asks for what the typed client does not know yet. */
export function getNotYet<T>(api: KonvertClient, path: string): Came<T> {
  return (api.GET as unknown as (path: string) => Came<T>)(path);
}
