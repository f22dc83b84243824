import { type ReadonlySignal, signal } from '@preact/signals';
import { Doorbell, HEAD } from '../core/doorbell.ts';
import { type Attention, pollDelayMs } from '../core/pace.ts';
import { type ChatId, type Connection, type Counter, chatOfKey, keyOf } from '../models.ts';
import { createAlarm } from './alarm.ts';
import { answerOf } from './api.ts';
import type { Context } from './context.ts';
import type { OwnList } from './list.ts';

const POLLED_ROWS = 20;
const COUNTED_ONCE_IN_MS = 2_000;
const QUIET_MS = 10_000;

/** Keeps what is shown as it is at the server. */
export interface Sync {
  readonly connection: ReadonlySignal<Connection>;
  readonly counter: ReadonlySignal<Counter | undefined>;
  /** That chat is different at the server. */
  ring(chat: ChatId): void;
  /** The counter may be different. */
  count(): void;
}

/** Starts keeping up. `refreshed`: a list was answered, so there is a connection. */
export function startSync(
  context: Context,
  list: OwnList,
  attention: () => Attention,
  openChat: () => ChatId | undefined,
  refreshed: () => void,
): Sync {
  const { api, now, rows, userId } = context;
  const connection = signal<Connection>({ state: 'connecting' });
  const counter = signal<Counter | undefined>(undefined);
  const doorbell = new Doorbell();
  const setAlarm = createAlarm(() => go(), now);
  const setPoll = createAlarm(() => poll(), now);
  const setCount = createAlarm(() => void readCounter(), now);
  let countedAt = Number.NEGATIVE_INFINITY;
  let answeredAt = now();

  const go = () => {
    for (const target of doorbell.start(now())) {
      void fetch(target).then((isAnswered) => {
        doorbell.done(target, isAnswered, now());
        heard(isAnswered);
        go();
      });
    }
    setAlarm(doorbell.nextAt);
  };
  const fetch = (target: string) => {
    const missed = (key: string) => doorbell.ring(key, now());
    return target === HEAD ? list.fetchHead(POLLED_ROWS, missed) : rows.fetch(chatOfKey(target));
  };
  const heard = (isAnswered: boolean) => {
    if (isAnswered) {
      answeredAt = now();
      if (connection.value.state !== 'polling' || connection.value.asOf) refreshed();
      connection.value = { state: 'polling' };
    } else if (now() - answeredAt > QUIET_MS) {
      connection.value = { state: 'connecting', asOf: answeredAt };
    }
  };
  const poll = () => {
    doorbell.ring(HEAD, now());
    const open = openChat();
    if (open) doorbell.ring(keyOf(open), now());
    go();
    count();
    setPoll(now() + pollDelayMs(attention(), now()));
  };
  const readCounter = async () => {
    countedAt = now();
    const answer = await answerOf(api.GET('/v3/unanswered/{id}', { params: { path: { id: userId } } }));
    if (answer.kind === 'ok') counter.value = answer.body;
  };
  const count = () => setCount(Math.max(now(), countedAt + COUNTED_ONCE_IN_MS));

  poll();
  return {
    connection,
    counter,
    count,
    ring(chat) {
      doorbell.ring(keyOf(chat), now());
      go();
    },
  };
}
