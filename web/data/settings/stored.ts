import type { KonvertClient } from '../../../clients/typescript/index.ts';
import { chatTypesOf, TRANSPORTS } from '../../../src/domain/chat-types.ts';
import type { Me } from '../../models.ts';
import type { Erasure, Exported, PersonId, StoredModel } from '../../settings-models/stored.ts';
import type { Key } from '../../words/words.ts';
import { answerOf, mapped } from '../api.ts';
import { paged } from './pages.ts';
import { bodyOr } from './refusal.ts';

const REFUSED: Readonly<Record<string, Key>> = { PERSON_NOT_FOUND: 'stored.nobody' };

/** What is stored of people. */
export function createStored(api: KonvertClient, { channels }: Pick<Me, 'channels'>): StoredModel {
  return {
    chatTypes: [...new Set([...channels.flatMap(({ chatTypes }) => chatTypes), ...TRANSPORTS.flatMap(chatTypesOf)])],
    erasures: paged<Erasure>(async (cursor) => {
      const query = cursor === undefined ? {} : { after: cursor };
      const answer = await answerOf(api.GET('/v1/erasures', { params: { query } }));
      return mapped(answer, ({ erasures, next }) => ({ items: erasures, next: next ?? undefined }));
    }),
    async erase(person) {
      const params = { path: pathOf(person) };
      return bodyOr(await answerOf(api.DELETE('/v1/people/{chatType}/{chatId}', { params })), REFUSED);
    },
    async exported(person, soFar) {
      const messages: Exported['messages'][number][] = [];
      const files: Exported['files'][number][] = [];
      let first: Exported | undefined;
      let after: string | undefined;
      do {
        const params = { path: pathOf(person), query: after === undefined ? {} : { after } };
        const page = bodyOr(await answerOf(api.GET('/v1/people/{chatType}/{chatId}', { params })), REFUSED);
        first ??= page;
        messages.push(...page.messages);
        files.push(...page.files);
        soFar(messages.length);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return { person: first.person, chats: first.chats, messages, files };
    },
  };
}

function pathOf({ chatType, chatId }: PersonId) {
  return { chatType: chatType as 'telegram', chatId };
}
