import { expect, test } from 'vitest';
import type { Messenger } from '#channels/channel';
import { reconnect } from '#local/demo/open-channel';
import type { OpenChannel } from '#store/accounts/channel-item';

test('a start connects its channels once more, but none that somebody has deleted', async () => {
  const registered: string[] = [];
  const setup = { register: async (_: unknown, url: string) => void registered.push(url) };
  const deps = {
    channels: { get: async () => undefined, change: async () => true },
    messengerFor: async () => ({ setup }) as unknown as Messenger,
    url: 'http://here',
  } as unknown as Parameters<typeof reconnect>[0];
  const channelOf = (channelId: string, more: object) =>
    ({ channelId, transport: 'vk', webhookSecret: 'secret', ...more }) as unknown as OpenChannel;

  await reconnect(deps, channelOf('deleted', { deletedAt: 1 }), {});
  await reconnect(deps, channelOf('kept', {}), {});

  expect(registered).toEqual(['http://here/webhooks/vk/kept']);
});
