import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

import { type PageKind, pagesThatMay } from '#api/page-access';
import { type Route, routes } from '#lib/routes';
import { dereferenced } from '#test/described';
import { hostileText, hostileTexts, hostileValue, mutated, toJsonText } from '#test/hostile/values';

/** What the sender proves: nothing, to be another account, or to be the one that the route is for. */
export type Sender = 'nobody' | 'stranger' | 'trusted';

/** How the request comes in: by the local server, or as the event of one of AWS's gateways. */
export type Entrance = 'local' | 'http' | 'rest' | 'odd';

/** A request. `<key>` and the like in it stand for values of the run, so that a request means the same in every run. */
export interface HostileRequest {
  readonly route: Route | undefined;
  readonly sender: Sender;
  readonly entrance: Entrance;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The values that words in angle brackets stand for. */
export type Words = Readonly<Record<string, string>>;

/** The client in all fixtures. */
export const CHAT = 51000444;

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
const MIB = 1024 * 1024;

const described = dereferenced().paths as unknown as Record<string, Record<string, Operation>>;

interface Operation {
  readonly security: readonly Record<string, unknown>[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema }> };
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly pattern?: string;
}

/** Sane values of fields and path parameters, by their names. All others follow from the schema. */
const SANE: Readonly<Record<string, unknown>> = {
  channelId: '<channel>',
  transport: 'telegram',
  chatType: 'telegram',
  chatId: String(CHAT),
  credentials: { botToken: '7000000001:AAF-made_up_token_of_thirty_five_ch', apiBaseUrl: '<api>' },
  webhooksUri: '<api>/hook?key=1',
  accountId: '<otherAccount>',
  checkId: 'none',
  deliveryId: '<delivery>',
  target: 'webhook',
  from: '2026-10-05T09:00:00Z',
  keyId: '<keyId>',
  file: '<file>',
  seenUpTo: '<seen>',
  refMessageId: '<message>',
  messageId: '<message>',
  noReplyNeeded: true,
  stillOwed: true,
  before: '<before>',
  contentUri: 'http://127.0.0.1:1/file',
  templateId: '0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11',
  buttonsObject: { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'y' }]] },
  type: 'text/plain',
  size: 5,
  frameAncestors: ['https://crm.example'],
  retentionDays: 36_500,
  limit: '2',
  endpoint: 'https://fcm.googleapis.com/fcm/send/1',
  zone: 'Europe/Moscow',
  schedules: { Office: { zone: 'Europe/Moscow', week: { mon: [['09:00', '18:00']] } } },
  until: '2026-10-06T09:00:00Z',
  userId: 'own',
  schedule: null,
};

const updates = readdirSync(new URL('../fixtures/telegram/', import.meta.url))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(`../fixtures/telegram/${name}`, import.meta.url), 'utf8')));

function operationOf({ method, path }: Route): Operation | undefined {
  return described[path]?.[method.toLowerCase()];
}

/** Whether a messenger calls it. What CRMs call below the same path is no webhook of a channel. */
function isWebhook({ path }: Route): boolean {
  return path.startsWith('/webhooks/{transport}/');
}

/** Whether the route needs no key. */
export function isPublic(route: Route): boolean {
  return !isWebhook(route) && operationOf(route)?.security.length === 0;
}

function saneValue(name: string, schema: JsonSchema): unknown {
  if (schema.pattern?.startsWith('^\\d{4}-')) return '2026-10-05';
  if (schema.pattern?.startsWith('^\\d{1,')) return '7';
  if (Object.hasOwn(SANE, name)) return SANE[name];
  const { type, properties, items, anyOf } = schema;
  if (schema.enum) return schema.enum[0];
  if (anyOf?.[0]) return saneValue(name, anyOf[0]);
  if (properties) {
    return Object.fromEntries(Object.entries(properties).map(([field, inner]) => [field, saneValue(field, inner)]));
  }
  if (type === 'array') return items ? [saneValue(name, items)] : [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  return type === 'boolean' ? true : type === 'object' ? {} : 'sane';
}

/** A body that the route takes; undefined if it takes none. */
export function saneBody(route: Route): unknown {
  const schema = operationOf(route)?.requestBody?.content['application/json']?.schema;
  return schema && saneValue('', schema);
}

// Fields such as text and contentUri exclude each other, so most bodies have only some of the fields.
function bodyValue(route: Route): fc.Arbitrary<unknown> {
  if (isWebhook(route)) return fc.constantFrom(...updates);
  const sane = saneBody(route) ?? {};
  const hostile = { weight: 1, arbitrary: hostileValue };
  if (Array.isArray(sane)) return fc.oneof({ weight: 8, arbitrary: fc.constant(sane) }, hostile);
  const whole = Object.entries(sane as object);
  const needed = [
    'channelId',
    'chatType',
    'chatId',
    'transport',
    'credentials',
    'name',
    'text',
    'noReplyNeeded',
    'stillOwed',
  ];
  const optional = whole.filter(([name]) => !needed.includes(name));
  return fc.oneof(
    { weight: 1, arbitrary: fc.subarray(whole).map((fields) => Object.fromEntries(fields)) },
    {
      weight: 6,
      arbitrary: fc
        .shuffledSubarray(optional, { maxLength: Math.min(2, optional.length) })
        .map((more) => Object.fromEntries([...whole.filter(([name]) => needed.includes(name)), ...more])),
    },
    { weight: 1, arbitrary: hostileValue },
  );
}

type ChangeBytes = (bytes: Buffer) => Buffer;

/** Inserts bytes at a place. */
function inserted(what: Buffer, at: number): ChangeBytes {
  return (bytes) => {
    const place = Math.floor((bytes.length * at) / 1000);
    return Buffer.concat([bytes.subarray(0, place), what, bytes.subarray(place)]);
  };
}

const wrongBytes = ['00', 'ff', 'c328', 'eda080', 'efbbbf', 'f4908080', '22', '7d', '5c', '2c', '0a'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const changedBytes: fc.Arbitrary<ChangeBytes> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.tuple(fc.constantFrom(...wrongBytes), fc.nat(1000)).map(([what, at]) => inserted(what, at)),
  },
  {
    weight: 30,
    arbitrary: fc.nat(1000).map<ChangeBytes>((at) => (bytes) => bytes.subarray(0, (bytes.length * at) / 1000)),
  },
  { weight: 10, arbitrary: fc.constant<ChangeBytes>((bytes) => gzipSync(bytes)) },
  { weight: 10, arbitrary: fc.constant<ChangeBytes>((bytes) => Buffer.concat([bytes, bytes])) },
  { weight: 10, arbitrary: fc.constant<ChangeBytes>((bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')) },
  { weight: 10, arbitrary: fc.constant<ChangeBytes>((bytes) => Buffer.from(bytes.toString('base64'))) },
  {
    weight: 10,
    arbitrary: fc.constant<ChangeBytes>((bytes) =>
      Buffer.from(bytes.toString('utf8').replace('{', '{"update_id":"x","message":null,')),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(MIB - 1, MIB, MIB + 1, 2 * MIB)
      .map<ChangeBytes>(
        (size) => (bytes) => Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - bytes.length), ' ')]),
      ),
  },
);

function bodyOf(route: Route): fc.Arbitrary<Buffer> {
  const sane = mutated(bodyValue(route)).map((value): Buffer => Buffer.from(toJsonText(value)));
  return fc.oneof(
    { weight: 16, arbitrary: sane },
    {
      weight: 4,
      arbitrary: fc
        .tuple(sane, fc.array(changedBytes, { minLength: 1, maxLength: 2 }))
        .map(([bytes, changes]) => changes.reduce<Buffer>((changing, change) => change(changing), bytes)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
  );
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A segment of a path, encoded once, twice, wrongly or not at all. */
const hostileSegment = fc.oneof(
  { weight: 6, arbitrary: hostileText.map(encoded) },
  { weight: 2, arbitrary: hostileText.map((text) => encoded(encoded(text))) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      '.',
      '..',
      '%',
      '%2',
      '%zz',
      '%2F',
      '%252F',
      '%00',
      '%C3%28',
      '%ED%A0%80',
      '%2e%2e',
      '+',
      '*',
      '{chatId}',
      'a;b=c',
      '%F0%9F%98%80',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(2_000), 'x'.repeat(2_001), '%D1%8F'.repeat(1_000), '%00'.repeat(1_024)),
  },
);

function segmentOf(name: string): fc.Arbitrary<string> {
  const sane = SANE[name] ?? '<channel>';
  return fc.oneof({ weight: 12, arbitrary: fc.constant(String(sane)) }, { weight: 1, arbitrary: hostileSegment });
}

function pathOf({ path }: Route): fc.Arbitrary<string> {
  const segments = path.split('/').map((segment) => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    return name === undefined ? fc.constant(segment) : segmentOf(name);
  });
  const odd = fc.constantFrom(
    (one: string) => `${one}/`,
    (one: string) => `/${one}`,
    (one: string) => `${one}//`,
    (one: string) => `http://x${one}`,
    (one: string) => one.toUpperCase(),
    (one: string) => `${one}#`,
    (one: string) => `${one};a=b`,
  );
  const proper = fc.tuple(...segments).map((all) => all.join('/'));
  return fc.oneof(
    { weight: 20, arbitrary: proper },
    { weight: 1, arbitrary: fc.tuple(proper, odd).map(([one, change]) => change(one)) },
  );
}

/** A made-up cursor in the form of a real one. */
const cursor = fc
  .oneof(
    mutated(fc.constant({ begunAt: 1_791_000_000_000, block: 'rest', after: '1791000000000#abc' })),
    mutated(fc.constant(['reply#<channel>#telegram#51000444', '1791000000000#id'])),
    fc.constantFrom<unknown>(
      '1791000000000#7',
      '0000000000000#',
      '9999999999999#\0',
      `1791000000000#${'€'.repeat(305)}`,
      '1791000000000#\ud800',
    ),
    hostileValue,
  )
  .map((place) => Buffer.from(toJsonText(place)).toString('base64url'));

function queryOf(route: Route): fc.Arbitrary<string> {
  const known = (operationOf(route)?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  const name = fc.constantFrom(...known, 'limit', 'cursor', 'x', '__proto__', '');
  const value = fc.oneof(
    { weight: 2, arbitrary: hostileText.map(encoded) },
    { weight: 2, arbitrary: cursor },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '1',
        '2',
        '100',
        '101',
        '0',
        '-1',
        'all',
        'unanswered',
        'failed',
        'pending',
        '<before>',
        '<delivery>',
        '%',
        '%00',
        'a=b',
        '',
      ),
    },
  );
  const pairs = fc.array(fc.tuple(name, value), { maxLength: 3, size: 'max' });
  return pairs.map((all) => (all.length === 0 ? '' : `?${all.map(([one, what]) => `${one}=${what}`).join('&')}`));
}

type Header = readonly [string, string];

const hostileHeader: fc.Arbitrary<Header> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'konvert-user',
      'host',
      'cookie',
      'x-forwarded-for',
      'user-agent',
      'accept',
      'content-type',
      'authorization-x',
      'x-request-id',
    ),
    fc.constantFrom(...hostileTexts.map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?')), 'x'.repeat(8_000)),
  ),
  fc.constantFrom<Header>(
    ['content-encoding', 'gzip'],
    ['content-encoding', 'br, identity'],
    ['content-type', 'text/plain'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-type', 'application/json; charset=windows-1251'],
    ['Konvert-User', '\u00d0\u0090'],
    ['Konvert-User', '%D0%90%'],
    ['origin', 'https://evil.example'],
    ['X-HTTP-Method-Override', 'DELETE'],
    ['Konvert-User', '17'],
  ),
);

/** Headers that prove the sender, or nearly do. */
function proofOf(route: Route): fc.Arbitrary<{ sender: Sender; headers: readonly Header[] }> {
  const good: readonly Header[] = isWebhook(route)
    ? [[SECRET_HEADER, '<secret>']]
    : [
        [
          'authorization',
          `Bearer ${operationOf(route)?.security.every((one) => 'operatorKey' in one) ? '<operator>' : '<key>'}`,
        ],
      ];
  const near: readonly (readonly Header[])[] = isWebhook(route)
    ? [
        '',
        'x',
        '<secret>x',
        'x<secret>',
        '<secretCut>',
        '<secretUpper>',
        '<secret>, <secret>',
        '<otherSecret>',
        '<key>',
        '\0',
      ].map((one) => [[SECRET_HEADER, one]])
    : [
        '',
        'Bearer',
        'Bearer ',
        'Bearer x',
        'Bearer <key>x',
        '<key>',
        'Token <key>',
        'Bearer <key> <key>',
        'Bearer <keyCut>',
        'Bearer <secret>',
        'Bearer __proto__',
        `Bearer ${'x'.repeat(5_000)}`,
      ].map((one) => [['authorization', one]]);
  const stranger: readonly Header[] = isWebhook(route)
    ? [[SECRET_HEADER, '<otherSecret>']]
    : [['authorization', 'Bearer <otherKey>']];
  const pages = isWebhook(route) ? [] : pagesThatMay(route.method, route.path);
  const { own, elsewhere, others } = pageProofs(route, pages);
  const shouted = good.map(([name, value]): Header => [name.toUpperCase(), value.replace('Bearer', 'bEARER  ')]);
  return fc.oneof(
    { weight: 10, arbitrary: fc.constant({ sender: 'trusted' as const, headers: good }) },
    ...own.map((headers) => ({ weight: 5, arbitrary: fc.constant({ sender: 'trusted' as const, headers }) })),
    ...elsewhere.map((headers) => ({ weight: 1, arbitrary: fc.constant({ sender: 'nobody' as const, headers }) })),
    ...others.map((headers) => ({ weight: 1, arbitrary: fc.constant({ sender: 'stranger' as const, headers }) })),
    { weight: 1, arbitrary: fc.constant({ sender: 'trusted' as const, headers: shouted }) },
    { weight: 4, arbitrary: fc.constantFrom(...near, []).map((headers) => ({ sender: 'nobody' as const, headers })) },
    {
      weight: 2,
      arbitrary: fc.constant({
        sender: isWebhook(route) ? ('nobody' as const) : ('stranger' as const),
        headers: stranger,
      }),
    },
  );
}

interface PageProofs {
  readonly own: readonly (readonly Header[])[];
  readonly elsewhere: readonly (readonly Header[])[];
  readonly others: readonly (readonly Header[])[];
}

/** Tokens of pages: those that may call the route, those that may not or are none, and those of another account. */
function pageProofs(route: Route, pages: readonly PageKind[]): PageProofs {
  const bearer = (token: string): readonly Header[] => [['authorization', `Bearer ${token}`]];
  if (isWebhook(route)) return { own: [], elsewhere: [], others: [] };
  const words: Readonly<Record<PageKind, string>> = { user: 'page', settings: 'settingsPage' };
  const kinds = Object.keys(words) as PageKind[];
  // A page that signs itself out would leave nothing for the requests after it.
  const isEnd = route.method === 'DELETE' && route.path === '/v1/page-tokens';
  return {
    own: isEnd ? [] : pages.map((kind) => bearer(`<${words[kind]}>`)),
    elsewhere: [
      ...kinds.filter((kind) => !pages.includes(kind)).map((kind) => bearer(`<${words[kind]}>`)),
      ...['kp_', 'kp_x', `kp_${'x'.repeat(43)}`, '<page>x', '<pageCut>', '<link>'].map(bearer),
      [...bearer('<page>'), ['konvert-user', 'sane']],
    ],
    others: isEnd ? [] : [bearer('<otherPage>'), bearer('<otherSettingsPage>')],
  };
}

const PACKED = gzipSync(Buffer.alloc(11 * MIB, ' '));

/** A coding of the body, named rightly or wrongly, and a body that is small only while it is packed. */
const coding: fc.Arbitrary<{ readonly header: Header; readonly encode: ChangeBytes }> = fc
  .tuple(
    fc.constantFrom<ChangeBytes>(
      (bytes) => gzipSync(bytes),
      (bytes) => deflateSync(bytes),
      (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
      (bytes) => gzipSync(gzipSync(bytes)),
      (bytes) => gzipSync(bytes).subarray(0, -9),
      (bytes) => Buffer.concat([gzipSync(bytes), PACKED]),
      (bytes) => bytes,
    ),
    fc.constantFrom('gzip', 'x-gzip, identity', 'deflate', 'br', 'gzip, gzip', 'zstd', 'utf-8'),
  )
  .map(([encode, name]) => ({ header: ['content-encoding', name], encode }));

function requestTo(route: Route): fc.Arbitrary<HostileRequest> {
  return fc
    .record({
      path: pathOf(route),
      query: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: queryOf(route) }),
      proof: proofOf(route),
      extra: fc.oneof(
        { weight: 5, arbitrary: fc.constant<Header[]>([]) },
        { weight: 1, arbitrary: fc.array(hostileHeader, { maxLength: 3 }) },
      ),
      body: bodyOf(route),
      coding: fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: coding }),
      entrance: fc.constantFrom<Entrance[]>('local', 'local', 'http', 'rest', 'odd'),
    })
    .map(({ path, query, proof: { sender, headers }, extra, body, coding, entrance }) => ({
      route,
      sender,
      entrance,
      method: route.method,
      target: path + query,
      headers: [['content-type', 'application/json'], ...extra, ...headers, ...(coding ? [coding.header] : [])],
      body: coding ? coding.encode(body) : body,
    }));
}

/** Requests to no route: other methods and other paths. */
const elsewhere: fc.Arbitrary<HostileRequest> = fc
  .record({
    route: fc.constantFrom<Route[]>(...routes),
    path: fc.array(hostileSegment, { maxLength: 6 }),
    isMethod: fc.boolean(),
    method: fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'get', 'PROPFIND', 'X'),
    headers: fc.array(hostileHeader, { maxLength: 2 }),
    body: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  })
  .map(({ route, path, isMethod, method, headers, body }) => ({
    route: isMethod ? routes.find((one) => one.path === route.path && one.method === method) : undefined,
    sender: 'nobody',
    entrance: 'local',
    method,
    target: isMethod ? route.path : `/${path.join('/')}`,
    headers,
    body,
  }));

/** Requests of every kind, to every route of `lib/routes.ts` and to none. Half of them are webhooks. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  ...routes.map((route) => ({ weight: isWebhook(route) ? routes.length : 1, arbitrary: requestTo(route) })),
  { weight: 1, arbitrary: elsewhere },
);

/** The text with the words filled in. */
export function filled(text: string, words: Words): string {
  return text.includes('<') ? text.replaceAll(/<(\w+)>/g, (whole, word) => words[word] ?? whole) : text;
}

/** The bytes with the words filled in. Bytes that are no text stay as they are. */
export function filledBytes(bytes: Buffer, words: Words): Buffer {
  return bytes.includes('<') ? Buffer.from(filled(bytes.toString('latin1'), words), 'latin1') : bytes;
}

/** The request in a form that can be read and sent again. */
export function print({ sender, entrance, method, target, headers, body }: HostileRequest): string {
  const text =
    body.length > 2_000
      ? `${body.subarray(0, 2_000).toString('latin1')}… (${body.length} bytes)`
      : body.toString('latin1');
  const lines = [`${method} ${target}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', text];
  const shown = lines.map((line) => JSON.stringify(line).slice(1, -1)).join('\n  ');
  return `from ${sender}, by way of ${entrance}:\n  ${shown}`;
}
