import type { Messengers } from '#channels/registry/messengers';
import type { Clock } from '#clock';
import { chatOfKey } from '#domain/message';
import type { Nameless } from '#flows/want-names';
import type { Log, NameInLog } from '#log';
import type { OpenChannels } from '#store/accounts/open-channels';
import type { AskedNames } from '#store/chats/asked-names';
import type { Facts } from '#store/chats/facts';
import type { Rests } from './rests.ts';

export interface AskNameDeps extends Pick<Messengers, 'messengerFor'> {
  readonly facts: Pick<Facts, 'nameAuthor'>;
  readonly askedNames: Pick<AskedNames, 'claim' | 'setKnown'>;
  readonly channels: Pick<OpenChannels, 'get'>;
  /** The accounts that have to wait in this process. */
  readonly rests: Rests;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** So long the messages behind it in the queue wait at most. */
const ASK_MS = 10_000;

/**
 * Asks the messenger what the client of a chat calls themselves, once a day at most. What it tells is added to the message
 * of theirs, and so becomes known to everything as a name that the webhook carried.
 */
export async function askName(deps: AskNameDeps, { chatKey, key }: Nameless): Promise<void> {
  const { channelId } = chatOfKey(chatKey);
  const outcome = await ask(deps, { chatKey, key });
  deps.log({ name: await deps.nameInLog(chatKey), channelId, ...outcome });
}

async function ask(deps: AskNameDeps, { chatKey, key }: Nameless): Promise<object> {
  const { askedNames, clock, facts, rests } = deps;
  const { channelId, chatId } = chatOfKey(chatKey);
  const channel = await deps.channels.get(channelId);
  if (!channel || channel.deletedAt !== undefined || channel.state === 'unauthorized') return { outcome: 'not asked' };
  const { account, credentials } = channel;
  const inbound = (await deps.messengerFor(channel.transport))?.inbound;
  if (!inbound?.profileOf || rests.leftOf(account) > 0) return { outcome: 'not asked' };
  if (!(await askedNames.claim(chatKey))) return { outcome: 'asked before' };
  const asked = await rests.after(account, () => inbound.profileOf!(credentials, chatId, clock.deadline(ASK_MS)));
  if (asked.kind === 'unknown') return { outcome: 'unknown', why: asked.why };
  await facts.nameAuthor(chatKey, key, asked.profile);
  await askedNames.setKnown(chatKey);
  return { outcome: 'known' };
}
