import { type Access, type Call, call, StepError } from '../terminal/printed-calls.ts';

/** Makes a call and returns its answer. One that is not 2xx is a `StepError` with Konvert's own words. */
export async function ask<T>(access: Access, wanted: Call): Promise<T> {
  const { status, body } = await call(access, wanted);
  if (status < 300) return body as T;
  const { error = '', description = '' } = body as { readonly error?: string; readonly description?: string };
  throw new StepError(`Konvert answered ${status} ${error}: ${description}`);
}
