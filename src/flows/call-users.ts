import type { Bells } from '#bells';
import { type Call, type CallingChat, callsOf, mayBeTheirOwn, mayCall, type Notices } from '#domain/notice';
import { timerOf } from '#domain/timer';
import { createOptions } from '#store/accounts/account-options';
import { createSettings } from '#store/accounts/channel-settings';
import type { ChatChange } from '#store/chats/chat-changes';
import { type ChatRow, waitIn } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import { createPushSubscriptions, type Subscriber } from '#store/pages/push-subscriptions';
import { createPlanWake } from './plan-wake.ts';
import { writeWake } from './wake.ts';

/** Plans the waking of everybody who is called by a change of a chat and has a browser that can be woken (N1, N2, T7, T8). */
export type CallUsers = (changes: readonly ChatChange[]) => Promise<void>;

/** A change of a chat that may call somebody. */
interface Calling {
  readonly key: string;
  readonly channelId: string;
  readonly account: string;
  readonly before: CallingChat | undefined;
  readonly after: CallingChat;
}

/** A user who is called, and what their devices want to hear of. */
interface Called {
  readonly subscriber: Subscriber;
  readonly call: Call;
  readonly devices: ReadonlySet<Notices>;
  readonly of: Calling;
}

/** A reply that takes a client is stored by then, and folded. */
const LOOKED_AFTER_MS = 3_000;

/** Makes `callUsers`. An account in which nobody can be woken costs a query in ten seconds, and nothing else. */
export function createCallUsers(deps: StoreDeps & { readonly bells: Bells<'pushes'> }): CallUsers {
  const { bells } = deps;
  const subscriptions = createPushSubscriptions(deps);
  const settings = createSettings(deps);
  const options = createOptions(deps);
  const planWake = createPlanWake(deps);

  async function calledBy(account: string, changes: readonly Calling[]): Promise<Called[]> {
    const subscribers = await subscriptions.subscribersOf(account);
    if (subscribers.size === 0) return [];
    const [ofChannels, ofAccount] = await Promise.all([
      settings.settingsOf([...new Set(changes.map(({ channelId }) => channelId))]),
      options.optionsOf(account),
    ]);
    return changes.flatMap((of) => {
      const ofChannel = ofChannels.get(of.channelId);
      const calls = ofChannel ? callsOf(of.before, of.after, ofChannel, ofAccount) : [];
      return calls.flatMap((call) => {
        const devices = subscribers.get(call.userId);
        return devices ? [{ subscriber: { account, userId: call.userId }, call, devices, of }] : [];
      });
    });
  }

  /** A call that has its own bell: the chat is looked at once more before anybody is woken. */
  async function ringOfChat({ subscriber, call: { kind }, of: { key } }: Called): Promise<void> {
    const afterMs = kind === 'leaves' ? undefined : LOOKED_AFTER_MS;
    await bells.ring('pushes', writeWake({ ...subscriber, kind, chat: key, tries: 0 }), afterMs);
  }

  /** Of many calls of one kind to a user, one plans. */
  async function planAll(calls: readonly Called[]): Promise<void> {
    const ofKind = Map.groupBy(calls, ({ subscriber, call }) => `${call.kind} ${subscriber.userId}`);
    for (const [, [first, ...more]] of ofKind) {
      const kind = first?.call.kind;
      if (!first || !kind || kind === 'leaves') continue;
      // Who wants to hear of their own only hears of what heads are told, too.
      const isMine = kind === 'told' || [first, ...more].some(({ call }) => call.isOwn);
      if (first.devices.has('all')) await planWake(first.subscriber, kind, 'all');
      if (first.devices.has('mine') && isMine) await planWake(first.subscriber, kind, 'mine');
    }
  }

  return async function callUsers(changes) {
    const calling = changes.map(callingOf).filter(({ before, after }) => mayCall(before, after));
    for (const [account, ofAccount] of Map.groupBy(calling, (change) => change.account)) {
      const called = await calledBy(account, ofAccount);
      for (const one of called.filter(isOfOneChat)) await ringOfChat(one);
      await planAll(called.filter((one) => !isOfOneChat(one)));
    }
  };
}

function isOfOneChat({ call: { kind }, of: { before, after } }: Called): boolean {
  return kind === 'leaves' || (kind === 'given' && mayBeTheirOwn(before, after));
}

function callingOf({ before, after }: ChatChange): Calling {
  const { key, channelId, account } = after;
  return { key, channelId, account, before: before && calledOf(before), after: calledOf(after) };
}

function calledOf(row: ChatRow): CallingChat {
  const { chat, viewers } = row;
  return { chat, viewers, marks: timerOf(waitIn(row)) ?? {} };
}
