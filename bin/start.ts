import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createMessengers } from '#channels/registry';
import { systemClock as clock } from '#clock';
import { createApp } from '#functions/app';
import { routes } from '#lib/routes';
import { tables as definitions } from '#lib/tables';
import { type DataFolder, openDataFolder } from '#local/data-folder';
import { openDemoAccount } from '#local/demo/account';
import { DEMO_PATH, type DemoMessenger, IN_TURN_PATH, openDemoMessenger } from '#local/demo/messenger';
import { startEngine } from '#local/engine/engine';
import { createLocalClient, expectAnswer } from '#local/engine/local-client';
import { endSurvivor } from '#local/engine/survivor';
import { DataFolderError, EngineError, EnvironmentError, ServerError } from '#local/errors';
import { openLogFile } from '#local/log-file';
import { createFetchers as createPoller } from '#local/polling/fetchers';
import { openOffsets } from '#local/polling/offsets';
import { withoutWebhooks as withPolling } from '#local/polling/register-without-webhook';
import { answerJson, createGateway, type Gateway } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { type StartOptions as Environment, readStartOptions as readEnvironment } from '#local/start-options';
import { createBells } from '#local/streams/bells';
import { createPump, type Pump } from '#local/streams/pump';
import { withStreams } from '#local/streams/streams';
import { watchWrites } from '#local/streams/watch-writes';
import type { Log } from '#log';
import { newKey } from '#store/accounts/accounts';
import { channelIdOf, createOpenChannels } from '#store/accounts/channels';
import { createKeyCipher, newCipherKey } from '#store/accounts/cipher';
import { createDocumentClient } from '#store/dynamo/client';
import { createTables, TableDiffersError } from '#store/dynamo/create-tables';
import { createStore } from '#store/store';

const EXPECTED = [DataFolderError, EngineError, EnvironmentError, ServerError, TableDiffersError];
const SWEEP_MS = 60_000;
const REQUESTS_END_WITHIN_MS = 3_000;
const BELLS_END_WITHIN_MS = 5_000;

const tables = Object.fromEntries(Object.keys(definitions).map((id) => [id, `konvert-${id}`]));

/** Undone from the last to the first, whatever each of them comes to. */
const opened: (() => unknown)[] = [];

// What people wrote is nobody else's business, whoever made the folder.
process.umask(0o077);
try {
  process.exitCode = await run(readEnvironment(process.env));
} catch (error) {
  process.exitCode = 1;
  const expected = EXPECTED.some((kind) => error instanceof kind);
  console.error(expected ? `Konvert did not start. ${(error as Error).message}` : error);
}
for (const undo of opened.reverse()) await Promise.resolve().then(undo).catch(console.error);
// Connections to messengers may still be open.
process.exit();

/** Runs until it is told to end or its database ends; answers with the exit code. */
async function run(environment: Environment): Promise<number> {
  // Heard from now on: a signal that comes while it starts ends it as soon as it has started.
  const toldToEnd = new Promise<0>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(0));
  });
  const folder = await openDataFolder(environment.dataFolder);
  opened.push(() => folder.release());
  const { log, close } = openLogFile(folder.file('konvert.log'), (line) => console.error(line));
  opened.push(close);

  console.log(`Starting Konvert with the data in ${folder.path}`);
  const database = await openDatabase(environment, folder);
  await createTables(database.client, definitions, tables);
  const operatorKey = await readOperatorKey(environment, folder);
  await serve(environment, folder, database.client, operatorKey.value, log);
  console.log(welcome(environment, folder, operatorKey.where));

  const code = await Promise.race([toldToEnd, database.ended]);
  if (code === 0) console.log('Konvert is ending: what is under way is finished first');
  return code;
}

interface Database {
  readonly client: DynamoDBClient;
  readonly ended: Promise<1>;
}

async function openDatabase({ dynamodbEndpoint }: Environment, folder: DataFolder): Promise<Database> {
  if (dynamodbEndpoint !== undefined) {
    await expectAnswer(dynamodbEndpoint);
    return { client: createLocalClient(dynamodbEndpoint), ended: new Promise(() => {}) };
  }
  const [file, pidFile] = [folder.file('konvert.db'), folder.file('engine.pid')];
  if (await endSurvivor(pidFile, file)) console.log('Ended the database of a Konvert that was killed');
  const engine = await startEngine({ file, pidFile, logFile: folder.file('engine.log') });
  let stopping = false;
  opened.push(() => {
    stopping = true;
    return engine.stop();
  });
  const ended = new Promise<1>((resolve) => {
    void engine.ended.then((reason) => {
      if (stopping) return;
      console.error(`The database ended (${reason}; see ${folder.file('engine.log')}). Start Konvert again`);
      resolve(1);
    });
  });
  return { client: createLocalClient(engine.endpoint), ended };
}

async function readOperatorKey({ operatorKey }: Environment, folder: DataFolder) {
  if (operatorKey !== undefined) return { value: operatorKey, where: 'as given in KONVERT_OPERATOR_KEY' };
  const file = folder.file('operator.key');
  const made = !existsSync(file);
  const value = await folder.secret('operator.key', newKey);
  return { value, where: made ? `${value}\n                (made just now, kept in ${file})` : `in ${file}` };
}

/** Everything between the database and the port; resolves when requests are answered. */
async function serve(
  environment: Environment,
  folder: DataFolder,
  dynamodb: DynamoDBClient,
  operatorKey: string,
  log: Log,
): Promise<void> {
  const { publicUrl, ownUrl, telegramApi } = environment;
  // Where messengers cannot reach this machine, they are asked.
  const polls = publicUrl === undefined;
  const plain = createDocumentClient(dynamodb);
  const bells = createBells({ client: plain, tables, clock, log });
  const streamed = withStreams({
    client: plain,
    tables,
    definitions,
    bells,
    ring: (bell, how) => pump.ring(bell, how),
  });
  const client = watchWrites(streamed, tables.settings!, (item) => {
    const channelId = channelIdOf(item);
    if (polls && channelId !== undefined) poller.look(channelId);
  });
  const cipher = createKeyCipher(await folder.secret('cipher.key', newCipherKey));
  const store = createStore({ client, tables, clock, cipher, newId: randomUUID });
  await store.accounts.setOperatorKey(operatorKey);
  const messengers = createMessengers({ telegramApi });
  const { messengerFor } = polls ? withPolling(messengers, (...which) => poller.isTaken(...which)) : messengers;
  const app = createApp({
    store,
    messengerFor,
    queueFailed: (chat) => pump.queueFailed(chat),
    ringLane: (lane) => pump.ringLane(lane),
    ringLater: (lane, afterMs) => pump.ringLater(lane, afterMs),
    ringTask: (name) => pump.ringTask(name),
    ringTaskLater: (name, afterMs) => pump.ringTaskLater(name, afterMs),
    publicUrl: publicUrl ?? ownUrl,
    clock,
    newId: randomUUID,
    log,
  });
  const pump = createPump({ listeners: app, bells, clock, log });
  opened.push(() => endPump(pump));

  const gateway = createGateway(routes, app.routes);
  // Channels of its own each time: none that is remembered from before.
  const newChannels = () => createOpenChannels({ client: plain, tables, clock, cipher });
  const poller = createPoller({
    gateway,
    messengerFor: messengers.messengerFor,
    load: (channelId) => newChannels().get(channelId),
    channels: store.channels,
    offsets: await openOffsets(folder.file('offsets.json'), clock),
    tell: console.log,
    log,
  });
  const botToken = await folder.secret('demo-bot.token', () => `7000000001:${newKey()}`);
  const inTurnToken = await folder.secret('demo-bot-in-turn.token', () => `7000000002:${newKey()}`);
  const bots = [
    { path: IN_TURN_PATH, botToken: inTurnToken, file: folder.file('demo-messenger-in-turn.json') },
    { path: DEMO_PATH, botToken, file: folder.file('demo-messenger.json') },
  ];
  const demos = environment.demo ? await Promise.all(bots.map((bot) => openDemoMessenger(bot, clock))) : [];
  const entrance = createEntrance(gateway, demos);
  const server = createServer(entrance.gateway, log);
  await server.listen(environment.port, environment.host);
  opened.push(() => server.stop(REQUESTS_END_WITHIN_MS));
  if (environment.demo) {
    const deps = { gateway, channels: newChannels(), messengerFor, operatorKey, botToken, inTurnToken, url: ownUrl };
    await openDemoAccount(folder.file('demo.json'), deps);
  }
  entrance.open();
  void pump.ringAll();
  if (polls) {
    opened.push(() => poller.stop());
    for (const channelId of await store.channels.allIds()) poller.look(channelId);
  }
  const sweeps = setInterval(() => void pump.ringOld(), SWEEP_MS);
  opened.push(() => clearInterval(sweeps));
}

/** Until it is opened only the demo messengers answer, which the start itself speaks to. */
function createEntrance(gateway: Gateway, demos: readonly DemoMessenger[]) {
  let isOpen = false;
  return {
    gateway: (async (request) => {
      const demo = demos.find(({ serves }) => serves(request.target));
      if (demo) return demo.answer(request);
      return isOpen ? gateway(request) : answerJson(503, { error: 'STARTING', description: 'Konvert is starting' });
    }) satisfies Gateway as Gateway,
    open() {
      isOpen = true;
    },
  };
}

/** What does not end in time has its bell, and goes on at the next start. */
async function endPump(pump: Pump): Promise<void> {
  const late = new Promise<void>((resolve) => void setTimeout(resolve, BELLS_END_WITHIN_MS).unref());
  await Promise.race([pump.stop(), late]);
}

function welcome({ publicUrl, ownUrl, demo }: Environment, { path }: DataFolder, operatorKey: string): string {
  const folder = process.env.KONVERT_DATA_DIR ? `KONVERT_DATA_DIR='${path}' ` : '';
  const lines = [
    '',
    `Konvert is ready: ${publicUrl ?? ownUrl}`,
    `  API           ${ownUrl}/docs`,
    `  data, logs    ${path}`,
    `  operator key  ${operatorKey}`,
  ];
  const trial = [
    '',
    'Try it in another terminal; the demo client writes, you reply:',
    `  ${folder}npm run konvert -- demo write "Good day! Is the red one in stock?"`,
    `  ${folder}npm run konvert -- demo list`,
    `  ${folder}npm run konvert -- demo reply "Yes, three of them."`,
    `  ${folder}npm run konvert -- demo people`,
    `  ${folder}npm run konvert -- demo new-clients`,
  ];
  return [...lines, ...(demo ? trial : []), ''].join('\n');
}
