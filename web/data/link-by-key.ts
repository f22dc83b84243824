import { answerOf, baseOf, bodyOf, createApi } from './api.ts';

/** A link to the settings of the account with that API key. The key goes into one request, and is kept nowhere. */
export async function linkByKey(key: string): Promise<string> {
  const api = createApi(baseOf(location), { token: () => key, renew: async () => false });
  return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { settings: true } }))).url;
}
