import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock as clock } from '#clock';
import type { DataFolder } from '#local/data-folder';
import { openDemoAccount } from '#local/demo/account';
import { DEMO_KINDS } from '#local/demo/kinds';
import type { DemoMessenger } from '#local/demo/kit/demo-messenger';
import { openKind } from '#local/demo/kit/open-kind';
import { DEMO_PATH, IN_TURN_PATH, openDemoMessenger } from '#local/demo/messenger';
import { type DemoLink, openDemoLinks } from '#local/demo/page-links';
import { CRM_BOT_PATH, CRM_TOKEN } from '#local/demo/stand-in/places';
import { openStandIn } from '#local/demo/stand-in/stand-in';
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
/** What was left when the last run ended is followed first: a check would only find that. */
const FIRST_CHECK_AFTER_MS = 5 * 60_000;
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
    beginDailyCheck,
    newChannels,
    messengerFor,
  } = konvert;
  await accounts.setOperatorKey(operatorKey);
  await installation.make();
  onEnd(() => endPump(pump));
  const demo = options.demo ? await openDemos(folder, options.ownUrl) : undefined;
  const entrance = createEntrance(gateway, demo ? [demo.standIn, ...demo.messengers] : []);
  const beside = { entrances: [signed, counters], upgrades: [sockets, counters] };
  const server = createServer(entrance.gateway, log, beside);
  await server.listen(options.port, options.host);
  onEnd(() => server.stop(REQUESTS_END_WITHIN_MS));
  onEnd(() => sockets.stop());
  onEnd(() => counters.stop());
  const links: DemoLink[] = [];
  if (demo) {
    const url = options.ownUrl;
    const deps = { gateway, channels: newChannels(), messengerFor, operatorKey, ...demo.secrets, url, log };
    const account = await openDemoAccount(folder.file('demo.json'), deps);
    konvert.demoAccounts.add(account.accountId);
    links.push(...(await openDemoLinks(gateway, account)));
    // Nobody waits for it: the company may have been connected at another address.
    void demo.standIn
      .start({ ...deps, ...demo.crmSecrets })
      .catch((error) => log({ demoCrm: 'not connected', ...describeError(error) }));
  }
  entrance.open();
  void pump.ringAll();
  if (fetchers) {
    onEnd(() => fetchers.stop());
    for (const channelId of await newChannels().allIds()) fetchers.look(channelId);
  }
  const sweeps = setInterval(() => void pump.ringOld(), SWEEP_MS);
  onEnd(() => clearInterval(sweeps));
  void removeUploads(folder, log);
  const cleanings = setInterval(() => void removeUploads(folder, log), DAY_MS);
  onEnd(() => clearInterval(cleanings));
  const beginCheck = () =>
    void beginDailyCheck().catch((error) => log({ check: 'not begun', ...describeError(error) }));
  const first = setTimeout(beginCheck, FIRST_CHECK_AFTER_MS);
  onEnd(() => clearTimeout(first));
  const checks = setInterval(beginCheck, DAY_MS);
  onEnd(() => clearInterval(checks));
  return links;
}

async function removeUploads(folder: DataFolder, log: Log): Promise<void> {
  try {
    await removeOldUploads(folder.file('files'), clock.now());
  } catch (error) {
    log({ uploads: 'kept', ...describeError(error) });
  }
}

async function openDemos(folder: DataFolder, serverUrl: string) {
  const botToken = await folder.secret('demo-bot.token', () => `7000000001:${newKey()}`);
  const inTurnToken = await folder.secret('demo-bot-in-turn.token', () => `7000000002:${newKey()}`);
  const accessToken = await folder.secret('demo-number.token', newKey);
  const appSecret = await folder.secret('demo-number-app.secret', newKey);
  const mediaFolder = folder.file('demo-media');
  const number = { file: folder.file('demo-number.json'), mediaFolder, accessToken, appSecret };
  const crmToken = await folder.secret('demo-crm.token', () => CRM_TOKEN + newKey());
  const crmBotToken = await folder.secret('demo-bot-crm.token', () => `7000000003:${newKey()}`);
  const bots = [
    { path: CRM_BOT_PATH, botToken: crmBotToken, file: folder.file('demo-messenger-crm.json'), mediaFolder },
    { path: IN_TURN_PATH, botToken: inTurnToken, file: folder.file('demo-messenger-in-turn.json'), mediaFolder },
    { path: DEMO_PATH, botToken, file: folder.file('demo-messenger.json'), mediaFolder },
  ];
  const kinds = await Promise.all(
    DEMO_KINDS.map(async (kind) => {
      const secret = await folder.secret(`demo-${kind.name}.secret`, newKey);
      return openKind(kind, { file: folder.file(`demo-${kind.name}.json`), mediaFolder, secret, serverUrl }, clock);
    }),
  );
  const messengers = await Promise.all([
    ...kinds,
    // The paths of all lie below that of the last bot.
    openDemoNumber(number, clock),
    ...bots.map((bot) => openDemoMessenger(bot, clock)),
  ]);
  const files = { books: folder.file('demo-crm.json'), company: folder.file('demo-crm-company.json') };
  const standIn = await openStandIn(files, crmToken, clock);
  return {
    messengers,
    standIn,
    crmSecrets: { crmToken, crmBotToken },
    secrets: { botToken, inTurnToken, number: { accessToken, appSecret }, kinds },
  };
}

/**
 * Until `open` is called, only the demo messengers answer, because the start itself calls them, and what they ask a new
 * address before they take it.
 */
function createEntrance(gateway: Gateway, demos: readonly DemoMessenger[]) {
  let isOpen = false;
  return {
    gateway: (async (request) => {
      const demo = demos.find(({ serves }) => serves(request.target));
      if (demo) return demo.answer(request);
      return isOpen || request.target.startsWith('/webhooks/')
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
