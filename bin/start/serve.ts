import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock as clock } from '#clock';
import type { DataFolder } from '#local/data-folder';
import { openDemoAccount } from '#local/demo/account';
import type { DemoMessenger } from '#local/demo/kit/demo-messenger';
import { DEMO_PATH, IN_TURN_PATH, openDemoMessenger } from '#local/demo/messenger';
import { type DemoLink, openDemoLinks } from '#local/demo/page-links';
import { openDemoNumber } from '#local/demo/whatsapp/number';
import { removeOldUploads } from '#local/old-uploads';
import { answerJson, type Gateway } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import type { StartOptions } from '#local/start-options';
import type { Pump } from '#local/streams/pump';
import { describeError, type Log } from '#log';
import { newKey } from '#store/accounts/secret-key';
import type { Konvert } from './create-konvert.ts';
import type { OnEnd } from './undo.ts';

const SWEEP_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const REQUESTS_END_WITHIN_MS = 3_000;
const BELLS_END_WITHIN_MS = 5_000;

/**
 * Serves requests, with the demo company if it is wanted. Resolves to the links of its people once requests are
 * answered.
 */
export async function serve(
  options: StartOptions,
  folder: DataFolder,
  konvert: Konvert,
  operatorKey: string,
  log: Log,
  onEnd: OnEnd,
): Promise<DemoLink[]> {
  const {
    gateway,
    entrance: signed,
    sockets,
    counters,
    pump,
    fetchers,
    accounts,
    installation,
    newChannels,
    messengerFor,
  } = konvert;
  await accounts.setOperatorKey(operatorKey);
  await installation.make();
  onEnd(() => endPump(pump));
  const demo = options.demo ? await openDemos(folder) : undefined;
  const entrance = createEntrance(gateway, demo?.messengers ?? []);
  const beside = { entrances: [signed, counters], upgrades: [sockets, counters] };
  const server = createServer(entrance.gateway, log, beside);
  await server.listen(options.port, options.host);
  onEnd(() => server.stop(REQUESTS_END_WITHIN_MS));
  onEnd(() => sockets.stop());
  onEnd(() => counters.stop());
  const links: DemoLink[] = [];
  if (demo) {
    const deps = { gateway, channels: newChannels(), messengerFor, operatorKey, ...demo.secrets, url: options.ownUrl };
    const account = await openDemoAccount(folder.file('demo.json'), deps);
    konvert.demoAccounts.add(account.accountId);
    links.push(...(await openDemoLinks(gateway, account)));
  }
  entrance.open();
  void pump.ringAll();
  if (fetchers) {
    onEnd(() => fetchers.stop());
    for (const channelId of await newChannels().allIds()) fetchers.look(channelId);
  }
  const sweeps = setInterval(() => void pump.ringOld(), SWEEP_MS);
  onEnd(() => clearInterval(sweeps));
  void cleanUp(folder, log);
  const cleanings = setInterval(() => void cleanUp(folder, log), DAY_MS);
  onEnd(() => clearInterval(cleanings));
  return links;
}

async function cleanUp(folder: DataFolder, log: Log): Promise<void> {
  try {
    await removeOldUploads(folder.file('files'), clock.now());
  } catch (error) {
    log({ uploads: 'kept', ...describeError(error) });
  }
}

async function openDemos(folder: DataFolder) {
  const botToken = await folder.secret('demo-bot.token', () => `7000000001:${newKey()}`);
  const inTurnToken = await folder.secret('demo-bot-in-turn.token', () => `7000000002:${newKey()}`);
  const accessToken = await folder.secret('demo-number.token', newKey);
  const appSecret = await folder.secret('demo-number-app.secret', newKey);
  const mediaFolder = folder.file('demo-media');
  const number = { file: folder.file('demo-number.json'), mediaFolder, accessToken, appSecret };
  const bots = [
    { path: IN_TURN_PATH, botToken: inTurnToken, file: folder.file('demo-messenger-in-turn.json'), mediaFolder },
    { path: DEMO_PATH, botToken, file: folder.file('demo-messenger.json'), mediaFolder },
  ];
  const messengers = await Promise.all([
    // Its path lies below that of the first bot.
    openDemoNumber(number, clock),
    ...bots.map((bot) => openDemoMessenger(bot, clock)),
  ]);
  return { messengers, secrets: { botToken, inTurnToken, number: { accessToken, appSecret } } };
}

/**
 * Until `open` is called, only the demo messengers answer, because the start itself calls them, and so does the
 * handshake by which WhatsApp tries an address.
 */
function createEntrance(gateway: Gateway, demos: readonly DemoMessenger[]) {
  let isOpen = false;
  return {
    gateway: (async (request) => {
      const demo = demos.find(({ serves }) => serves(request.target));
      if (demo) return demo.answer(request);
      const isHandshake = request.method === 'GET' && request.target.startsWith('/webhooks/');
      return isOpen || isHandshake
        ? gateway(request)
        : answerJson(503, { error: 'STARTING', description: 'Konvert is starting' });
    }) satisfies Gateway as Gateway,
    open() {
      isOpen = true;
    },
  };
}

/** Work that does not end in time has its bell, and goes on at the next start. */
async function endPump(pump: Pump): Promise<void> {
  await Promise.race([pump.stop(), sleep(BELLS_END_WITHIN_MS, undefined, { ref: false })]);
}
