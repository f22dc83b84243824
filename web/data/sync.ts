import { type ReadonlySignal, signal } from '@preact/signals';
import { Doorbell, HEAD } from '../core/doorbell.ts';
import { type Attention, pollDelayMs } from '../core/pace.ts';
import { hasSlept, lookMs } from '../core/wake.ts';
import { type ChatId, type Connection, type Counter, chatOfKey, keyOf } from '../models.ts';
import { createAlarm } from './alarm.ts';
import { answerOf } from './api.ts';
import type { Context } from './context.ts';
import type { OwnList } from './list.ts';
import { openSocket, type Said, type Socket } from './socket.ts';

const HEAD_ROWS = 50;
const POLLED_ROWS = 20;
const COUNTED_ONCE_IN_MS = 2_000;
const QUIET_MS = 10_000;
const SLOW_CHECK_MS = 300_000;
/** Somebody who looks at the page sees the truth that soon after the server is back. */
const LOOKED_AT_MS = 2_000;
/** What a living socket has rung for is there; after a longer absence nobody relies on that. */
const LONG_HIDDEN_MS = 60_000;
const PHONE_RESTS_AFTER_MS = 30_000;

/** Keeps what is shown as it is at the server. */
export interface Sync {
  readonly connection: ReadonlySignal<Connection>;
  readonly counter: ReadonlySignal<Counter | undefined>;
  /** That chat may be different at the server. */
  ring(chat: ChatId): void;
  /** The counter may be different. */
  count(): void;
  /** Everything may be different: the page is looked at again, there is a network again, or the machine slept. */
  wake(): void;
  visible(isVisible: boolean): void;
  /** Nobody is signed in any more: nothing is asked for again. */
  end(): void;
  tellWriting(chat: ChatId): void;
  tellVisible(id: string, isVisible: boolean): void;
}

/** What keeping up needs of the rest. */
export interface SyncDeps {
  readonly attention: () => Attention;
  readonly openChat: () => ChatId | undefined;
  /** There is a connection again. */
  readonly connected: () => void;
  /** That chat was removed at the server. */
  readonly gone: (chat: ChatId) => void;
  readonly heardWriting: (chat: ChatId, name: string) => void;
  readonly isPhone: boolean;
  readonly connect: (url: string) => WebSocket;
}

/** Starts keeping up: by the doorbell, and by polling where there is none. */
export function startSync(context: Context, list: OwnList, deps: SyncDeps): Sync {
  const { api, now, rows, userId, me } = context;
  const connection = signal<Connection>({ state: 'connecting' });
  const counter = signal<Counter | undefined>(undefined);
  const doorbell = new Doorbell();
  const setAlarm = createAlarm(() => go(), now);
  const setPoll = createAlarm(() => poll(), now);
  const setSlowCheck = createAlarm(() => lookAtAll(), now);
  const setCount = createAlarm(() => void readCounter(), now);
  const setQuiet = createAlarm(() => tellQuiet(), now);
  const setRest = createAlarm(() => socket?.rest(), now);
  const setLook = createAlarm(() => look(), now);
  let isPolling = !me.doorbell;
  let countedAt = Number.NEGATIVE_INFINITY;
  /** When it was last certain that what is shown is true. */
  let trueAt = now();
  let isCut = true;
  let dueAt = 0;
  let wakeAt = now();
  let hiddenAt = Number.POSITIVE_INFINITY;
  let isEnded = false;

  const go = () => {
    if (isEnded) return;
    for (const target of doorbell.start(now())) {
      void fetch(target).then((isAnswered) => {
        doorbell.done(target, isAnswered, now(), deps.attention().isVisible ? LOOKED_AT_MS : undefined);
        if (!isPolling && !isAnswered) socket?.check();
        else if (isPolling && isAnswered) joined('polling');
        else if (isPolling) cut();
        go();
      });
    }
    setAlarm(doorbell.nextAt);
  };
  const fetch = (target: string) => {
    const missed = (key: string) => doorbell.ring(key, now());
    if (target !== HEAD) return rows.fetch(chatOfKey(target));
    return list.fetchHead(isPolling ? POLLED_ROWS : HEAD_ROWS, missed);
  };
  const joined = (state: 'socket' | 'polling') => {
    trueAt = now();
    setQuiet(undefined);
    if (isCut) {
      isCut = false;
      deps.connected();
      // It was the server that was away, and not the socket that is not let through.
      if (state === 'polling') socket?.check();
    }
    if (connection.value.state !== state) connection.value = { state };
  };
  const cut = () => {
    if (isCut) return;
    isCut = true;
    setQuiet(now() + QUIET_MS);
  };
  const tellQuiet = () => {
    connection.value = { state: 'connecting', asOf: trueAt };
  };
  const lookAtAll = () => {
    if (isEnded) return;
    doorbell.ring(HEAD, now());
    const open = deps.openChat();
    if (open) doorbell.ring(keyOf(open), now());
    go();
    count();
    setSlowCheck(now() + SLOW_CHECK_MS);
  };
  const poll = () => {
    if (!isPolling || isEnded) return;
    lookAtAll();
    setPoll(now() + pollDelayMs(deps.attention(), now()));
  };
  const readCounter = async () => {
    countedAt = now();
    const answer = await answerOf(api.GET('/v3/unanswered/{id}', { params: { path: { id: userId } } }));
    if (answer.kind === 'ok') counter.value = answer.body;
  };
  const count = () => {
    if (!isEnded) setCount(Math.max(now(), countedAt + COUNTED_ONCE_IN_MS));
  };

  const heard = (said: Said) => {
    trueAt = now();
    if (said.t === 'bye') void api.GET('/v1/me');
    else if (said.t === 'writing') deps.heardWriting(chatNamed(said.chat), said.name);
    else if (said.t === 'ring') {
      if ('all' in said) doorbell.ring(HEAD, now());
      else
        for (const [channelId, chatType, chatId, version, isGone] of said.chats) {
          const chat = { channelId, chatType, chatId };
          const key = keyOf(chat);
          if (isGone) deps.gone(chat);
          else if ((rows.row(key).peek()?.version ?? -1) < version) doorbell.ring(key, now());
        }
      go();
      count();
    }
  };
  const startSocket = (): Socket =>
    openSocket({
      address: async () => {
        const answer = await answerOf(api.POST('/v1/doorbells'));
        return answer.kind === 'ok' ? answer.body.url : undefined;
      },
      connect: deps.connect,
      now,
      random: Math.random,
      heard,
      opened() {
        isPolling = false;
        setPoll(undefined);
        joined('socket');
        doorbell.opened(now());
        lookAtAll();
      },
      lost(willPoll) {
        isPolling = willPoll;
        if (isPolling) poll();
        else cut();
      },
    });
  const socket = me.doorbell ? startSocket() : undefined;

  const wake = () => {
    // Several things tell of one waking.
    if (now() - wakeAt < 1_000) return;
    wakeAt = now();
    socket?.check();
    if (isPolling) poll();
    else lookAtAll();
  };
  const look = () => {
    if (isEnded) return;
    const { isVisible } = deps.attention();
    if (hasSlept(dueAt, now(), isVisible)) wake();
    dueAt = now() + lookMs(isVisible);
    setLook(dueAt);
  };
  dueAt = now() + lookMs(deps.attention().isVisible);
  setLook(dueAt);
  setQuiet(now() + QUIET_MS);
  setSlowCheck(now() + SLOW_CHECK_MS);
  if (isPolling) setPoll(now() + pollDelayMs(deps.attention(), now()));
  count();

  return {
    connection,
    counter,
    count,
    ring(chat) {
      doorbell.ring(keyOf(chat), now());
      go();
    },
    wake,
    visible(isVisible) {
      setRest(isVisible || !deps.isPhone ? undefined : now() + PHONE_RESTS_AFTER_MS);
      if (!isVisible) hiddenAt = now();
      else if (isPolling || now() - hiddenAt > LONG_HIDDEN_MS) wake();
      else socket?.check();
      if (isPolling) setPoll(now() + pollDelayMs(deps.attention(), now()));
      dueAt = now() + lookMs(isVisible);
      setLook(dueAt);
    },
    tellWriting: (chat) => socket?.tellWriting(chat),
    tellVisible: (id, is) => socket?.tellVisible(id, is),
    end() {
      isEnded = true;
      socket?.end();
      for (const set of [setAlarm, setPoll, setSlowCheck, setCount, setQuiet, setRest, setLook]) set(undefined);
    },
  };
}

function chatNamed([channelId, chatType, chatId]: readonly [string, string, string]): ChatId {
  return { channelId, chatType, chatId };
}
