import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply } from '../../web/core/outbox.ts';
import { createApi } from '../../web/data/api.ts';
import { createChat, type OwnChat } from '../../web/data/chat.ts';
import type { Context } from '../../web/data/context.ts';
import { Drafts } from '../../web/data/draft.ts';
import { RowStore } from '../../web/data/row-store.ts';
import { createSender, type Sender } from '../../web/data/sender.ts';
import { createFileShelf, type Shelf, shelfOf } from '../../web/data/storage.ts';
import { createThread } from '../../web/data/thread.ts';
import { keyOf, type Me, type Message } from '../../web/models.ts';
import { chatOf, messageOf } from './chats.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-29T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const CHAT = { channelId: 'channel', chatType: 'telegram', chatId: '1' };
const refusal = (error: string, status: number, data?: unknown) =>
  Response.json({ error, description: `${error}!`, data }, { status });

/** A server with one chat. Its answer to a reply can be chosen, and everything that was sent is noted. */
class Server {
  messages: Message[] = [messageOf('hello', 0)];
  row = chatOf('1', 0, { unanswered: true });
  sent: Record<string, unknown>[] = [];
  decided: Record<string, unknown>[] = [];
  isSeen = true;
  answerReply: () => Response | undefined = () => undefined;
  draft = { text: '', savedAt: null as string | null };

  readonly fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    const { pathname } = new URL(request.url);
    const body = request.method === 'GET' || request.method === 'DELETE' ? {} : await request.json();
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (pathname.startsWith('/v1/drafts/')) {
      if (request.method === 'PUT') this.draft = { text: body.text, savedAt: new Date().toISOString() };
      if (request.method === 'DELETE') this.draft = { text: '', savedAt: null };
      return Response.json(this.draft);
    }
    if (pathname === '/v3/message') return this.#reply(body);
    if (!this.isSeen) return refusal('CHAT_NOT_FOUND', 404);
    if (pathname.endsWith('/messages')) {
      return Response.json({ messages: this.messages, seenUpTo: `seen ${this.messages.length}` });
    }
    if (pathname.endsWith('/no-reply-needed')) {
      this.decided.push(body);
      return Response.json(this.row);
    }
    return Response.json(this.row);
  };

  #reply(body: Record<string, unknown>): Response {
    this.sent.push(body);
    const refused = this.answerReply();
    if (refused) return refused;
    const messageId = `m${this.messages.length}`;
    this.messages = [...this.messages, ownMessage(messageId, body)];
    return Response.json({ messageId, chatId: '1' }, { status: 201 });
  }
}

function ownMessage(messageId: string, { text, crmMessageId }: Record<string, unknown>): Message {
  return messageOf(messageId, 1, {
    isEcho: true,
    authorId: 'olga',
    text: `${text}`,
    crmMessageId: `${crmMessageId}`,
  });
}

interface Page {
  readonly chat: OwnChat;
  readonly sender: Sender;
  readonly drafts: Drafts;
}

let ids = 0;

function openPage(
  server: Server,
  shelf: Shelf = shelfOf(() => undefined as never),
  kept: (key: string, written: string | undefined) => void = () => {},
): Page {
  const api = createApi('http://konvert.test', { token: () => 'kp_1', renew: async () => false }, server.fetch);
  const now = () => Date.now();
  const drafts = new Drafts({
    shelf,
    files: createFileShelf(() => undefined as never),
    prefix: 'p/',
    now,
    server: {
      get: async () => server.draft,
      put: async (_, text) => {
        server.draft = { text, savedAt: text === '' ? null : new Date().toISOString() };
        return server.draft;
      },
    },
    isSending: () => sender.items.peek().length > 0,
    kept,
  });
  const context: Context = {
    api,
    me: { channels: [{ channelId: 'channel', role: 'seller' }] } as unknown as Me,
    userId: 'olga',
    rows: new RowStore(api),
    drafts,
    shelf,
    files: createFileShelf(() => undefined as never),
    tabs: { living: async () => undefined },
    tab: 'tab',
    prefix: 'p/',
    now,
    newId: () => `id-${++ids}`,
  };
  const chats = new Map<string, OwnChat>();
  const of = (id: typeof CHAT): OwnChat => {
    const known = chats.get(keyOf(id));
    if (known) return known;
    const made = createChat(context, () => sender, id, { sent: () => {}, tellWriting: () => {} });
    chats.set(keyOf(id), made);
    return made;
  };
  const sender = createSender(context, (id) => of(id));
  const chat = of(CHAT);
  chat.opened();
  void context.rows.fetch(CHAT);
  return { chat, sender, drafts };
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

function write(chat: OwnChat, text: string, anyway?: boolean): void {
  chat.draft.text.value = text;
  chat.send(anyway);
}

function linesOf(chat: OwnChat): string[] {
  return chat.entries.value.map((entry) =>
    entry.kind === 'message' ? `${entry.message.text}` : `${entry.sending.text} (${entry.sending.state})`,
  );
}

describe('a reply', () => {
  test('stands as a bubble at once, and its message takes the place under the same key', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(100);

    write(chat, 'Yes');
    const [, bubble] = chat.entries.value;
    expect(linesOf(chat)).toEqual(['hello', 'Yes (sending)']);
    expect(chat.draft.text.value).toBe('');
    await pass(100);

    expect(linesOf(chat)).toEqual(['hello', 'Yes']);
    expect(chat.entries.value[1]?.key).toBe(bubble?.key);
  });

  test('covers what was on the screen for half a second, and not what came after', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(100);
    chat.endInView(true);
    await pass(600);
    server.messages = [...server.messages, messageOf('more', 1)];
    chat.refresh();
    await pass(100);

    write(chat, 'Yes');
    await pass(100);

    expect(server.sent[0]).toMatchObject({ seenUpTo: 'seen 1', text: 'Yes' });
  });

  test.each<[string, (chat: OwnChat) => void]>([
    ['the end was never on the screen', () => {}],
    [
      'the page was hidden',
      (chat) => {
        chat.visible(false);
        chat.endInView(true);
      },
    ],
  ])('covers nothing if %s', async (_, look) => {
    const server = new Server();
    const { chat } = openPage(server);
    look(chat);
    await pass(5_000);

    write(chat, 'Yes');
    await pass(100);

    expect(server.sent[0]).toMatchObject({ clearUnanswered: false });
    expect(server.sent[0]).not.toHaveProperty('seenUpTo');
  });

  test('of a chat that was not read for 30 s is not sent if a colleague answered: it is text again, until anyway', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(40_000);
    const answer = messageOf('ivan', 2, { isEcho: true, authorId: 'ivan', authorName: 'Ivan', text: 'I did' });
    server.messages = [...server.messages, answer];

    write(chat, 'Yes');
    await pass(100);
    expect(server.sent).toEqual([]);
    expect(chat.notice.value).toEqual({
      kind: 'answered-meanwhile',
      by: 'Ivan',
      at: Date.parse(answer.dateTime),
      text: 'I did',
    });
    expect(chat.draft.text.value).toBe('Yes');

    chat.send();
    await pass(1_000);
    expect(server.sent).toEqual([]);
    chat.send(true);
    await pass(100);
    expect(server.sent).toMatchObject([{ text: 'Yes' }]);
    expect(chat.notice.value).toBeUndefined();
  });

  test('is not sent blind: an answer that came below the screen, or in the moment of the key press, is told first', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    chat.endInView(true);
    await pass(1_000);
    chat.endInView(false);
    server.messages = [
      ...server.messages,
      messageOf('ivan', 2, { isEcho: true, authorId: 'ivan', authorName: 'Ivan' }),
    ];
    chat.refresh();
    await pass(100);

    write(chat, 'Yes');
    await pass(100);
    expect(server.sent).toEqual([]);
    expect([chat.notice.value?.kind, chat.draft.text.value]).toEqual(['answered-meanwhile', 'Yes']);

    chat.notice.value = undefined;
    chat.endInView(true);
    await pass(600);
    chat.send();
    await pass(100);
    expect(server.sent.length).toBe(1);
  });

  test('is sent past what colleagues had answered before its writer opened the chat', async () => {
    const server = new Server();
    server.messages = [messageOf('ivan', 0, { isEcho: true, authorId: 'ivan' }), messageOf('hello', 1)];
    const { chat } = openPage(server);
    await pass(100);

    write(chat, 'Yes');
    await pass(100);

    expect(server.sent.length).toBe(1);
  });

  test.each<[string, Response, object]>([
    [
      'somebody else has taken the client',
      refusal('ALREADY_TAKEN', 409, { name: 'Ivan' }),
      { kind: 'taken', by: 'Ivan' },
    ],
    [
      'it is too long',
      refusal('MESSAGES_TOO_LONG_TELEGRAM', 400),
      { kind: 'refused', code: 'MESSAGES_TOO_LONG_TELEGRAM', description: 'MESSAGES_TOO_LONG_TELEGRAM!' },
    ],
    [
      'the chat may not be written',
      refusal('CHAT_NO_ACCESS', 403),
      { kind: 'refused', code: 'CHAT_NO_ACCESS', description: 'CHAT_NO_ACCESS!' },
    ],
  ])('is text again, before what was written since, if %s', async (_, answer, notice) => {
    const server = new Server();
    server.answerReply = () => answer.clone();
    const { chat, sender } = openPage(server);
    await pass(100);

    write(chat, 'Yes');
    chat.draft.text.value = 'And';
    await pass(5_000);

    expect(chat.draft.text.value).toBe('Yes\nAnd');
    expect(chat.notice.value).toEqual(notice);
    expect(sender.items.value).toEqual([]);
    expect(linesOf(chat)).toEqual(['hello']);
    expect(server.sent.length).toBe(1);
  });

  test('without an answer is sent again with the same id, and a repeated one is accepted', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(100);
    const answers = [
      refusal('INTERNAL_ERROR', 500),
      refusal('UNAUTHORIZED', 401),
      refusal('REPEATED_CRM_MESSAGE_ID', 400, { messageId: 'm9' }),
    ];
    server.answerReply = () => answers.shift();

    write(chat, 'Yes');
    await pass(20_000);

    expect(new Set(server.sent.map(({ crmMessageId }) => crmMessageId)).size).toBe(1);
    expect(server.sent.length).toBe(3);
    expect(chat.draft.text.value).toBe('');
    expect(chat.notice.value).toBeUndefined();
  });

  test('that the server has refused before is text again, unless the history has it', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(100);
    server.answerReply = () => refusal('REPEATED_CRM_MESSAGE_ID', 400);

    write(chat, 'Yes');
    await pass(1_000);

    expect(chat.draft.text.value).toBe('Yes');
  });

  test('survives a reload until it is accepted, and is sent once', async () => {
    const server = new Server();
    const shelf = shelfOf(() => undefined as never);
    const first = openPage(server, shelf);
    await pass(100);
    server.answerReply = () => refusal('INTERNAL_ERROR', 500);
    write(first.chat, 'Yes');
    first.drafts.keepAll();
    await pass(100);

    server.answerReply = () => undefined;
    server.sent = [];
    const second = openPage(server, shelf);
    await pass(500);

    expect(server.sent.map(({ text }) => text)).toEqual(['Yes']);
    expect(linesOf(second.chat)).toEqual(['hello', 'Yes']);
    expect(shelf.names('p/outbox/')).toEqual([]);
  });

  test('that waited long asks, and goes back to the draft if it is not wanted any more', async () => {
    const server = new Server();
    const shelf = shelfOf(() => undefined as never);
    const old: Reply = { id: 'old', chat: CHAT, text: 'Yes', at: Date.now() - 3_600_000, known: [] };
    shelf.set('p/outbox/old', JSON.stringify(old));
    const { chat } = openPage(server, shelf);
    await pass(70_000);
    expect(linesOf(chat)).toEqual(['hello', 'Yes (asks)']);

    chat.answerAsked('old', false);

    expect(chat.draft.text.value).toBe('Yes');
    expect(linesOf(chat)).toEqual(['hello']);
    expect(server.sent).toEqual([]);
  });

  test('that waited long and is in the history is just there', async () => {
    const server = new Server();
    const shelf = shelfOf(() => undefined as never);
    shelf.set('p/outbox/old', JSON.stringify({ id: 'old', chat: CHAT, text: 'Yes', at: 0, known: [] }));
    server.messages = [messageOf('hello', 0), ownMessage('m1', { text: 'Yes', crmMessageId: 'old' })];

    const { chat } = openPage(server, shelf);
    await pass(70_000);

    expect(linesOf(chat)).toEqual(['hello', 'Yes']);
    expect(server.sent).toEqual([]);
  });
});

describe('a chat', () => {
  test('that is out of sight stays on the screen with what was written, and cannot be written', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(100);
    expect(chat.mayWrite.value).toBe(true);
    chat.draft.text.value = 'Half a';

    server.isSeen = false;
    chat.refresh();
    await pass(100);

    expect([chat.state.value, chat.mayWrite.value]).toEqual(['lost', false]);
    expect(linesOf(chat)).toEqual(['hello']);
    chat.send();
    await pass(100);
    expect(chat.draft.text.value).toBe('Half a');
    expect(server.sent).toEqual([]);
  });

  test('that nobody ever wrote in is empty, and can be written where the user may write', async () => {
    const server = new Server();
    server.isSeen = false;
    const { chat } = openPage(server);
    await pass(100);

    expect([chat.state.value, chat.mayWrite.value]).toEqual(['empty', true]);
    await pass(60_000);
    write(chat, 'Good day');
    await pass(100);
    expect(server.sent).toMatchObject([{ text: 'Good day' }]);
  });
});

describe('the envelope', () => {
  test('says that no reply is needed to what was seen, once for a double click', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    chat.endInView(true);
    await pass(700);
    server.row = chatOf('1', 0, { version: 2 });

    await Promise.all([chat.noReplyNeeded('thanks'), chat.noReplyNeeded('thanks'), pass(100)]);

    expect(server.decided).toEqual([{ noReplyNeeded: true, seenUpTo: 'seen 1', reason: 'thanks' }]);
    expect(chat.row.value?.unanswered).toBe(false);
    expect(chat.notice.value).toBeUndefined();
  });

  test('stays red if the client wrote meanwhile, and says so', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    chat.endInView(true);
    await pass(700);
    server.row = chatOf('1', 1, { unanswered: true, unansweredCount: 2, version: 2 });

    await Promise.all([chat.noReplyNeeded(), pass(100)]);

    expect(chat.notice.value).toEqual({ kind: 'wrote-meanwhile', count: 2 });
  });

  test('says nothing of what was not on the screen', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(700);

    await Promise.all([chat.noReplyNeeded(), pass(100)]);

    expect(server.decided).toEqual([]);
    expect(chat.notice.value).toEqual({ kind: 'unseen', count: 1 });
  });
});

test('a colleague writes until what they wrote is there', async () => {
  const server = new Server();
  const { chat } = openPage(server);
  await pass(100);
  chat.heardWriting('Maria');
  server.messages = [...server.messages, messageOf('and one more', 1)];
  chat.refresh();
  await pass(100);
  expect(chat.writing.value).toBe('Maria');

  server.messages = [...server.messages, { ...ownMessage('m9', { text: 'Yes' }), authorId: 'maria' }];
  chat.refresh();
  await pass(100);
  expect(chat.writing.value).toBeUndefined();
});

test('a conversation keeps its name when it goes out of sight', async () => {
  const server = new Server();
  const { chat } = openPage(server);
  await pass(100);
  const thread = createThread('thread', chat, signal([chat]), CHAT.chatId);
  const { name } = server.row;
  expect(thread.name.value).toBe(name);

  server.isSeen = false;
  chat.refresh();
  await pass(100);
  expect([chat.state.value, thread.name.value]).toEqual(['lost', name]);
});

describe('a draft', () => {
  test('survives a reload, also one that comes 300 ms after the last key', async () => {
    const shelf = shelfOf(() => undefined as never);
    const { chat } = openPage(new Server(), shelf);

    chat.draft.text.value = 'Half a';
    await pass(300);

    expect(openPage(new Server(), shelf).chat.draft.text.value).toBe('Half a');
  });

  test('is kept at once when the chat or the page is left', () => {
    const shelf = shelfOf(() => undefined as never);
    const { chat } = openPage(new Server(), shelf);

    chat.draft.text.value = 'Half a';
    chat.left();

    expect(openPage(new Server(), shelf).chat.draft.text.value).toBe('Half a');
  });

  test('is found on another device, and is gone there once it was sent', async () => {
    const server = new Server();
    const here = openPage(server);
    here.chat.draft.text.value = 'Half a';
    await pass(3_000);
    const there = openPage(server);
    await pass(100);
    expect(there.chat.draft.text.value).toBe('Half a');

    there.chat.send();
    await pass(5_000);
    here.chat.opened();
    await pass(100);

    expect(server.draft.text).toBe('');
    expect(here.chat.draft.text.value).toBe('');
  });

  test('is a draft on other devices until its reply was accepted', async () => {
    const server = new Server();
    const { chat } = openPage(server);
    await pass(100);
    chat.draft.text.value = 'Yes';
    await pass(3_000);
    server.answerReply = () => refusal('INTERNAL_ERROR', 500);

    chat.send();
    await pass(10_000);
    expect(server.draft.text).toBe('Yes');
    server.answerReply = () => undefined;
    await pass(60_000);
    expect(server.draft.text).toBe('');
  });

  test('of an older device never takes the place of a newer text', async () => {
    const server = new Server();
    const here = openPage(server);
    await pass(100);
    server.draft = { text: 'Newer', savedAt: new Date().toISOString() };
    await pass(60_000);

    here.chat.draft.text.value = 'Older';
    await pass(5_000);

    expect(here.chat.draft.text.value).toBe('Newer\nOlder');
    expect(server.draft.text).toBe('Newer\nOlder');
  });

  test('is the same in another tab, with a storage that may lag behind, and gone there once it was sent', async () => {
    const server = new Server();
    const there = openPage(server);
    const here = openPage(server, undefined, (key, written) => there.drafts.reload(key, written));
    await pass(100);

    here.chat.draft.text.value = 'Half a';
    await pass(400);
    expect(there.chat.draft.text.value).toBe('Half a');
    here.chat.send();
    await pass(400);
    expect(there.chat.draft.text.value).toBe('');
  });
});
