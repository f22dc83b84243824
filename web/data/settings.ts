import type { Me, SettingsModel } from '../models.ts';
import { answerOf, baseOf, bodyOf, createApi } from './api.ts';
import type { Session } from './session.ts';

/** The page of a settings link. */
export function createSettings({ api, signOut }: Session, me: Me): SettingsModel {
  return {
    me,
    signOut,
    async linkOf(userId) {
      return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { userId } }))).url;
    },
  };
}

/** A link to the settings of the account with that API key. The key goes into one request, and is kept nowhere. */
export async function linkByKey(key: string): Promise<string> {
  const api = createApi(baseOf(location), { token: () => key, renew: async () => false });
  return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { settings: true } }))).url;
}
