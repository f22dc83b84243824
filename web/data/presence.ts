import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { changesReturnable, hasLeft, isCall, type Return, returnsOf } from '../core/calls.ts';
import { isNews } from '../core/news.ts';
import { serverNow } from '../kit/clock.ts';
import type { Chat, ChatModel, Entry, PresenceModel, ThreadModel } from '../models.ts';
import type { StatusNow } from '../settings-models/team.ts';
import { t } from '../words/words.ts';
import { createAlarm } from './alarm.ts';
import type { Context } from './context.ts';
import type { OwnList } from './list.ts';
import { readStatus, sayStatus } from './status.ts';

/** Somebody else may say the status of the user, and rings no bell. */
const LOOK_MS = 300_000;
/** What follows from a return is stored by then. */
const SOON_MS = 5_000;
/** What ends by the clock has ended by then at the server. */
const AFTER_MS = 1_500;

const made = new WeakMap<Context, PresenceModel>();

/** The status of the user, and what follows from waits: it is told who left, and returns stand in the history. */
export function presenceOf(
  context: Context,
  list: OwnList,
  thread: ReadonlySignal<ThreadModel | undefined>,
  toast: (text: string) => void,
): PresenceModel {
  const known = made.get(context);
  if (known) return known;
  const presence = createPresence(context, list, toast);
  tellReturns(context, thread);
  made.set(context, presence);
  return presence;
}

function createPresence({ api, me, userId, rows }: Context, list: OwnList, toast: (text: string) => void) {
  const status = signal<StatusNow | undefined>(undefined);
  const heard = new Set<() => void>();
  const setAlarm = createAlarm(() => void look(), Date.now);
  let asked = 0;
  /** Whom the user gave back goes because of that, and not because of an answer that did not come. */
  let hasGivenBack = false;

  const put = (now: StatusNow | undefined) => {
    status.value = now;
    const ends = now?.until === undefined ? LOOK_MS : now.until - serverNow() + AFTER_MS;
    setAlarm(Date.now() + Math.min(LOOK_MS, Math.max(ends, AFTER_MS)));
  };
  let told: readonly string[] = [];
  const tellSetAway = (names: readonly string[]) => {
    for (const name of names) if (!told.includes(name)) toast(t('waits.other-set-away', { name }));
    told = names;
  };
  const look = async () => {
    // It is looked at again then.
    if (document.hidden) return;
    const turn = ++asked;
    const answer = await readStatus(api, userId);
    if (turn !== asked) return;
    if (answer.kind === 'ok') {
      put(answer.body.own);
      tellSetAway(answer.body.setAway);
    } else setAlarm(Date.now() + LOOK_MS);
  };
  void look();
  document.addEventListener('visibilitychange', () => void look());

  const calledFor = new Map<string, string>();
  const calls = (key: string, row: Chat, before: Chat | undefined) => {
    const isCalled = isCall(userId, row, before, {
      isNews: isNews(row, before, Date.parse(me.time)),
      isAllKnown: list.state.peek() === 'ready' && !list.hasMore.peek(),
      calledFor: calledFor.get(key),
    });
    if (isCalled && row.leavesAt !== undefined) calledFor.set(key, row.leavesAt);
    return isCalled;
  };
  rows.onRow((key, row, before) => {
    if (row && calls(key, row, before)) for (const hear of heard) hear();
    if (status.peek()?.status === 'away' && changesReturnable(userId, row, before)) setAlarm(Date.now() + AFTER_MS);
    // A head is told soon if Konvert sets the user away from whom the client was returned.
    if (before?.leavesAt !== undefined && row?.responsibleUserId !== before.responsibleUserId)
      setAlarm(Date.now() + SOON_MS);
    if (before === undefined || !hasLeft(userId, row, before, serverNow())) return;
    toast(leftWords(before, me.users.find(({ id }) => id === row?.responsibleUserId)?.name, hasGivenBack));
    // After several in a row Konvert sets the user away (T11), a moment later.
    void look().then(() => setAlarm(Date.now() + SOON_MS));
  });

  return {
    status,
    async set(wanted, until, givesBack) {
      asked += 1;
      put(await sayStatus(api, userId, wanted, until, givesBack));
      hasGivenBack = wanted === 'away' && (givesBack === true || hasGivenBack);
    },
    onCall(hear) {
      heard.add(hear);
      return () => heard.delete(hear);
    },
  } satisfies PresenceModel;
}

function leftWords({ name }: Chat, user: string | undefined, isGivenBack: boolean): string {
  if (isGivenBack) return t('waits.gone', { name });
  return user === undefined ? t('waits.left', { name }) : t('waits.left-to', { name, user });
}

/** Puts the returns of the open chat into its history, and reads them again when somebody else has the client. */
function tellReturns({ me }: Context, thread: ReadonlySignal<ThreadModel | undefined>): void {
  const active = computed(() => thread.value?.active.value);
  const responsible = computed(() => active.value?.row.value?.responsibleUserId);
  const nameOf = (id: string | null) => me.users.find((user) => user.id === id)?.name ?? t('chat.nobody');
  effect(() => {
    const chat = active.value;
    if (!chat || responsible.value === undefined) return;
    const found = signal<readonly Return[] | undefined>(undefined);
    untracked(() => chat.assignments()).then(
      (records) => {
        found.value = returnsOf(records);
      },
      // They stand behind "Why this user?" as well, which tells that nothing answers.
      () => undefined,
    );
    // Said again in another language.
    return effect(() => {
      if (found.value) chat.notes.value = found.value.map((one) => noteOf(chat, one, nameOf));
    });
  });
}

/** A return as a line about the chat. */
function noteOf(
  { id }: ChatModel,
  { key, at, from, to, minutes }: Return,
  nameOf: (id: string | null) => string,
): Entry {
  const names = { from: nameOf(from), to: nameOf(to), minutes };
  const text = t(to === null ? 'waits.pooled' : 'waits.returned', names);
  const chatType = id.chatType as Chat['chatType'];
  const message = { ...id, chatType, messageId: key, dateTime: at, type: 'system', isEcho: true, text };
  return { kind: 'message', key, chat: id, message };
}
