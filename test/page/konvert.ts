import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type DemoAccount, readDemoAccount } from '#local/demo/account';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { DEMO_PATH, IN_TURN_PATH } from '#local/demo/messenger';
import { NUMBER_PATH } from '#local/demo/whatsapp/number';
import { type ApiAnswer, callApi, freePort, until } from '#test/e2e/call-api';
import { type AtEnd, type KonvertProcess, startKonvert, troubleIn } from '#test/e2e/konvert-process';
import { deployed } from '#test/e2e/place';

/** The people of the demo company: the head, two sellers, and quality control. */
export type Person = 'olga' | 'ivan' | 'maria' | 'pavel';

/** The messengers of the demo company: a bot, a bot that gives its new clients out in turn, and a WhatsApp number. */
const PATHS = { bot: DEMO_PATH, inTurn: IN_TURN_PATH, number: NUMBER_PATH } as const;
type DemoMessengerName = keyof typeof PATHS;

/** What a client writes beside a text. */
export interface Written {
  readonly by?: DemoMessengerName;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** A real `npm start` with its demo company. */
export interface PlayedKonvert {
  /** Where it answers: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly account: DemoAccount;
  readonly process: KonvertProcess;
  /** Calls the API as the CRM, or as a person. */
  api(method: string, path: string, options?: { body?: unknown; as?: Person }): Promise<ApiAnswer>;
  /** A link that opens the page of that person once. At `localhost` it is another site than at `127.0.0.1`. */
  link(person: Person, host?: '127.0.0.1' | 'localhost'): Promise<string>;
  settingsLink(): Promise<string>;
  /** Lets a demo client write. Resolves when the message is stored. */
  says(client: DemoClient, text: string, written?: Written): Promise<void>;
  /** What a client got in the messenger, in order. */
  got(client: DemoClient, by?: DemoMessengerName): Promise<string[]>;
  /** Resolves when the client has got exactly that text. */
  untilGot(client: DemoClient, text: string, by?: DemoMessengerName): Promise<void>;
  /** Kills it (SIGKILL) and starts it again on the same port, with the same data. */
  restart(): Promise<void>;
  kill(): Promise<void>;
}

/** A message as the demo messengers keep it: of a bot with the id of the client, of the number with the phone. */
interface Kept {
  readonly from: string;
  readonly chat?: number;
  readonly phone?: string;
  readonly text: string;
}

/** One Konvert for all tests of the file that calls this. */
export function useKonvert(env: Readonly<Record<string, string>> = {}): PlayedKonvert {
  const ends: (() => unknown)[] = [];
  const played = {} as PlayedKonvert;

  beforeAll(async () => {
    // Its tests are skipped there.
    if (deployed) return;
    const folder = await mkdtemp(join(tmpdir(), 'konvert-page-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const made = await playKonvert(folder, (undo) => ends.push(undo), env);
    Object.defineProperties(played, Object.getOwnPropertyDescriptors(made));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(await troubleIn(join(played.process.folder, 'konvert.log')));
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return played;
}

/** Starts a Konvert with its demo company in that folder. */
export async function playKonvert(
  folder: string,
  atEnd: AtEnd,
  env: Readonly<Record<string, string>> = {},
): Promise<PlayedKonvert> {
  const port = await freePort();
  const start = () => startKonvert({ folder, port, by: 'node', env: { ...env, KONVERT_DEMO: 'on' } }, atEnd);
  let running = await start();
  const account = await readDemoAccount(join(folder, 'demo.json'));
  if (!account) throw new Error('Konvert made no demo account');
  const { url } = running;

  async function api(method: string, path: string, { body, as }: { body?: unknown; as?: Person } = {}) {
    return callApi(url, method, path, { key: account!.apiKey, body, userId: as });
  }
  async function linkOf(body: unknown): Promise<string> {
    const answer = await api('POST', '/v1/page-links', { body });
    if (answer.status !== 201) throw new Error(`No link: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.url;
  }

  async function got(client: DemoClient, by: DemoMessengerName = 'bot'): Promise<string[]> {
    const { messages } = (await callApi(url, 'GET', `${PATHS[by]}/messages`)).body;
    const { id, phone } = DEMO_CLIENTS[client];
    const theirs = (messages as Kept[]).filter(({ chat, phone: of }) => chat === id || of === phone);
    return theirs.filter(({ from }) => from !== 'client').map(({ text }) => text);
  }

  return {
    url,
    account,
    got,
    get process() {
      return running;
    },
    api,
    link: async (person, host = '127.0.0.1') =>
      (await linkOf({ userId: person })).replace('//127.0.0.1:', `//${host}:`),
    settingsLink: () => linkOf({ settings: true }),
    async says(client, text, { by = 'bot', file } = {}) {
      const sent = file && { name: file.name, type: file.type, base64: Buffer.from(file.bytes).toString('base64') };
      const body = { client, text, ...(sent && { file: sent }) };
      const answer = await callApi(url, 'POST', `${PATHS[by]}/write`, { body });
      const webhook = answer.body.webhook ?? answer.body;
      if (answer.status !== 200 || webhook.status !== 200)
        throw new Error(`Not written: ${JSON.stringify(answer.body)}`);
    },
    async untilGot(client, text, by) {
      await until(`${client} gets "${text}"`, async () => (await got(client, by)).includes(text) || undefined);
    },
    async restart() {
      await running.kill();
      running = await start();
    },
    kill: () => running.kill(),
  };
}
