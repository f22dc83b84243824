import { oldBefore } from '#domain/retention-days';
import { describeError, type Log, type NameInLog } from '#log';
import { createOptions } from '#store/accounts/account-options';
import { createChannels } from '#store/accounts/channels';
import { createChats } from '#store/chats/chats';
import { createAssignments } from '#store/clients/assignments';
import { createForgetChat, type ForgetChatDeps } from './forget-chat.ts';
import { createOldestWaiting } from './oldest-waiting.ts';

/** How far a run through the chats of an account has come: behind a chat of a channel, by its place in the list. */
export interface ForgottenUpTo {
  readonly channel: string;
  readonly after?: string;
}

/** The end of a run. `off`: the account keeps everything. `left`: time was up, and this is where to go on. */
export type ForgetRun =
  | { readonly outcome: 'off' }
  | { readonly outcome: 'done' }
  | { readonly outcome: 'left'; readonly left: ForgottenUpTo };

/** Forgets what an account keeps no longer, from that place on, until that time (epoch ms). Repeating it does no harm. */
export type ForgetAccount = (account: string, from: ForgottenUpTo | undefined, until: number) => Promise<ForgetRun>;

const PAGE = 50;

/** Makes `forgetAccount`. A chat that cannot be forgotten holds up no other; it is looked at again the next day. */
export function createForgetAccount(
  deps: ForgetChatDeps & { readonly log: Log; readonly nameInLog: NameInLog },
): ForgetAccount {
  const { clock, log, nameInLog } = deps;
  const options = createOptions(deps);
  const channels = createChannels(deps);
  const chats = createChats(deps);
  const assignments = createAssignments(deps);
  const forgetChat = createForgetChat(deps);
  const oldestWaiting = createOldestWaiting(deps);

  async function forget(account: string, chatKey: string, before: number): Promise<void> {
    try {
      const { messages, files, chats: gone } = await forgetChat(chatKey, before);
      if (messages + files + gone > 0) log({ forget: account, outcome: 'forgotten', messages, files, chats: gone });
    } catch (error) {
      log({ forget: account, chat: await nameInLog(chatKey), outcome: 'failed', ...describeError(error) });
    }
  }

  return async function forgetAccount(account, from, until) {
    const { retentionDays } = await options.optionsOf(account);
    if (retentionDays === null) return { outcome: 'off' };
    const waiting = await oldestWaiting(account);
    const before = Math.min(oldBefore(retentionDays, clock.now()), waiting ?? Number.POSITIVE_INFINITY);
    const ids = (await channels.idsOf(account)).sort().filter((id) => from === undefined || id >= from.channel);
    for (const channel of ids) {
      const after = channel === from?.channel ? from.after : undefined;
      for await (const page of chats.candidatePages({ kind: 'channel', id: channel }, 'rest', PAGE, after)) {
        for (const { key, place } of page) {
          await forget(account, key, before);
          if (clock.now() >= until) return { outcome: 'left', left: { channel, after: place } };
        }
      }
    }
    const last = ids.at(-1);
    if (!(await assignments.removeBefore(account, before, until)) && last !== undefined) {
      return { outcome: 'left', left: { channel: last } };
    }
    return { outcome: 'done' };
  };
}
