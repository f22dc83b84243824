import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ChatId } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { hashOf } from '#store/accounts/secret-key';
import { ACCOUNT } from './machines.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** A reply of a page, and what its page was told of it. */
interface PageReply {
  readonly id: string;
  readonly userId: string;
  readonly chat: ChatId;
  readonly told: ('sent' | 'refused')[];
  readonly messageIds: Set<string>;
}

/**
 * Replies that pages send again until they know what became of them, sometimes while an earlier request is still under
 * way: there is one message or none, and everybody is told so.
 */
export class PageReplies {
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #replies: PageReply[] = [];

  constructor(stage: Stage, random: Random) {
    this.#stage = stage;
    this.#random = random;
  }

  /** Gives each user a page. */
  prepare(users: readonly string[]): void {
    for (const userId of users) {
      const holder = { account: ACCOUNT, userId, keyId: 'key', scope: { kind: 'global' } };
      const Item = { p: `token#${hashOf(tokenOf(userId))}`, s: '-', ...holder, usedAt: this.#stage.scheduler.now };
      this.#stage.db.apply(new PutCommand({ TableName: 'pages', Item }));
    }
  }

  /** The user sends a new reply, or one that was sent before. A page has two requests under way if it was reloaded. */
  send(userId: string, chat: ChatId): void {
    const random = this.#random;
    const again = this.#replies.length > 0 && random.chance(0.6) ? random.pick(this.#replies) : undefined;
    const reply = again ?? { id: `page${this.#replies.length}`, userId, chat, told: [], messageIds: new Set<string>() };
    if (!again) this.#replies.push(reply);
    for (let times = random.pick([1, 1, 2]); times > 0; times -= 1) this.#request(reply);
  }

  #request({ id, userId, chat, told, messageIds }: PageReply): void {
    const body = { ...chat, text: `of ${id}`, crmMessageId: id };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', {
      token: tokenOf(userId),
      body,
      done: (status, answer) => {
        if (status === 201) {
          told.push('sent');
          messageIds.add(answer.messageId);
        } else if (answer?.error === 'REPEATED_CRM_MESSAGE_ID') {
          told.push('sent');
          messageIds.add(answer.data.messageId);
        } else if ([400, 403, 409].includes(status)) told.push('refused');
      },
    });
  }

  /** Checks at rest what pages were told. */
  check(): void {
    const stored = this.#stage.db.items('messages').filter(({ kind }) => kind === 'reply');
    for (const { id, told, messageIds } of this.#replies) {
      const found = stored.filter(({ crmMessageId }) => crmMessageId === id);
      const ids = found.map(({ c, k }) => messageIdOf(String(c), String(k)));
      if (found.length > 1) this.#stage.broken(`${id} is stored ${found.length} times`);
      if (told.includes('refused') && found.length > 0) this.#stage.broken(`${id} was refused, and is stored`);
      if (told.includes('sent')) this.#stage.same(`what is told of ${id}`, [...messageIds], ids);
    }
  }
}

/** The token of the user's page. */
function tokenOf(userId: string): string {
  return `kp_${userId}`;
}
