import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { eventHeaders } from '#flows/sign-event';
import { newSigningSecret } from '#store/accounts/open-receivers';

const BODY = JSON.stringify({ messages: [{ text: 'Привет 👋' }] });
const secrets = [newSigningSecret(), newSigningSecret()];

const NOW = Date.now();

const headersOf = (now = NOW, crmKey?: string) => eventHeaders({ crmKey, secrets }, 'event-1', BODY, now);

describe('the signature of an event', () => {
  test.each([0, 1])('is taken by the package of Standard Webhooks with secret %i alone', (which) => {
    expect(new Webhook(secrets[which]!).verify(BODY, headersOf())).toEqual(JSON.parse(BODY));
  });

  test('is not taken with another secret', () => {
    expect(() => new Webhook(newSigningSecret()).verify(BODY, headersOf())).toThrow('No matching signature');
  });

  test.each([
    ['another body', { body: `${BODY} ` }],
    ['another id', { headers: { 'webhook-id': 'event-2' } }],
    ['another time', { headers: { 'webhook-timestamp': String(Math.floor(NOW / 1000) + 1) } }],
  ])('is not taken for %s', (_what, { body = BODY, headers = {} }: { body?: string; headers?: object }) => {
    expect(() => new Webhook(secrets[0]!).verify(body, { ...headersOf(), ...headers })).toThrow('No matching');
  });

  test('is not taken when it is old', () => {
    expect(() => new Webhook(secrets[0]!).verify(BODY, headersOf(NOW - 301_000))).toThrow('too old');
  });

  // The vector of the package's own README: https://github.com/standard-webhooks/standard-webhooks
  test('is that of the specification', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const headers = eventHeaders(
      { secrets: [secret] },
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      1_614_265_330_000,
    );

    expect(headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Konvert',
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

test('the key of the CRM goes along if there is one, and no empty header if not', () => {
  expect(headersOf(NOW, 'key 1')).toMatchObject({ authorization: 'Bearer key 1' });
  expect(headersOf()).not.toHaveProperty('authorization');
});
