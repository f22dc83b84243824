import { batch, computed, signal } from '@preact/signals';
import { renderTemplate } from '../../src/domain/template-text.ts';
import { joinTexts, saysSomething } from '../core/drafts.ts';
import { answersOfOthers, type Bubble, entriesOf, History } from '../core/history.ts';
import { KnownAnswers } from '../core/known-answers.ts';
import type { Reply } from '../core/outbox.ts';
import { Seen } from '../core/seen.ts';
import { mergeHistories } from '../core/threads.ts';
import { isWritable } from '../core/writable.ts';
import { type ChatId, type ChatModel, type Entry, keyOf, type Message, type Notice } from '../models.ts';
import { answerOf } from './api.ts';
import { createActs, refusedBy } from './chat-acts.ts';
import type { Context } from './context.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type Origin, type Sender, sendingOf } from './sender.ts';
import { createWriting } from './writing.ts';

const FRESH_MS = 30_000;

/** A chat, and what only the models may do with it. */
export interface OwnChat extends ChatModel, Origin {
  /** Whether the page is visible. */
  visible(isVisible: boolean): void;
  /** The user has opened the chat, or left it. */
  opened(): void;
  left(): void;
  heardWriting(name: string): void;
}

/** What a chat tells. */
export interface Told {
  /** A reply was accepted, or sent again: its ticks are worth a look. */
  readonly sent: (chat: OwnChat) => void;
  readonly tellWriting: (chat: ChatId) => void;
}

/** Makes the model of one chat. */
export function createChat(context: Context, sender: () => Sender, id: ChatId, told: Told): OwnChat {
  const { api, rows, now, me, userId } = context;
  const key = keyOf(id);
  const path = { ...id };
  const history = new History();
  const seen = new Seen();
  const known = new KnownAnswers();
  const row = rows.row(key);
  const messages = signal<readonly Message[]>([]);
  const before = signal<string | undefined>(undefined);
  const state = signal<'loading' | 'ready' | 'empty' | 'lost' | 'failed'>('loading');
  const notice = signal<Notice | undefined>(undefined);
  const notes = signal<readonly Entry[]>([]);
  const accepted = signal<readonly Bubble[]>([]);
  const writing = createWriting(now, () => told.tellWriting(id));
  const draft = context.drafts.of(key);
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let loadingOlder: Promise<void> | undefined;
  let isInView = false;
  let isVisible = true;

  const show = () =>
    batch(() => {
      messages.value = history.messages;
      before.value = history.before;
      const there = new Set(history.messages.map(({ messageId }) => messageId));
      if (accepted.value.some(({ messageId }) => messageId && there.has(messageId))) {
        // Kept for the keys of the lines; only those of pages that are no longer loaded are forgotten.
        accepted.value = accepted.value.slice(-100);
      }
    });
  const looked = () => seen.inView(isInView && isVisible, now());

  const fetch = oneAtATime(async (): Promise<boolean> => {
    const asked = rows.ask();
    const askedAt = now();
    const answer = await answerOf(api.GET('/v1/chats/{channelId}/{chatType}/{chatId}/messages', { params: { path } }));
    if (answer.kind === 'lost') {
      if (!history.isLoaded && state.value === 'loading') state.value = 'failed';
      return false;
    }
    if (answer.kind === 'refused') {
      const wasThere = history.isLoaded || row.peek() !== undefined;
      rows.lose(key, asked);
      confirmedAt = askedAt;
      state.value = wasThere ? 'lost' : answer.status === 404 ? 'empty' : 'failed';
      return true;
    }
    if (history.putNewest(answer.body, asked)) {
      confirmedAt = askedAt;
      show();
      state.value = 'ready';
      seen.show(answer.body.seenUpTo, now());
      const others = answersOfOthers(history.messages, new Set(), userId).map(idOf);
      known.show(answer.body.seenUpTo, others);
      writing.answered(others.at(-1));
    }
    return true;
  });

  const bubbles = computed((): Bubble[] => {
    const done = new Set(accepted.value.map(({ sending }) => sending.id));
    const own = sender().items.value.filter(({ reply }) => keyOf(reply.chat) === key && !done.has(reply.id));
    return [...accepted.value, ...own.map((item) => ({ sending: sendingOf(item, sender().progress.value) }))];
  });
  const mayWrite = computed(() => {
    if (state.value === 'lost') return false;
    if (row.value) return row.value.mayWrite;
    const channel = me.channels.find(({ channelId }) => channelId === id.channelId);
    return state.value === 'empty' && channel !== undefined && isWritable(channel);
  });

  const submit = (part: Pick<Reply, 'text'> & Partial<Reply>, file?: File) => {
    const reply: Reply = {
      id: context.newId(),
      chat: id,
      at: now(),
      seenUpTo: seen.at(now()),
      known: known.of(seen.at(now())),
      ...part,
    };
    sender().submit(reply, file);
  };

  const acts = createActs(context, id, {
    seenUpTo: () => seen.at(now()),
    isBehind: () => seen.isBehind(now()),
    notice,
    fetch,
  });

  const own: OwnChat = {
    id,
    key,
    row,
    state,
    mayWrite,
    notes,
    entries: computed(() => mergeHistories([entriesOf(id, messages.value, bubbles.value), notes.value])),
    hasOlder: computed(() => before.value !== undefined),
    draft,
    notice,
    writing: writing.who,
    loadOlder() {
      loadingOlder ??= loadOlder().finally(() => {
        loadingOlder = undefined;
      });
      return loadingOlder;
    },
    async loadUntil(messageId) {
      for (;;) {
        if (history.messages.some((message) => message.messageId === messageId)) return true;
        const cursor = history.before;
        if (cursor === undefined) return false;
        await own.loadOlder();
        if (history.before === cursor) return false;
      }
    },
    endInView(isIn) {
      isInView = isIn;
      looked();
    },
    visible(isNow) {
      isVisible = isNow;
      looked();
    },
    send(anyway = false) {
      const [text, quoted, files] = [draft.text.peek(), draft.quoted.peek(), draft.files.peek()];
      if (!mayWrite.peek() || (!saysSomething(text) && files.length === 0)) return;
      if (notice.peek()?.kind === 'answered-meanwhile' && !anyway) return;
      const unknown = own.answersSince(known.of(seen.at(now()))).at(-1);
      if (unknown && !anyway) {
        notice.value = answeredBy(unknown);
        return;
      }
      const shared = anyway ? { anyway: true as const } : {};
      const quotes = quoted ? { quotedId: quoted.messageId } : {};
      batch(() => {
        notice.value = undefined;
        if (saysSomething(text)) submit({ text, ...shared, ...quotes });
        for (const file of files) {
          const { name, type, size } = file;
          submit({ text: '', file: { name, type, size }, ...shared }, file);
        }
        draft.text.value = '';
        draft.quoted.value = undefined;
        draft.files.value = [];
      });
      draft.keep();
    },
    sendTemplate(template, values, file) {
      const about = file && { file: { name: file.name, type: file.type, size: file.size } };
      const text = renderTemplate(template.components, values) || template.name;
      submit({ text, template: { id: template.templateGuid, values }, ...about }, file);
    },
    answerAsked(replyId, isToSend) {
      if (isToSend) sender().sendAsked(replyId);
      else takeBack(replyId);
    },
    cancelUpload: (replyId) => takeBack(replyId),
    async retry(message) {
      const { deliveryId } = message;
      if (deliveryId === undefined) return;
      const answer = await answerOf(
        api.POST('/v1/deliveries/{deliveryId}/retry', { params: { path: { deliveryId } } }),
      );
      if (answer.kind !== 'ok') notice.value = refusedBy(answer);
      told.sent(own);
      await fetch();
    },
    ...acts,
    tellWriting: writing.tell,
    heardWriting: writing.heard,
    refresh: () => void fetch(),
    opened() {
      known.open();
      void Promise.all([draft.look(), fetch()]).then(([quotedId]) => {
        if (quotedId === undefined || draft.quoted.peek()) return;
        draft.quoted.value = messages.peek().find(({ messageId }) => messageId === quotedId);
      });
    },
    left: () => draft.keep(),
    isFresh: () => now() - confirmedAt <= FRESH_MS,
    fetch,
    answersSince: (ids) => answersOfOthers(history.messages, new Set(ids), userId),
    accepted(replyId, messageId) {
      const item = sender()
        .items.peek()
        .find(({ reply }) => reply.id === replyId);
      if (item) accepted.value = [...accepted.value, { sending: sendingOf(item, new Map()), messageId }];
      told.sent(own);
      void fetch();
    },
    back(reply, why, file) {
      giveBack(reply, file);
      if (why.kind === 'answered') {
        notice.value = answeredBy(why.answer);
      } else if (why.kind === 'refused') {
        const { name } = (why.data ?? {}) as { readonly name?: string | null };
        notice.value =
          why.code === 'ALREADY_TAKEN'
            ? { kind: 'taken', by: name ?? null }
            : { kind: 'refused', code: why.code, description: why.description };
        if (why.status === 403 || why.status === 409) void rows.fetch(id);
      }
    },
    async search(reply) {
      if (!(await fetch())) return undefined;
      for (;;) {
        if (history.messages.some(({ crmMessageId }) => crmMessageId === reply.id)) return true;
        const oldest = history.messages[0];
        if (history.before === undefined || !oldest || Date.parse(oldest.dateTime) < reply.at) return false;
        const cursor = history.before;
        await own.loadOlder();
        if (history.before === cursor) return undefined;
      }
    },
  };

  async function loadOlder(): Promise<void> {
    const cursor = history.before;
    if (cursor === undefined) return;
    const answer = await answerOf(
      api.GET('/v1/chats/{channelId}/{chatType}/{chatId}/messages', { params: { path, query: { before: cursor } } }),
    );
    if (answer.kind === 'ok' && history.putOlder(answer.body, cursor)) show();
  }

  function takeBack(replyId: string): void {
    const reply = sender().takeBack(replyId);
    if (reply) giveBack(reply);
  }

  function giveBack(reply: Reply, file?: File): void {
    batch(() => {
      if (file && !reply.template) draft.files.value = [...draft.files.peek(), file];
      if (!reply.file && !reply.template) draft.text.value = joinTexts(reply.text, draft.text.peek());
      draft.quoted.value ??= messages.peek().find(({ messageId }) => messageId === reply.quotedId);
    });
    draft.keep();
  }

  return own;
}

function answeredBy({ authorName = '', dateTime, text = '' }: Message): Notice {
  return { kind: 'answered-meanwhile', by: authorName, at: Date.parse(dateTime), text };
}

function idOf({ messageId }: Message): string {
  return messageId;
}
