import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import { type CallGraph, createGraph, type GraphRequest, META_VERSION } from '#channels/meta/client';
import { type Answer, type HttpDouble, type RawRequest, startHttpDouble } from '#test/doubles/http';
import { PATIENCE_MS } from '#test/patience';

const TOKEN = 'EAAmade-up-token';
const APP_SECRET = '0123456789abcdef0123456789abcdef';
const PROOF = createHmac('sha256', APP_SECRET).update(TOKEN).digest('hex');

type Call = RawRequest & { readonly method: string };

let graph: HttpDouble<Call>;
let call: CallGraph;

beforeEach(async () => {
  graph = await startHttpDouble<Call>(
    (request) => ({ ...request, method: 'any' }),
    () => ({ status: 200, body: { success: true } }),
  );
  call = createGraph(fetch);
});

afterEach(() => graph.stop());

const ask = (request: Partial<GraphRequest> = {}, signal = AbortSignal.timeout(PATIENCE_MS)) =>
  call(
    { accessToken: TOKEN, appSecret: APP_SECRET, apiBaseUrl: graph.baseUrl },
    { method: 'GET', path: '7', ...request },
    signal,
  );

const answered = (answer: Answer) => {
  graph.answerNext('any', answer);
  return ask();
};

/** A refusal in the shape of the Graph API. */
const no = (status: number, error: object, headers = {}): Answer => ({ status, body: { error }, headers });

describe('a call', () => {
  test('has the version, the token and the proof, also without anything else', async () => {
    expect(await ask()).toEqual({ kind: 'ok', result: { success: true } });

    const [{ verb, url, headers, bytes } = {} as Call] = graph.calls;
    expect(verb).toBe('GET');
    expect(url.pathname).toBe(`/${META_VERSION}/7`);
    expect(Object.fromEntries(url.searchParams)).toEqual({ appsecret_proof: PROOF });
    expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(bytes).toHaveLength(0);
  });

  test('has its parameters and its JSON', async () => {
    await ask({ method: 'POST', path: '7/messages', query: { fields: 'id,name&x' }, json: { text: 'Café' } });

    const [{ verb, url, headers, bytes } = {} as Call] = graph.calls;
    expect([verb, url.pathname, url.searchParams.get('fields')]).toEqual([
      'POST',
      `/${META_VERSION}/7/messages`,
      'id,name&x',
    ]);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(bytes.toString())).toEqual({ text: 'Café' });
  });

  test('may carry a form with a file', async () => {
    const open = async () =>
      (async function* () {
        yield Buffer.from('bytes');
      })();
    const form = {
      texts: { messaging_product: 'whatsapp' },
      file: { field: 'file', name: 'a.txt', mimeType: 'text/plain', size: 5, open },
    };

    await ask({ method: 'POST', path: '7/media', form });

    const [{ headers, bytes } = {} as Call] = graph.calls;
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(bytes.toString()).toContain('filename="a.txt"');
  });

  test('is made once, whatever the answer is', async () => {
    await answered({ status: 500, body: {} });
    await answered({ status: 302, body: '', headers: { location: `${graph.baseUrl}/elsewhere` } });

    expect(graph.calls).toHaveLength(2);
  });
});

describe('an answer', () => {
  test.each<[string, Answer, object]>([
    [
      'that is no',
      no(400, {
        message: '(#131026) Undeliverable',
        code: 131026,
        error_subcode: 7,
        error_data: { details: 'Not there' },
      }),
      { kind: 'refused', code: '131026', subcode: '7', description: '(#131026) Undeliverable: Not there' },
    ],
    [
      'that says the same twice',
      no(400, { message: 'No', code: 100, error_data: { details: 'No' } }),
      { kind: 'refused', code: '100', description: 'No' },
    ],
    [
      'with words for people',
      no(400, { message: 'Invalid parameter', code: 100, error_user_msg: 'Choose another name' }),
      { kind: 'refused', description: 'Invalid parameter: Choose another name' },
    ],
    ['without words', no(403, { code: 10 }), { kind: 'refused', code: '10', description: '' }],
    ['that is no although its status is 500', no(500, { code: 3, message: 'No' }), { kind: 'refused', code: '3' }],
    ['that says no with status 200', no(200, { code: 100, message: 'No' }), { kind: 'refused', code: '100' }],
    ['of a fault that ends', no(400, { code: 99, is_transient: true }), { kind: 'unreachable' }],
    ['of a fault of Meta’s with the status of a refusal', no(400, { code: 131000 }), { kind: 'unreachable' }],
    ['of an unknown fault', no(500, { code: 99 }), { kind: 'unreachable', reason: 'status 500, code 99' }],
    ['of a limit', no(400, { code: 80007 }), { kind: 'throttled', code: '80007', retryAfterSeconds: 5 }],
    ['of a limit in HTTP', { status: 429, body: '' }, { kind: 'throttled', retryAfterSeconds: 5 }],
    [
      'of a limit with seconds',
      no(429, { code: 4 }, { 'retry-after': '16.5' }),
      { kind: 'throttled', code: '4', retryAfterSeconds: 17 },
    ],
    [
      'of a limit with minutes',
      no(
        400,
        { code: 80007 },
        {
          'x-business-use-case-usage':
            '{"7":[{"type":"whatsapp","estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":0}]}',
        },
      ),
      { kind: 'throttled', retryAfterSeconds: 180 },
    ],
    [
      'of a limit for ever',
      no(429, {}, { 'retry-after': '99999999' }),
      { kind: 'throttled', retryAfterSeconds: 24 * 3600 },
    ],
    [
      'of a limit with a broken header',
      no(429, {}, { 'x-business-use-case-usage': '{' }),
      { kind: 'throttled', retryAfterSeconds: 5 },
    ],
    ['that is a page', { status: 200, body: '<html>' }, { kind: 'unreachable' }],
    ['that is a list', { status: 200, body: [] }, { kind: 'unreachable' }],
    ['that is no JSON object', { status: 404, body: '"no"' }, { kind: 'unreachable' }],
    ['that has no end', { status: 200, body: `{"a":1}${' '.repeat(5 * 1024 * 1024)}` }, { kind: 'unreachable' }],
  ])('%s', async (_, answer, expected) => {
    expect(await answered(answer)).toMatchObject(expected);
  });

  test('repeats no secret, and is cut', async () => {
    const verify_token = 'a1b2c3d4'.repeat(8);
    const words = `token ${TOKEN}, secret ${APP_SECRET}, proof ${PROOF}, asks with ${verify_token}, ${'x'.repeat(2000)}`;
    graph.answerNext('any', no(400, { code: 100, message: words }));

    const answer = await ask({ method: 'POST', json: { webhook_configuration: { verify_token } } });

    const shown = JSON.stringify(answer);
    for (const secret of [TOKEN, APP_SECRET, PROOF, verify_token]) expect(shown).not.toContain(secret);
    expect(answer).toMatchObject({ description: expect.stringMatching(/^token <token>, secret <token>.{0,480}$/) });
  });

  test('that comes too late is none', async () => {
    graph.answerNext('any', { status: 200, body: {}, hang: true });

    expect(await ask({}, AbortSignal.timeout(100))).toEqual({ kind: 'unreachable', reason: 'TimeoutError' });
  });

  test('of an address in a private network is a refusal of that field', async () => {
    call = createGraph(createPublicFetch());

    expect(await ask()).toMatchObject({ kind: 'refused', code: 'PRIVATE_ADDRESS', fields: ['credentials.apiBaseUrl'] });
  });
});
