import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEvolution } from '#channels/evolution/index';
import { openKind } from '#local/demo/kit/open-kind';
import { whatsappQr } from '#local/demo/whatsapp-qr/whatsapp-qr';
import { createServer } from '#local/server/server';
import { textTo } from '#test/channels/messages';
import { startHttpDouble } from '#test/doubles/http';
import { freePort } from '#test/e2e/call-api';
import { PATIENCE_MS } from '#test/patience';

test('the demo phone is unlinked and scanned by a visitor, and no reply leaves in between', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-demo-test-'));
  const port = await freePort();
  const serverUrl = `http://127.0.0.1:${port}`;
  const clock = { now: Date.now, deadline: AbortSignal.timeout };
  const place = { file: join(folder, 's.json'), mediaFolder: folder, secret: 's3cret'.repeat(7), serverUrl };
  const opened = await openKind(whatsappQr, place, clock);
  const server = createServer(opened.answer, () => {});
  await server.listen(port, '127.0.0.1');
  const heard = await startHttpDouble(
    ({ bytes }) => ({ method: 'POST', body: JSON.parse(bytes.toString('utf8')) }),
    () => ({ status: 200, body: '' }),
  );
  onTestFinished(async () => {
    await Promise.all([server.stop(0), heard.stop()]);
    await rm(folder, { recursive: true, force: true });
  });
  const { setup, inbound, outbound } = createEvolution();
  const { credentials } = opened.wanted;
  await setup.register({ credentials, webhookSecret: 'ab'.repeat(32) }, heard.baseUrl);
  const base = credentials.serverUrl;
  const signal = () => AbortSignal.timeout(PATIENCE_MS);
  const turn = (linked: boolean) =>
    fetch(`${base}/phone`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ linked }),
    });
  const told = () => inbound.parse(heard.calls.at(-1)?.body, { text: '' });
  const send = () => outbound.send(credentials, textTo(whatsappQr.chatOf('anna'), 'Hi', {}, 'whatsapp'), signal());

  expect(await (await fetch(`${base}/phone`)).text()).toContain('<button');
  expect(await setup.link?.(credentials, signal())).toEqual({ state: 'active' });

  expect((await turn(false)).status).toBe(200);
  expect(told()).toMatchObject([{ kind: 'channel', link: 'qridle' }]);
  expect(await setup.link?.(credentials, signal())).toEqual({
    state: 'qridle',
    qr: expect.stringMatching(/^2@.{100}/),
  });
  expect(await send()).toMatchObject({ kind: 'unreachable' });

  await turn(true);
  expect(told()).toMatchObject([{ kind: 'channel', link: 'active' }]);
  expect(await setup.link?.(credentials, signal())).toEqual({ state: 'active' });
  expect(await send()).toMatchObject({ kind: 'sent' });
});
