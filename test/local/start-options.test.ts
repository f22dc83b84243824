import { expect, test } from 'vitest';
import { readStartOptions } from '#local/start-options';

test('every option has a default', () => {
  expect(readStartOptions({ PATH: '/bin', KONVERT_PUBLIC_URL: '' })).toEqual({
    port: 8787,
    host: '127.0.0.1',
    dataFolder: '.konvert',
    operatorKey: undefined,
    publicUrl: undefined,
    ownUrl: 'http://127.0.0.1:8787',
    telegramApi: undefined,
    crmApis: {},
    isReachable: false,
    demo: true,
    dynamodbEndpoint: undefined,
    privateAddresses: false,
  });
});

test.each([
  [{ HOST: '0.0.0.0', PORT: '80' }, { ownUrl: 'http://127.0.0.1:80' }],
  [{ HOST: '::' }, { host: '::', ownUrl: 'http://[::1]:8787' }],
  [{ KONVERT_PUBLIC_URL: 'https://k.example.com/base/' }, { publicUrl: 'https://k.example.com/base' }],
  [{ KONVERT_PRIVATE_ADDRESSES: 'allow' }, { privateAddresses: true }],
  [{ KONVERT_TELEGRAM_API: 'http://127.0.0.1:9/' }, { telegramApi: 'http://127.0.0.1:9' }],
  [{ KONVERT_BITRIX24_API: 'http://127.0.0.1:9/' }, { crmApis: { bitrix24: 'http://127.0.0.1:9' } }],
  [{ KONVERT_PAGE: '/tmp/page' }, { page: '/tmp/page' }],
  [{ KONVERT_DEMO: 'off' }, { demo: false }],
  [{ HOST: 'localhost' }, { demo: true }],
  [{ HOST: '127.3.2.1' }, { demo: true }],
  [{ HOST: '::1' }, { demo: true }],
  [{ HOST: '0.0.0.0' }, { demo: false }],
  [{ HOST: '::' }, { demo: false }],
  [{ HOST: '192.168.0.5', KONVERT_DEMO: 'on' }, { demo: false }],
  [{ HOST: '127.evil.example', KONVERT_DEMO: 'on' }, { demo: false }],
  [{ HOST: 'konvert.example.com', KONVERT_DEMO: 'on' }, { demo: false }],
  [
    { KONVERT_PUBLIC_URL: 'https://k.example.com', KONVERT_DEMO: 'on' },
    { demo: false, isReachable: true },
  ],
  [{ KONVERT_PUBLIC_URL: 'https://127.0.0.1.example.com' }, { demo: false }],
  [{ KONVERT_PUBLIC_URL: 'http://[::1]:8787' }, { demo: true }],
])('%j is read', (env, expected) => {
  expect(readStartOptions(env)).toMatchObject(expected);
});

test.each([
  [{ PORT: 'abc' }, 'PORT has to be a number from 1 to 65535'],
  [{ PORT: '0' }, 'PORT has to be a number from 1 to 65535'],
  [{ PORT: '65536' }, 'PORT has to be a number from 1 to 65535'],
  [{ KONVERT_DEMO: 'yes' }, 'KONVERT_DEMO has to be on or off'],
  [{ KONVERT_OPERATOR_KEY: 'two words' }, 'KONVERT_OPERATOR_KEY may not hold spaces'],
  [{ KONVERT_OPERATOR_KEY: 'secret' }, 'KONVERT_OPERATOR_KEY has to have at least 32 characters'],
  [{ KONVERT_OPERATOR_KEY: 'x'.repeat(31) }, 'KONVERT_OPERATOR_KEY has to have at least 32 characters'],
  [{ KONVERT_PUBLIC_URL: 'ftp://x' }, 'KONVERT_PUBLIC_URL has to be an address'],
  [{ KONVERT_PRIVATE_ADDRESSES: 'on' }, 'KONVERT_PRIVATE_ADDRESSES has to be allow, if it is set'],
  [{ KONVERT_TELEGRAM_API: 'api' }, 'KONVERT_TELEGRAM_API has to be an address'],
  [{ DYNAMODB_ENDPOINT: 'localhost:8000' }, 'DYNAMODB_ENDPOINT has to be an address'],
])('%j is refused', (env, message) => {
  expect(() => readStartOptions(env)).toThrow(message);
});
