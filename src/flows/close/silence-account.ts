import type { Messengers } from '#channels/registry/messengers';
import { routedAccounts } from '#channels/routed-accounts';
import type { Crms } from '#crms/registry/crms';
import { createSessions } from '#flows/crm/sessions';
import type { KeeperDeps } from '#flows/crm/token-keeper';
import { describeError } from '#log';
import type { OpenChannel } from '#store/accounts/channel-item';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createOpenCrms } from '#store/accounts/open-crms';

/**
 * Lets nobody call for an account any more: its webhooks are taken away from messengers and CRM, as far as these answer,
 * and its channels are deleted. False if time was up (epoch ms) before all of them were.
 */
export type SilenceAccount = (account: string, base: string, until: number) => Promise<boolean>;

const CRM_MS = 10_000;

/** Makes `silenceAccount`. Who does not answer holds nothing up: a webhook without a channel gets a 404. */
export function createSilenceAccount(deps: KeeperDeps & Messengers & Crms): SilenceAccount {
  const { clock, log, messengerFor } = deps;
  const channels = createOpenChannels(deps);
  const crms = createOpenCrms(deps);
  const sessions = createSessions(deps);

  async function silence({ channelId, transport, credentials }: OpenChannel, base: string): Promise<void> {
    try {
      const messenger = await messengerFor(transport);
      await messenger?.setup.unregister(credentials, `${base}/webhooks/${transport}/${channelId}`);
    } catch (error) {
      log({ channelId, unregister: 'failed', ...describeError(error) });
    }
  }

  async function leaveCrm(account: string): Promise<void> {
    try {
      const open = await crms.openNow(account);
      if (!open) return;
      const signal = clock.deadline(CRM_MS);
      const left = await sessions.withSession(account, signal, (crm, session) => crm.leave(session, open.hooksUrl));
      if (left.kind !== 'ok') log({ account, leave: left.kind });
    } catch (error) {
      log({ account, leave: 'failed', ...describeError(error) });
    }
  }

  return async function silenceAccount(account, base, until) {
    for (const { channelId, deletedAt } of await channels.listOf(account)) {
      if (deletedAt !== undefined) continue;
      if (clock.now() >= until) return false;
      await silenceChannel(channelId, base);
    }
    await leaveCrm(account);
    return true;
  };

  async function silenceChannel(channelId: string, base: string): Promise<void> {
    let routed: string[] = [];
    try {
      const channel = await channels.getNow(channelId);
      if (!channel) return;
      const messenger = await messengerFor(channel.transport);
      routed = messenger ? routedAccounts(messenger, channel) : [];
      await silence(channel, base);
    } catch (error) {
      // Its secrets may be unreadable. The channel goes nevertheless.
      log({ channelId, unregister: 'failed', ...describeError(error) });
    }
    await channels.remove(channelId, undefined, routed);
  }
}
