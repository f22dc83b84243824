import { answerOf, baseOf, bodyOf, createApi } from './api.ts';
import { tabShelf } from './storage.ts';

/** Where the tab was to go, because the link takes the place of that in its address. */
export const PLACE = 'konvert/place';

/** A link to the settings of the account with that API key. The key goes into one request, and is kept nowhere. */
export async function linkByKey(key: string): Promise<string> {
  tabShelf.set(PLACE, location.hash);
  const api = createApi(baseOf(location), { token: () => key, renew: async () => false });
  return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { settings: true } }))).url;
}
