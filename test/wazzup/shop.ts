import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#clock';
import { tables as definitions } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createEngineClient } from '#local/engine/engine-client';
import { createLocalClient } from '#local/engine/local-client';
import { newCipherKey } from '#local/key-cipher';
import { createServer } from '#local/server/server';
import { readStartOptions } from '#local/start-options';
import type { Pump } from '#local/streams/pump';
import { createTables } from '#store/dynamo/create-tables';
import { type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import { docsDouble, pageDouble } from '#test/doubles/page';
import { freePort } from '#test/e2e/call-api';
import { type ContentHost, startContentHost } from '#test/functions/content-host';
import { createKonvert, tables } from '../../bin/start/create-konvert.ts';
import { FILES } from './files.ts';

export const OPERATOR_KEY = 'operator-key-of-the-table-of-tests';
/** The address of Konvert that messengers know. */
export const PUBLIC_URL = 'https://konvert.example';

/** The client who writes to every number. */
export const CLIENT = { phone: '79001112233', name: 'Anna' };

/** Konvert as `npm start` runs it, on a port of this machine, and everything that it talks to. */
export interface Shop {
  readonly port: number;
  readonly pump: Pump;
  readonly bot: BotApiDouble;
  readonly graph: GraphDouble;
  readonly receiver: ReceiverDouble;
  readonly files: ContentHost;
  /** Every line that was logged. */
  readonly logs: readonly object[];
  /** Lets time pass for Konvert and the messengers. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** More than there are rows with a number. */
const NUMBERS = 400;

/** Opens the shop. Time is that of the machine, and what `pass` adds. */
export async function openShop(): Promise<Shop> {
  const realNow = Date.now;
  let passed = 0;
  Date.now = () => realNow() + passed;
  const folder = await mkdtemp(join(tmpdir(), 'konvert-wazzup-'));
  const engine = await startEngine();
  const database = createLocalClient(engine.endpoint);
  await createTables(database, definitions, tables);
  const documents = createEngineClient(engine.endpoint);

  const port = await freePort();
  const options = readStartOptions({ PORT: String(port), KONVERT_PUBLIC_URL: PUBLIC_URL, KONVERT_DATA_DIR: folder });
  const logs: object[] = [];
  const data = { path: folder, file: (name: string) => join(folder, name), secret: never, release: () => {} };
  const pages = { page: pageDouble, docs: docsDouble };
  const konvert = await createKonvert(options, data, newCipherKey(), documents, pages, (line) => {
    logs.push(line);
  });
  await konvert.accounts.setOperatorKey(OPERATOR_KEY);
  await konvert.installation.make();
  const server = createServer(konvert.gateway, (line) => logs.push(line), {
    entrances: [konvert.entrance, konvert.counters],
    upgrades: [konvert.sockets, konvert.counters],
  });
  await server.listen(port, '127.0.0.1');

  const bot = await startBotApi();
  const graph = await startGraph({ clock: { ...systemClock, pass: () => {} }, numbers: numbersOf(NUMBERS) });
  graph.person(CLIENT);
  const receiver = await startReceiver();
  const files = await startContentHost(FILES);

  return {
    port,
    pump: konvert.pump,
    bot,
    graph,
    receiver,
    files,
    logs,

    async pass(ms) {
      passed += ms;
      await konvert.pump.ringOld();
      await konvert.pump.idle();
    },

    async stop() {
      await konvert.counters.stop();
      await konvert.sockets.stop();
      await server.stop(1_000);
      await konvert.pump.stop();
      await Promise.all([bot.stop(), graph.stop(), receiver.stop(), files.stop()]);
      documents.destroy();
      database.destroy();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
      Date.now = realNow;
    },
  };
}

function never(): never {
  throw new Error('The table keeps no secret in a file');
}

/** Each number has an account of its own at Meta, so that each row has templates of its own. */
function numbersOf(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const id = String(index).padStart(4, '0');
    return { id: `10000${id}`, wabaId: `20000${id}`, phone: `7495000${id}` };
  });
}
