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

const read = (apiBaseUrl: string | undefined, { messengerFor } = createCallingMessengers()) =>
  messengerFor('telegram')!.setup.readCredentials({ botToken, apiBaseUrl });

describe('in a deployment', () => {
  test.each(ADDRESSES)('apiBaseUrl $apiBaseUrl is taken: $isHttps', ({ apiBaseUrl, isHttps }) => {
    const expected = isHttps ? { credentials: { botToken, apiBaseUrl } } : { fields: ['credentials.apiBaseUrl'] };

    expect(read(apiBaseUrl)).toEqual(expected);
  });

  test('no apiBaseUrl is needed', () => {
    expect(read(undefined)).toEqual({ credentials: { botToken } });
  });

  test.each(ADDRESSES)('with -c privateAddresses=allow $apiBaseUrl is taken', ({ apiBaseUrl }) => {
    vi.stubEnv('PRIVATE_ADDRESSES', 'allow');

    expect(read(apiBaseUrl)).toEqual({ credentials: { botToken, apiBaseUrl } });
  });
});

test.each(ADDRESSES)('on one machine $apiBaseUrl is taken', ({ apiBaseUrl }) => {
  expect(read(apiBaseUrl, createMessengers())).toEqual({ credentials: { botToken, apiBaseUrl } });
});
