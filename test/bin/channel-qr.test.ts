import { expect, onTestFinished, test } from 'vitest';
import { startEvolution } from '#test/doubles/evolution';
import { openTerminal } from './typed.ts';

test('channels qr draws the code until the phone is linked; with --json it says once what it is', async () => {
  const { world, type } = await openTerminal();
  const bridge = await startEvolution({ instance: { state: 'close', ownerJid: null, code: '2@abc' } });
  onTestFinished(() => bridge.stop());
  const credentials = { serverUrl: bridge.baseUrl, instance: 'shop', apiKey: bridge.instance.token };
  const body = { transport: 'whatsapp', name: 'Shop phone', credentials };
  await world.call('POST', '/v1/channels', { key: world.account.apiKey, body });

  expect((await type(['channels', 'qr', 'Shop phone', '--json'])).json()).toEqual({ state: 'qridle', qr: '2@abc' });
  const waited = await type(['channels', 'qr', 'Shop phone', '--seconds', '0.1']);
  expect(waited).toMatchObject({ code: 1, out: '' });
  expect(waited.err).toMatch(/Linked devices[\s\S]*█[\s\S]*Nobody has linked a phone to Shop phone/);
  bridge.instance.state = 'open';
  expect(await type(['channels', 'qr', 'shop phone'])).toMatchObject({
    code: 0,
    out: 'The phone of Shop phone is linked.',
  });
});
