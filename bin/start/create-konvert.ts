import { randomUUID } from 'node:crypto';
import type { Bells } from '#bells';
import { createPublicFetch, isMetadataAddress } from '#calls/public-fetch';
import { createMessengers, type Messengers } from '#channels/registry/messengers';
import { systemClock as clock } from '#clock';
import { createCrms } from '#crms/registry/crms';
import { createDailyCheck } from '#flows/check/begin-check';
import { createNameInLog } from '#flows/name-in-log';
import { type App, createApp } from '#functions/app';
import type { PageFiles } from '#functions/serve-page/page-files';
import { routes } from '#lib/routes';
import { tables as definitions, storedName } from '#lib/tables';
import { type CounterBridge, createCounterBridge } from '#local/counter/counter-bridge';
import type { DataFolder } from '#local/data-folder';
import { throughStandIn, withStandInLinks } from '#local/demo/stand-in/through';
import { openFolderBlobs } from '#local/folder-blobs';
import { createKeyCipher } from '#local/key-cipher';
import { pagePlacesAt } from '#local/page-places';
import { createFetchers, type Fetchers } from '#local/polling/fetchers';
import { openOffsets } from '#local/polling/offsets';
import { withoutWebhooks } from '#local/polling/register-without-webhook';
import { createGateway, type Gateway } from '#local/server/gateway';
import type { Entrance } from '#local/server/server';
import { createSignedEntrance } from '#local/server/signed-entrance';
import { createSocketServer, type SocketServer } from '#local/server/sockets';
import { createSignedPaths } from '#local/signed-paths';
import type { StartOptions } from '#local/start-options';
import { createBellRows } from '#local/streams/bell-rows';
import { createPump, type Pump } from '#local/streams/pump';
import { withStreams } from '#local/streams/streams';
import { watchWrites } from '#local/streams/watch-writes';
import { withImages } from '#local/streams/with-images';
import type { Log } from '#log';
import { withoutMetrics } from '#metrics';
import { type Accounts, createAccounts } from '#store/accounts/accounts';
import { createInstallation, type Installation } from '#store/accounts/installation';
import { channelOfPartition } from '#store/accounts/keys';
import { createOpenChannels, type OpenChannels } from '#store/accounts/open-channels';
import { createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { createPushSubscriptions, isPushPartition } from '#store/pages/push-subscriptions';

/** The names of the tables, by their ids. */
export const tables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(definitions).map((id) => [id, `konvert-${storedName(id)}`]),
);

/** Everything between the database and the port. */
export interface Konvert extends Messengers {
  readonly gateway: Gateway;
  /** Serves the addresses that were signed for files. */
  readonly entrance: Entrance;
  /** Serves the sockets of pages. */
  readonly sockets: SocketServer;
  /** Tells counters to clients that listen by socket.io. It calls this Konvert by its port. */
  readonly counters: CounterBridge;
  readonly pump: Pump;
  /** The accounts in which demo clients can be played. The demo adds its own. */
  readonly demoAccounts: Set<string>;
  /** Fetches what messengers would post, if they cannot reach this machine. */
  readonly fetchers: Fetchers | undefined;
  readonly accounts: Accounts;
  readonly installation: Pick<Installation, 'make'>;
  /** Begins the check of the day, unless it has begun. */
  readonly beginDailyCheck: () => Promise<void>;
  /** The store of channels, with an empty cache. */
  newChannels(): OpenChannels;
}

/** What browsers are shown, as files: the page, and `/docs`. */
export interface Pages {
  readonly page: PageFiles;
  readonly docs: PageFiles;
}

/** Builds every function on that database. Nothing begins by itself. */
export async function createKonvert(
  { publicUrl, ownUrl, telegramApi, crmApis, demo, privateAddresses }: StartOptions,
  folder: DataFolder,
  cipherKey: string,
  documents: DocumentClient,
  { page, docs }: Pages,
  log: Log,
): Promise<Konvert> {
  const plain = createStoreDeps({ client: documents, tables, clock, newId: randomUUID });
  const rows = createBellRows({ ...plain, log });
  const streamed = withStreams({ ...plain, definitions, rows, ring: (bell, how) => pump.ring(bell, how) });
  const imaged = withImages({
    ...plain,
    client: streamed,
    definitions,
    isHeard: () => sockets.open > 0 || isAnybodyWoken,
    tell: (kind, records) => pump.tell(kind, records),
    log,
  });
  // Without subscriptions and open pages a change of a chat costs nothing more.
  let isAnybodyWoken = await createPushSubscriptions(plain).areThere();
  const subscribed = watchWrites(imaged, tables.pages!, ({ p }) => {
    isAnybodyWoken ||= isPushPartition(p);
  });
  const client = watchWrites(subscribed, tables.accounts!, ({ p }) => {
    const channelId = channelOfPartition(p);
    if (channelId !== undefined) fetchers?.look(channelId);
  });
  const cipher = createKeyCipher(cipherKey);
  // People of companies give addresses, and get what is there: the clients' files come from them.
  const fetch = createPublicFetch({ refuses: isMetadataAddress });
  const real = createMessengers({
    fetch,
    apiUrls: telegramApi === undefined ? {} : { telegram: telegramApi },
    fetchWith: ({ ca }) => createPublicFetch({ ca, refuses: isMetadataAddress }),
  });
  const polls = publicUrl === undefined;
  const messengers = polls ? withoutWebhooks(real, (...which) => fetchers?.isTaken(...which) ?? false) : real;
  const store = createStoreDeps({ ...plain, client });
  const bells: Bells = { ring: (queue, body, afterMs) => pump.bells.ring(queue, body, afterMs) };
  const paths = createSignedPaths(clock);
  const blobs = await openFolderBlobs({ folder: folder.file('files'), paths, ownUrl, publicUrl });
  const filesUrl = publicUrl ?? ownUrl;
  const placesAt = (host: string) => pagePlacesAt(host, filesUrl);
  const sockets = createSocketServer({ handle: (event) => app.socket(event), publicUrl, log });
  const demoAccounts = new Set<string>();
  const isDemo = (account: string) => demoAccounts.has(account);
  const pages = { page, docs, placesAt };
  const told = { fetch, bells, blobs, cipher, ...pages, publicUrl: filesUrl, doorbells: sockets, isDemo };
  const crms = demo
    ? withStandInLinks(createCrms({ fetch: throughStandIn(fetch, ownUrl), baseUrls: crmApis }), ownUrl)
    : createCrms({ fetch, baseUrls: crmApis });
  // Nobody gathers numbers from this log: `GET /v1/health` has those that matter.
  const platform = { ...store, ...messengers, ...crms, ...told, log: withoutMetrics(log) };

  // The address of a push service comes from a user, who may be anybody of the company: it leads into no private network.
  const pushing = privateAddresses ? platform : { ...platform, fetch: createPublicFetch() };
  const app: App = createApp((name) => (name === 'wake-browsers' ? pushing : platform));
  const gateway = createGateway(routes, app.routes);
  const nameInLog = createNameInLog(platform);
  const pump = createPump({ handlers: app.listeners, rows, clock, nameInLog, log });
  const newChannels = () => createOpenChannels({ ...createStoreDeps(plain), cipher });
  const fetchers: Fetchers | undefined = polls
    ? createFetchers({
        gateway,
        messengerFor: real.messengerFor,
        load: (channelId) => newChannels().get(channelId),
        channels: createOpenChannels(platform),
        offsets: await openOffsets(folder.file('offsets.json'), clock),
        tell: console.log,
        log,
      })
    : undefined;
  const installation = createInstallation(platform);
  const entrance = createSignedEntrance({ paths, blobs });
  const publicHost = publicUrl && new URL(publicUrl).host;
  const counters = createCounterBridge({ konvertUrl: ownUrl, publicHost, log });
  return {
    gateway,
    entrance,
    sockets,
    counters,
    pump,
    demoAccounts,
    fetchers,
    ...messengers,
    accounts: createAccounts(store),
    installation,
    beginDailyCheck: createDailyCheck(platform),
    newChannels,
  };
}
