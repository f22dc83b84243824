import { readDemoAccount } from '#local/demo/account';
import { readStartOptions } from '#local/start-options';
import { type Access, StepError } from './printed-calls.ts';

/**
 * The Konvert that is meant, and the key to call it with: that of KONVERT_API_KEY, or of the demo company on this
 * machine. Throws a `StepError` if there is none.
 */
export async function accessOf(given: { readonly url?: string | undefined; readonly key?: string | undefined }) {
  const { ownUrl, dataFolder } = readStartOptions(process.env);
  const url = given.url?.replace(/\/+$/, '') ?? ownUrl;
  const apiKey = given.key ?? process.env.KONVERT_API_KEY;
  if (apiKey) return { url, apiKey } satisfies Access;
  const demo = given.url === undefined ? await readDemoAccount(`${dataFolder}/demo.json`) : undefined;
  if (!demo) throw new StepError('There is no API key. Give it in KONVERT_API_KEY');
  return { url: demo.url, apiKey: demo.apiKey } satisfies Access;
}
