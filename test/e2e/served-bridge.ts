import { type CounterBridgeOptions, createCounterBridge } from '#local/counter/counter-bridge';
import { answerJson } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import type { Log } from '#log';
import { freePort } from '#test/e2e/call-api';

/** Serves a bridge on a port of this machine, with nothing beside it, until `stop`. */
export async function serveBridge(konvertUrl: string, options: Partial<CounterBridgeOptions> = {}) {
  const log: Log = options.log ?? (() => {});
  const bridge = createCounterBridge({ konvertUrl, publicHost: undefined, ...options, log });
  const beside = { entrances: [bridge], upgrades: [bridge] };
  const server = createServer(async () => answerJson(404, { error: 'NOT_FOUND' }), log, beside);
  const port = await freePort();
  await server.listen(port, '127.0.0.1');
  const stop = async () => {
    await bridge.stop();
    await server.stop(100);
  };
  return { bridge, port, url: `http://127.0.0.1:${port}`, stop };
}
