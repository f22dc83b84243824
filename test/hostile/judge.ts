import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { chatOfKey } from '#domain/message';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { routes } from '#lib/routes';
import { tables } from '#lib/tables';
import { createGateway, type PlainAnswer } from '#local/server/gateway';
import { fileKey } from '#media/file-key';
import { newFileId } from '#media/new-file-id';
import { createFiles } from '#store/files/files';
import { eventBy } from '#test/hostile/events';
import { CHAT, filled, filledBytes, type HostileRequest, isPublic, type Words } from '#test/hostile/requests';
import { inPieces } from '#test/media/blob-contract';
import { type Account, createWorld, OPERATOR_KEY, textUpdate } from '#test/world';

/** The largest answer of a Lambda: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LARGEST_ANSWER = 6 * 1024 * 1024;
/** The largest refusal. It may repeat only what was wrong. */
const LARGEST_REFUSAL = 16 * 1024;
/** After so many requests all tables but that of accounts are cleared, so that chats do not grow for ever. */
const KEPT_REQUESTS = 300;
/** The users and pipelines that sane requests of `requests.ts` name. */
const PUSHED = [
  ['/v3/users', [{ id: 'sane', name: 'Sane' }]],
  ['/v3/pipelines', [{ id: 'sane', name: 'Sane', stages: [{ id: 'sane', name: 'Sane' }] }]],
] as const;
/** What was said in the account, which no other one may read. */
const OURS = ['a sane beginning', 'a sane answer'] as const;
const SETTINGS_HOLD_MS = 11_000;
const ECHO_SKEW_MS = 3_000;

interface Written {
  readonly table: string;
  readonly item: Readonly<Record<string, unknown>>;
}

/** Sends hostile requests to a world, and checks after each that it still works. */
export interface Judge {
  /** Sends the request. Throws if it did something that no request may do. */
  judge(request: HostileRequest): Promise<void>;
  /** Sends requests that may store nothing. Throws if any table holds something else afterwards. */
  judgeIdle(requests: readonly HostileRequest[]): Promise<void>;
  readonly slowestMs: number;
  /** The number of answers of each class. */
  readonly answers: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

export async function createJudge(): Promise<Judge> {
  let fetching: typeof globalThis.fetch = globalThis.fetch;
  const world = await createWorld({ fetch: (input, init) => fetching(input, init) });
  const { db, clock, account, channel, app } = world;
  const other = await world.addAccount();
  const otherChannel = await world.addChannel(other);
  // It listens to something of which there are no events, so that nothing leaves.
  const subscriptions = { ...NO_SUBSCRIPTIONS, templateStatus: true };
  const { receivers } = world.store;
  for (const { accountId } of [account, other]) {
    const registration = { uri: 'https://crm.example/', subscriptions, signing: [], endedAt: undefined };
    await receivers.save(await receivers.now(accountId), registration, 'test');
  }
  for (const one of [account, other]) await giveRole(one);
  const accounts = db.items('accounts');
  fetching = playedMessenger();

  let current: HostileRequest | undefined;
  const handlers = Object.fromEntries(
    Object.entries(app.routes).map(([name, handle]) => [
      name,
      (event: Parameters<typeof handle>[0]) =>
        handle(eventBy(current!.entrance, event, filledHeaders(current!, words))),
    ]),
  );
  const gateway = createGateway(routes, handlers);

  /** The items that were written since this was last emptied. */
  let written: Written[] = [];
  const tell = db.onWrite;
  db.onWrite = (record) => {
    written.push({ table: record.tableId, item: record.newImage ?? record.oldImage ?? {} });
    tell?.(record);
  };

  let words: Words = {};
  let judged = 0;
  let lastId = 1_000_000;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };
  let slowestMs = 0;
  const answers: Record<string, number> = {};

  async function beginAnew(): Promise<void> {
    for (const table of Object.keys(tables)) db.clear(table);
    restoreSettings();
    for (const list of [world.logs, ...Object.values(world.sent), world.later, world.bot.calls]) {
      (list as unknown[]).length = 0;
    }
    words = await createWords();
    written = [];
  }

  function restoreSettings(): void {
    db.clear('accounts');
    for (const Item of accounts) db.apply(new PutCommand({ TableName: 'accounts', Item }));
    clock.advance(SETTINGS_HOLD_MS);
  }

  /** Makes the sane user the head of the channel. */
  async function giveRole(one: Account): Promise<void> {
    for (const [path, body] of PUSHED) await world.call('POST', path, { key: one.apiKey, body });
    const { channelId } = one === account ? channel : otherChannel;
    const userRoles = [{ userId: 'sane', role: 'manager', allowGetNewClients: true }];
    const body = { newClients: { mode: 'first-reply' }, userRoles };
    const { status } = await world.call('PUT', `/v1/settings/channels/${channelId}`, { key: one.apiKey, body });
    if (status !== 200) throw new Error(`The sane user got no role: ${status}`);
  }

  /** A new link to the page of the sane user, or to the settings. */
  async function linkFor({ apiKey: key }: Account, body: unknown): Promise<string> {
    const { url } = (await world.call('POST', '/v1/page-links', { key, body })).body as { url: string };
    return new URL(url).hash.slice('#k='.length);
  }

  async function tokenFor(one: Account, body: unknown): Promise<string> {
    const link = await linkFor(one, body);
    return ((await world.call('POST', '/v1/page-tokens', { body: { link } })).body as { token: string }).token;
  }

  async function createWords(): Promise<Words> {
    for (const { apiKey: key } of [account, other]) {
      for (const [path, body] of PUSHED) await world.call('POST', path, { key, body });
    }
    const page = await tokenFor(account, { userId: 'sane' });
    await world.say(CHAT, OURS[0], { id: nextId() });
    const { body } = await world.reply(CHAT, { text: OURS[1] });
    await world.drain();
    const { messages, seenUpTo, before } = await world.history(CHAT, 'limit=1');
    await world.reply(CHAT, { text: 'refused' });
    await world.drain();
    const failed = await world.deliveries('state=failed');
    return {
      channel: channel.channelId,
      key: account.apiKey,
      keyCut: account.apiKey.slice(0, -1),
      keyId: 'no-such-key',
      otherAccount: other.accountId,
      otherKey: other.apiKey,
      operator: OPERATOR_KEY,
      secret: channel.secret,
      secretCut: channel.secret.slice(0, -1),
      secretUpper: channel.secret.toUpperCase(),
      otherSecret: otherChannel.secret,
      api: 'http://127.0.0.1:9',
      file: await storeFile(),
      seen: seenUpTo,
      before: before ?? '',
      message: (body as { messageId?: string }).messageId ?? messages[0]?.messageId ?? '',
      delivery: failed[0]?.deliveryId ?? '',
      page,
      pageCut: page.slice(0, -1),
      link: await linkFor(account, { userId: 'sane' }),
      settingsPage: await tokenFor(account, { settings: true }),
      otherPage: await tokenFor(other, { userId: 'sane' }),
      otherSettingsPage: await tokenFor(other, { settings: true }),
    };
  }

  /** Stores a file, and answers with its id. */
  async function storeFile(): Promise<string> {
    const file = newFileId();
    const { accountId } = account;
    const key = fileKey({ direction: 'in', account: accountId, at: 0, file, name: 'a.png' });
    const about = { type: 'image/png', disposition: '', maxBytes: 100 };
    const facts = await world.blobs.put(key, inPieces(Buffer.from('a picture')), about);
    const place = { account: accountId, chat: 'c', fact: 'k', part: 0 };
    await createFiles(world.deps).putStored({ file, name: 'a.png', ...place }, { ...facts, type: 'image/png', key });
    return file;
  }

  async function send(request: HostileRequest): Promise<PlainAnswer> {
    current = request;
    const startedAt = performance.now();
    const answer = await gateway({
      method: request.method,
      target: filled(request.target, words),
      headers: joined(filledHeaders(request, words)),
      body: filledBytes(request.body, words),
    });
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    return answer;
  }

  async function judge(request: HostileRequest): Promise<void> {
    if (judged % KEPT_REQUESTS === 0) await beginAnew();
    judged += 1;
    await judgeOne(request);
  }

  async function judgeIdle(requests: readonly HostileRequest[]): Promise<void> {
    await beginAnew();
    const contents = () =>
      JSON.stringify(
        Object.keys(tables).map((table) => db.items(table)),
        withSets,
      );
    const before = contents();
    for (const request of requests) await judgeOne(request);
    if (contents() !== before) throw new Error('What is stored changed, and nobody wrote');
  }

  async function judgeOne(request: HostileRequest): Promise<void> {
    clock.advance(20);
    world.dropBells();
    written = [];
    const answer = await send(request);
    const found = `${Math.floor(answer.status / 100)}xx`;
    answers[found] = (answers[found] ?? 0) + 1;
    checkAnswer(request, answer);
    checkWrites(request);
    const chats = new Set(written.filter(({ table }) => table === 'messages').map(({ item }) => String(item.c)));
    if (written.some(({ table }) => table === 'accounts')) restoreSettings();
    for (const chat of chats) await checkChat(chat);
    if (chats.size > 0) await checkList();
  }

  /** Checks that the chat can be folded, that it and its history can be read, and that it takes another message. */
  async function checkChat(key: string): Promise<void> {
    await drain();
    const path = pathOf(key);
    const known = db.items('chats').some(({ c, s }) => c === key && s === '-');
    if (known) {
      await expectAnswer(path);
      await expectAnswer(`${path}/messages?limit=100`);
    }
    const { chatId } = chatOfKey(key);
    if (!/^-?\d{1,15}$/.test(chatId)) return;
    // An echo covers messages within 2 s after it.
    clock.advance(ECHO_SKEW_MS);
    const update = textUpdate(Number(chatId), 'a sane word', nextId(), clock.now());
    const { status } = await world.webhook(update);
    if (status !== 200) throw new Error(`A sane update of the same chat is answered ${status}`);
    await drain();
    const { unanswered } = (await expectAnswer(path)) as { unanswered: boolean };
    if (!unanswered) throw new Error('A sane update of the same chat leaves it answered');
  }

  async function checkList(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await expectAnswer(`/v1/chats?limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      cursor = (page as { nextCursor?: string }).nextCursor;
    } while (cursor !== undefined);
  }

  async function expectAnswer(path: string): Promise<unknown> {
    current = {
      route: undefined,
      sender: 'trusted',
      entrance: 'local',
      method: 'GET',
      target: path,
      headers: [],
      body: Buffer.alloc(0),
    };
    const headers = { authorization: `Bearer ${account.apiKey}` };
    const { status, body } = await gateway({ method: 'GET', target: path, headers, body: Buffer.alloc(0) });
    if (status !== 200) throw new Error(`Afterwards GET ${path} is answered ${status} ${body}`);
    return JSON.parse(String(body));
  }

  async function drain(): Promise<void> {
    await world.drain();
    const [failed] = world.sent.failedChats;
    if (failed) throw new Error(`The chat cannot be folded: ${JSON.stringify(world.logs.at(-1))}`);
    const broken = world.logs.find(({ outcome }) => outcome === 'broken');
    if (broken) throw new Error(`The adapter broke: ${JSON.stringify(broken)}`);
    (world.logs as unknown[]).length = 0;
  }

  function isOurs({ item }: Written): boolean {
    const text = JSON.stringify(item, withSets);
    // What they keep for themselves may name anything.
    const isTheirs = text.includes(other.accountId);
    return text.includes(account.accountId) || (text.includes(channel.channelId) && !isTheirs);
  }

  /** Checks that a sender without proof has written nothing, and a stranger nothing of this account. */
  function checkWrites({ sender }: HostileRequest): void {
    const wrong = sender === 'trusted' ? [] : sender === 'stranger' ? written.filter(isOurs) : written;
    if (wrong.length > 0) throw new Error(`Stored for ${sender}: ${JSON.stringify(wrong, withSets)}`);
  }

  function checkAnswer({ sender, route }: HostileRequest, { status, headers, body }: PlainAnswer): void {
    const text = String(body);
    if (!(status >= 200 && status < 500))
      throw new Error(`Answered ${status} ${text}: ${JSON.stringify(world.logs.at(-1))}`);
    const bytes = Buffer.byteLength(body);
    if (bytes > (status < 300 ? LARGEST_ANSWER : LARGEST_REFUSAL)) throw new Error(`${status} with ${bytes} bytes`);
    if (status < 300 && sender === 'nobody' && !(route && isPublic(route))) throw new Error(`Let in: ${status}`);
    const isOursTold = [...OURS, account.accountId].some((one) => text.includes(one));
    if (sender !== 'trusted' && isOursTold) throw new Error(`Told to ${sender}: ${text}`);
    if (headers['content-type']?.startsWith('application/json')) {
      const { error, description } = JSON.parse(text) as Record<string, unknown>;
      // As Wazzup answers there. A request with a changed path does not reach the route.
      const code =
        route?.path === '/v3/iframe' && typeof error === 'object' ? (error as { code?: unknown })?.code : error;
      const told = typeof code === 'string' && typeof description === 'string';
      if (status >= 400 && !told) throw new Error(`${status} without error and description: ${text}`);
    } else if (status >= 400) throw new Error(`${status} without JSON`);
  }

  await beginAnew();
  return {
    judge,
    judgeIdle,
    get slowestMs() {
      return slowestMs;
    },
    answers,
    stop: () => world.stop(),
  };
}

function withSets(_name: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value;
}

function filledHeaders({ headers }: HostileRequest, words: Words) {
  return headers.map(([name, value]) => [name, filled(value, words)] as const);
}

/** Headers as a server passes them on: names in lower case, repeated headers joined. */
function joined(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = all.get(name.toLowerCase());
    all.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(all);
}

function pathOf(key: string): string {
  const { channelId, chatType, chatId } = chatOfKey(key);
  return `/v1/chats/${[channelId, chatType, chatId].map(encodeURIComponent).join('/')}`;
}

/** Answers that a messenger, or a proxy before it, may give to a message. They are the same in every run. */
const SAID_TO_MESSAGES: readonly (readonly [status: number, body: unknown])[] = [
  [200, { ok: true, result: { message_id: 10_001 } }],
  [403, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }],
  [200, { ok: true, result: { message_id: -1 } }],
  [400, { ok: false, error_code: 400, description: 'x'.repeat(900_000) }],
  [200, { ok: true, result: { message_id: 0 } }],
  [400, { ok: false, error_code: 400, description: '€'.repeat(200_000) }],
  [200, { ok: true, result: { message_id: Number.MAX_SAFE_INTEGER } }],
  [400, { ok: false, error_code: 400, description: 'a\ud800b' }],
  [400, { ok: false, error_code: 4e99, description: { text: 'no text' } }],
  [403, { ok: false, error_code: 403, description: '' }],
  [429, { ok: false, error_code: 429, description: 'wait', parameters: { retry_after: 1e308 } }],
  [429, { ok: false, error_code: 429, description: 'wait', parameters: { retry_after: 1e-9 } }],
  [502, '<html>'],
];

const USERNAMES = ['konvert_bot', 'x'.repeat(900_000), 'a\ud800', undefined, 7];

/** A messenger that gives these answers, and accepts everything else. */
function playedMessenger(): typeof globalThis.fetch {
  let calls = 0;
  return async (input) => {
    const method = String(input).split('/').at(-1);
    calls += 1;
    if (method === 'getMe') {
      const username = USERNAMES[calls % USERNAMES.length];
      return Response.json({ ok: true, result: { id: 7000000001, is_bot: true, first_name: 'Konvert', username } });
    }
    if (method !== 'sendMessage') return Response.json({ ok: true, result: true });
    const [status, body] = SAID_TO_MESSAGES[calls % SAID_TO_MESSAGES.length]!;
    return Response.json(body, { status });
  };
}
