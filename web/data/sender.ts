import { type ReadonlySignal, signal } from '@preact/signals';
import { Outbox, type OutboxItem, type Outcome, type Reply, type Step } from '../core/outbox.ts';
import type { ChatId, Message, Sending } from '../models.ts';
import { t } from '../words/words.ts';
import { createAlarm } from './alarm.ts';
import { type Answer, answerOf, type Lost, type Refusal } from './api.ts';
import type { Context } from './context.ts';
import { type Upload, upload } from './files.ts';

const REPEATED = 'REPEATED_CRM_MESSAGE_ID';

/** What a chat has to do for its replies. */
export interface Origin {
  /** Whether what is known of the chat is at most half a minute old. */
  isFresh(): boolean;
  /** Reads the newest page again. False: it could not be asked for. */
  fetch(): Promise<boolean>;
  /** What colleagues answered and the writer did not know. */
  answersSince(known: readonly string[]): readonly Message[];
  accepted(id: string, messageId: string): void;
  /** The reply is its writer's again, with its file if that is still here. */
  back(
    reply: Reply,
    why: Refusal | { readonly kind: 'answered'; readonly answer: Message } | { readonly kind: 'own' },
    file?: File,
  ): void;
  /** Whether the history has the reply. Undefined: it could not be asked for. */
  search(reply: Reply): Promise<boolean | undefined>;
}

/** Sends what is written, once, in order, until it is accepted or refused. */
export interface Sender {
  readonly items: ReadonlySignal<readonly OutboxItem[]>;
  readonly progress: ReadonlySignal<ReadonlyMap<string, number>>;
  submit(reply: Reply, file?: File): void;
  sendAsked(id: string): void;
  takeBack(id: string): Reply | undefined;
  /** There is a connection again. */
  hurry(): void;
  /** Nothing is sent any more. What is on its way is kept for the next session. */
  end(): void;
}

/** Makes the sender, with what an earlier page of this user has kept. */
export function createSender(context: Context, chatOf: (chat: ChatId) => Origin): Sender {
  const { api, shelf, files, tabs, now } = context;
  const prefix = `${context.prefix}outbox/`;
  const outbox = new Outbox();
  const items = signal<readonly OutboxItem[]>([]);
  const progress = signal<ReadonlyMap<string, number>>(new Map());
  const uploads = new Map<string, Upload>();
  const setAlarm = createAlarm(() => go(), now);

  const keep = (reply: Reply) => shelf.set(prefix + reply.id, JSON.stringify(reply));
  const end = (id: string) => {
    shelf.remove(prefix + id);
    void files.set(prefix + id, []);
    uploads.delete(id);
    progress.value = new Map([...progress.value].filter(([of]) => of !== id));
  };
  const fileOf = async ({ id, file }: Reply) => (file ? (await files.get(prefix + id))[0] : undefined);
  let isEnded = false;
  const go = () => {
    if (isEnded) return;
    const steps = outbox.start(now(), (chat) => chatOf(chat).isFresh());
    items.value = outbox.items;
    for (const step of steps) void run(step);
    setAlarm(outbox.nextAt);
  };
  const run = async (step: Step) => {
    const { reply } = step;
    const outcome = await doStep(step);
    const ended = outbox.done(reply.id, outcome, now());
    if (ended === 'back' && outcome === 'not-found') chatOf(reply.chat).back(reply, { kind: 'own' });
    if (ended) end(reply.id);
    go();
  };
  const doStep = async ({ act, reply }: Step): Promise<Outcome> => {
    const chat = chatOf(reply.chat);
    if (act === 'look') {
      const isThere = await chat.search(reply);
      return isThere === undefined ? 'unclear' : isThere ? 'found' : 'not-found';
    }
    if (act === 'check') {
      if (!(await chat.fetch())) return 'unclear';
      const answer = chat.answersSince(reply.known).at(-1);
      if (!answer) return 'unanswered';
      chat.back(reply, { kind: 'answered', answer }, await fileOf(reply));
      return 'answered';
    }
    const answer = await send(context, reply);
    if (answer.kind === 'lost') return 'unclear';
    if (answer.kind === 'ok') {
      chat.accepted(reply.id, answer.body.messageId);
      return 'accepted';
    }
    if (answer.code === REPEATED) return 'repeated';
    chat.back(reply, answer, await fileOf(reply));
    return 'refused';
  };

  // What a page before has left, of this tab or of one that lives no more.
  const adopt = async () => {
    const living = await tabs.living();
    const isOthers = ({ tab }: Reply) => tab !== context.tab && living?.has(tab ?? '') === true;
    const known = new Set(outbox.items.map(({ reply }) => reply.id));
    const left = keptReplies(context, prefix).filter((reply) => !known.has(reply.id) && !isOthers(reply));
    outbox.restore(left.filter(isWhole), now());
    for (const reply of left.filter((one) => !isWhole(one))) {
      const [file] = await files.get(prefix + reply.id);
      if (file) start(reply, file);
      else end(reply.id);
    }
    go();
  };
  const start = (reply: Reply, file: File) => {
    outbox.add(reply, true);
    const going = upload(api, file, (part) => {
      progress.value = new Map([...progress.value, [reply.id, part]]);
    });
    uploads.set(reply.id, going);
    void going.done.then((answer) => {
      if (answer.kind === 'cancelled') return;
      if (answer.kind === 'ok') {
        const ready = outbox.uploaded(reply.id, answer.body.contentUri);
        if (ready) keep(ready);
      } else {
        outbox.takeBack(reply.id);
        chatOf(reply.chat).back(reply, refusalOf(answer), file);
        end(reply.id);
      }
      go();
    });
  };
  void adopt();

  return {
    items,
    progress,
    submit(reply, file) {
      const own = { ...reply, tab: context.tab };
      keep(own);
      if (file) {
        void files.set(prefix + reply.id, [file]);
        start(own, file);
      } else {
        outbox.add(own);
      }
      go();
    },
    sendAsked(id) {
      outbox.sendAsked(id, now());
      go();
    },
    takeBack(id) {
      const reply = outbox.takeBack(id);
      uploads.get(id)?.cancel();
      if (reply) end(id);
      go();
      return reply;
    },
    end() {
      isEnded = true;
      setAlarm(undefined);
    },
    hurry() {
      outbox.hurry();
      void adopt();
    },
  };
}

async function send({ api }: Context, reply: Reply): Promise<Answer<{ readonly messageId: string }>> {
  const { chat, text, seenUpTo, quotedId, contentUri, template } = reply;
  const answer = await answerOf(
    api.POST('/v3/message', {
      body: {
        ...(chat as ChatId & { chatType: 'telegram' }),
        crmMessageId: reply.id,
        // What was not seen is not covered. Without a token, everything would be.
        ...(seenUpTo === undefined ? { clearUnanswered: false } : { seenUpTo }),
        ...(template ? { templateId: template.id, templateValues: [...template.values] } : contentUri ? {} : { text }),
        ...(contentUri !== undefined && { contentUri }),
        ...(quotedId !== undefined && { refMessageId: quotedId }),
      },
    }),
  );
  if (answer.kind !== 'refused') return answer;
  // The session is over or being renewed: the same is sent again then.
  if (answer.status === 401) return { kind: 'lost' };
  const { messageId } = (answer.data ?? {}) as { readonly messageId?: string };
  return answer.code === REPEATED && messageId ? { kind: 'ok', body: { messageId } } : answer;
}

function keptReplies({ shelf }: Context, prefix: string): Reply[] {
  return shelf.names(prefix).flatMap((name) => {
    try {
      return [JSON.parse(shelf.get(name) ?? '') as Reply];
    } catch {
      return [];
    }
  });
}

/** Whether its file is at the server, if it has one. */
function isWhole({ file, contentUri }: Reply): boolean {
  return file === undefined || contentUri !== undefined;
}

function refusalOf(answer: Refusal | Lost): Refusal {
  if (answer.kind === 'refused') return answer;
  return { kind: 'refused', status: 0, code: 'UPLOAD_FAILED', description: t('data.upload-failed'), data: undefined };
}

/** A reply as it is shown. */
export function sendingOf({ reply, state }: OutboxItem, progress: ReadonlyMap<string, number>): Sending {
  const { id, chat, text, at, file } = reply;
  const part = progress.get(id);
  return {
    id,
    chat,
    text,
    at,
    state: state === 'looks' ? 'waits' : state,
    ...(file && { file }),
    ...(part !== undefined && { progress: part }),
  };
}
