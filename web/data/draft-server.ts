import type { KonvertClient } from '../../clients/typescript/index.ts';
import { chatOfKey } from '../models.ts';
import { answerOf } from './api.ts';
import type { DraftServer } from './draft.ts';

/** The drafts of the user at the server. A chat that cannot be seen has none there. */
export function createDraftServer(api: KonvertClient): DraftServer {
  return {
    async get(key) {
      const params = { path: chatOfKey(key) };
      const answer = await answerOf(api.GET('/v1/drafts/{channelId}/{chatType}/{chatId}', { params }));
      return answer.kind === 'ok' ? answer.body : undefined;
    },
    async put(key, text, quotedMessageId) {
      const params = { path: chatOfKey(key) };
      const answer =
        text === '' && quotedMessageId === undefined
          ? await answerOf(api.DELETE('/v1/drafts/{channelId}/{chatType}/{chatId}', { params }))
          : await answerOf(
              api.PUT('/v1/drafts/{channelId}/{chatType}/{chatId}', {
                params,
                body: { text, ...(quotedMessageId !== undefined && { quotedMessageId }) },
              }),
            );
      return answer.kind === 'ok' ? answer.body : undefined;
    },
  };
}
