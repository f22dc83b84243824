import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { codeSamples, type SampledRoute } from '#api/code-samples';
import { described, type RouteName } from '#api/described';
import { examples } from '#api/examples/index';
import { routes } from '#lib/routes';
import { wrongInTypes } from '#test/clients/compiled';
import { bodiesOf } from './forms.ts';

const run = promisify(execFile);

const sampled: readonly SampledRoute[] = routes.map(({ method, path }) => {
  const name = `${method} ${path}` as RouteName;
  return { method, path, security: described[name]!.security, example: examples[name] };
});
const called = sampled.filter((route) => codeSamples(route).length > 0);

/** A text with everything that shells and languages read as something else. */
const NASTY = `it's "$HOME" \`id\` \\n !! %41 {x} 'один' 😀\nsecond line\ttab`;
const nasty: SampledRoute = {
  method: 'PATCH',
  path: '/v3/things/{id}/{other}',
  security: 'apiKey',
  example: {
    actingAs: NASTY,
    params: { id: NASTY, other: '' },
    query: { find: NASTY, limit: 5 },
    body: { text: NASTY, 'a-b': [NASTY, 1.5, -2, true, false, null, {}, []], nested: { deep: [{ x: NASTY }] } },
    answer: {},
  },
};

/** What a request says, in whatever language it is written. */
interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const KONVERT = 'https://konvert.test/prod';

/** The key that a sample sends, by what its route takes. */
const KEYS: Readonly<Partial<Record<SampledRoute['security'], string>>> = {
  apiKey: 'account',
  anyKey: 'account',
  operatorKey: 'operator',
  pageToken: 'page',
};

/** What a route's sample has to send. */
function wanted({ method, path, security, example }: SampledRoute): Sent {
  const { params = {}, query = {}, actingAs } = example;
  const url = new URL(KONVERT + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!)));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const [body] = Object.values(bodiesOf(example));
  return {
    method,
    url: plain(url.href),
    headers: {
      ...(KEYS[security] !== undefined && { authorization: `Bearer ${KEYS[security]}` }),
      ...(actingAs !== undefined && { 'konvert-user': actingAs }),
    },
    ...(body !== undefined && { body }),
  };
}

/** The address with all marks encoded in one way: several ways mean the same. */
function plain(address: string): string {
  const { origin, pathname, searchParams } = new URL(address);
  return JSON.stringify([origin, pathname.split('/').map(decodeURIComponent), [...searchParams]]);
}

const env = {
  ...process.env,
  KONVERT,
  KONVERT_KEY: 'account',
  KONVERT_OPERATOR_KEY: 'operator',
  KONVERT_PAGE_TOKEN: 'page',
};

/** Headers that mean the same: an id may be encoded in several ways. */
function plainHeaders(headers: Sent['headers']): Sent['headers'] {
  const user = headers['konvert-user'];
  return { ...headers, ...(user !== undefined && { 'konvert-user': decodeURIComponent(user) }) };
}

function sourceOf(route: SampledRoute, label: string): string {
  return codeSamples(route).find((sample) => sample.label === label)!.source;
}

test('every route has samples, but those that messengers and browsers call', () => {
  const without = sampled.filter((route) => !called.includes(route)).map(({ method, path }) => `${method} ${path}`);

  expect(without).toEqual([
    'GET /webhooks/{transport}/{channelId}',
    'POST /webhooks/{transport}/{channelId}',
    'GET /webhooks/frame/{crm}/{connectionId}',
    'POST /webhooks/frame/{crm}/{connectionId}',
    'OPTIONS /webhooks/frame/{crm}/{connectionId}',
    'GET /webhooks/crm/{crm}/{connectionId}/{secret}',
    'POST /webhooks/crm/{crm}/{connectionId}/{secret}',
    'GET /',
    'GET /chat/{accountId}',
    'GET /page/{file}',
    'GET /docs',
    'GET /docs/{file}',
  ]);
});

describe('curl, as bash reads it', () => {
  const nameOf = ({ method, path }: SampledRoute) => `${method} ${path}`;

  test.each([nasty, ...called].map((route) => ({ name: nameOf(route), route })))('$name', async ({ route }) => {
    const { stdout } = await run('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${sourceOf(route, 'curl')}`], {
      env,
    });
    const sent = readCurl(stdout.split('\0').slice(0, -1));

    expect(sent).toEqual(wanted(route));
  });
});

function readCurl(words: readonly string[]): Sent {
  const headers = words.flatMap((word, index) => (words[index - 1] === '-H' ? [word.split(': ')] : []));
  const { 'content-type': type, ...rest } = Object.fromEntries(
    headers.map(([name = '', ...value]) => [name.toLowerCase(), value.join(': ')]),
  );
  const body = words.includes('-d') ? (words[words.indexOf('-d') + 1] ?? '') : undefined;
  expect(type).toBe(body === undefined ? undefined : 'application/json');
  return {
    method: words.includes('-I') ? 'HEAD' : words.includes('-X') ? words[words.indexOf('-X') + 1]! : 'GET',
    url: plain(words.find((word) => word.startsWith('https://'))!),
    headers: plainHeaders(rest),
    ...(body !== undefined && { body: JSON.parse(body) }),
  };
}

test('TypeScript: each sample is of the types of @konvert/client', async () => {
  const wrong = await wrongInTypes(called.map((route) => sourceOf(route, 'TypeScript')));

  const named = wrong.replaceAll(/\b(\d+)\.mts/g, (_, index) => `${called[index]?.method} ${called[index]?.path}`);
  expect(named).toBe('');
});

/** Runs each program with a client in the place of httpx, and prints what it was told to send. */
const RECORDER = `
import json, sys, types, urllib.parse

class Answer:
    headers = {}
    def raise_for_status(self): pass
    def json(self): return {}

class Client:
    def __init__(self, base_url, headers={}):
        self.base_url, self.headers = base_url, headers
    def __getattr__(self, method):
        def call(path, params=None, json=None, follow_redirects=False):
            query = "?" + urllib.parse.urlencode(params) if params else ""
            sent.append({"method": method.upper(), "url": self.base_url + path + query,
                         "headers": {name.lower(): value for name, value in self.headers.items()},
                         **({} if json is None else {"body": json})})
            return Answer()
        return call

sys.modules["httpx"] = types.SimpleNamespace(Client=Client)
sent = []
out, sys.stdout = sys.stdout, sys.stderr
for source in json.loads(sys.stdin.read()):
    exec(compile(source, "sample", "exec"), {})
json.dump(sent, out)
`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)('Python: each sample sends its example (skipped where there is no python3)', () => {
  const all = [nasty, ...called];
  const sources = all.map((route) => sourceOf(route, 'Python'));

  const { stdout, stderr } = spawnSync('python3', ['-c', RECORDER], {
    env,
    input: JSON.stringify(sources),
    encoding: 'utf8',
  });

  expect(stdout, stderr).not.toBe('');
  const sent = (JSON.parse(stdout) as Sent[]).map(({ url, ...rest }) => ({
    ...rest,
    url: plain(url),
    headers: plainHeaders(rest.headers),
  }));
  expect(sent).toEqual(all.map(wanted));
});
