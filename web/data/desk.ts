import type { App } from '../models.ts';
import { answerOf, bodyOf } from './api.ts';
import type { Context } from './context.ts';

/** What belongs to no chat: quick replies, templates, links. Each throws the server's words if it is refused. */
export function createDesk({
  api,
  userId,
}: Context): Pick<App, 'quickReplies' | 'saveQuickReplies' | 'templates' | 'newLink' | 'statistics'> {
  let version: number | undefined;
  return {
    async quickReplies() {
      const read = bodyOf(await answerOf(api.GET('/v1/quick-replies')));
      version = read.version;
      return read.quickReplies;
    },
    async saveQuickReplies(replies) {
      // Of two who change them at once, the second is told.
      const body = { quickReplies: [...replies], ...(version !== undefined && { version }) };
      version = bodyOf(await answerOf(api.PUT('/v1/quick-replies', { body }))).version;
    },
    async templates(channelId) {
      const all = bodyOf(await answerOf(api.GET('/v3/templates/whatsapp', { params: { query: {} } })));
      return all.filter(({ channels }) => channels.includes(channelId));
    },
    async newLink() {
      return bodyOf(await answerOf(api.POST('/v1/page-links', { body: { userId } }))).url;
    },
    statistics: async () => (await import('./statistics.ts')).createStatistics(api),
  };
}
