import type { Signal } from '@preact/signals';
import { type Chat, type ChatId, type ChatModel, keyOf, type Notice } from '../models.ts';
import { type Answer, answerOf, bodyOf, wordsOf } from './api.ts';
import type { Context } from './context.ts';

/** What is decided about a chat, and what is known of its client. */
export type ChatActs = Pick<
  ChatModel,
  'noReplyNeeded' | 'undoNoReplyNeeded' | 'setStillOwed' | 'handOver' | 'assignments' | 'deals'
>;

/** What the acts need of their chat. */
export interface ActDeps {
  /** The token of what the user has seen. Undefined: the end of the history was not on the screen. */
  readonly seenUpTo: () => string | undefined;
  /** Whether something newer is on the page than what the user has seen. */
  readonly isBehind: () => boolean;
  readonly notice: Signal<Notice | undefined>;
  readonly fetch: () => Promise<boolean>;
}

/** Makes the acts of one chat. */
export function createActs(
  { api, rows }: Context,
  id: ChatId,
  { seenUpTo, isBehind, notice, fetch }: ActDeps,
): ChatActs {
  const path = { ...id };
  let isDeciding = false;

  /** The chat as it is after the act. What is shown follows the answer, and a refusal is told. */
  const decide = async (act: () => Promise<Answer<Chat>>): Promise<Chat | undefined> => {
    // A double click does nothing more.
    if (isDeciding) return undefined;
    isDeciding = true;
    const asked = rows.ask();
    const answer = await act();
    isDeciding = false;
    if (answer.kind === 'ok') rows.put(answer.body, asked);
    else notice.value = refusedBy(answer);
    void fetch();
    return answer.kind === 'ok' ? answer.body : undefined;
  };
  const setNoReplyNeeded = (body: { noReplyNeeded: boolean; seenUpTo?: string; reason?: string }) =>
    decide(() =>
      answerOf(api.PUT('/v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed', { params: { path }, body })),
    );

  return {
    async noReplyNeeded(reason) {
      const token = seenUpTo();
      const kind = isBehind() ? 'unseen' : 'wrote-meanwhile';
      const body = { noReplyNeeded: true, ...(token !== undefined && { seenUpTo: token }), ...(reason && { reason }) };
      // What has not been on the screen cannot be dealt with.
      const chat = token === undefined ? rows.row(keyOf(id)).peek() : await setNoReplyNeeded(body);
      if (chat?.unanswered) notice.value = { kind, count: chat.unansweredCount };
    },
    async undoNoReplyNeeded() {
      await setNoReplyNeeded({ noReplyNeeded: false });
    },
    async setStillOwed(stillOwed) {
      await decide(() =>
        answerOf(
          api.PUT('/v1/chats/{channelId}/{chatType}/{chatId}/still-owed', { params: { path }, body: { stillOwed } }),
        ),
      );
    },
    async handOver(userId) {
      await decide(() =>
        answerOf(
          api.PUT('/v1/chats/{channelId}/{chatType}/{chatId}/responsible', { params: { path }, body: { userId } }),
        ),
      );
      // Who handed the client over may not see the chat any more.
      await rows.fetch(id);
    },
    async assignments() {
      const answer = await answerOf(api.GET('/v1/assignments', { params: { query: path } }));
      return bodyOf(answer).assignments;
    },
    async deals() {
      const answer = await answerOf(api.GET('/v1/chats/{channelId}/{chatType}/{chatId}/deals', { params: { path } }));
      return bodyOf(answer).deals;
    },
  };
}

/** What is told of an act that was not done. */
export function refusedBy(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Notice {
  return { kind: 'refused', code: answer.kind === 'refused' ? answer.code : '', description: wordsOf(answer) };
}
