import { globSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCallingMessengers } from '#aws/messengers';
import { createMessengers } from '#channels/registry/messengers';

const botToken = '7000000001:AAF-made_up_token_of_thirty_five_ch';
const ADDRESSES = [
  { apiBaseUrl: 'http://bot-api.example', isHttps: false },
  { apiBaseUrl: 'http://bot-api.example:8081/path', isHttps: false },
  { apiBaseUrl: 'http://93.184.215.14', isHttps: false },
  { apiBaseUrl: 'http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]', isHttps: false },
  { apiBaseUrl: 'https://bot-api.example', isHttps: true },
  { apiBaseUrl: 'https://bot-api.example:8443/path', isHttps: true },
];

afterEach(() => vi.unstubAllEnvs());

const read = async (apiBaseUrl: string | undefined, { messengerFor } = createCallingMessengers()) =>
  (await messengerFor('telegram'))!.setup.readCredentials({ botToken, apiBaseUrl });

describe('in a deployment', () => {
  test.each(ADDRESSES)('apiBaseUrl $apiBaseUrl is taken: $isHttps', async ({ apiBaseUrl, isHttps }) => {
    const expected = isHttps ? { credentials: { botToken, apiBaseUrl } } : { fields: ['credentials.apiBaseUrl'] };

    expect(await read(apiBaseUrl)).toEqual(expected);
  });

  test('no apiBaseUrl is needed', async () => {
    expect(await read(undefined)).toEqual({ credentials: { botToken } });
  });

  test.each(ADDRESSES)('with -c privateAddresses=allow $apiBaseUrl is taken', async ({ apiBaseUrl }) => {
    vi.stubEnv('PRIVATE_ADDRESSES', 'allow');

    expect(await read(apiBaseUrl)).toEqual({ credentials: { botToken, apiBaseUrl } });
  });
});

test('no function calls messengers by a fetch that goes into private networks', () => {
  const files = globSync('functions/*/index.ts');
  const open = files.filter((file) => readFileSync(file, 'utf8').includes('#channels/registry/messengers'));

  expect(files.length).toBeGreaterThan(30);
  expect(open).toEqual([]);
});

test.each(ADDRESSES)('on one machine $apiBaseUrl is taken', async ({ apiBaseUrl }) => {
  expect(await read(apiBaseUrl, createMessengers())).toEqual({ credentials: { botToken, apiBaseUrl } });
});
