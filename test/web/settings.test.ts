import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameAncestor } from '#domain/frame-ancestors';
import { frameHost } from '../../web/core/frame-host.ts';
import { namesIn } from '../../web/core/user-agent.ts';
import { addressOf, placeIn } from '../../web/parts/settings/address.ts';

test.each([
  ['crm.example.com', { origin: 'https://crm.example.com' }],
  [' HTTPS://CRM.Example.com/leads/12?a=b#c ', { origin: 'https://crm.example.com' }],
  ['crm.example.com:8443/x', { origin: 'https://crm.example.com:8443' }],
  ['https://*.example.com', { origin: 'https://*.example.com' }],
  ['*.example.com/x', { origin: 'https://*.example.com' }],
  ['http://localhost:3000', { origin: 'http://localhost:3000' }],
  ['http://127.0.0.1:3000/', { origin: 'http://127.0.0.1:3000' }],
  ['http://crm.example.com', { why: 'http' }],
  ['*.com', { why: 'wide' }],
  ['https://*.com/', { why: 'wide' }],
  ['*.127.0.0.1', { why: 'none' }],
  ['', { why: 'none' }],
  ['nonsense', { why: 'none' }],
  ['ftp://crm.example.com', { why: 'none' }],
  ['javascript:alert(1)', { why: 'none' }],
  ['https://user:pass@crm.example.com', { origin: 'https://crm.example.com' }],
  ['crm.example.com; script-src *', { why: 'none' }],
])('the site that may show the chats: %s', (text, meant) => {
  expect(frameHost(text)).toEqual(meant);
});

test('whatever is written, the origin that is meant is one that the server takes as it is', () => {
  const written = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.domain(),
    fc.domain().map((name) => `*.${name}`),
  );
  fc.assert(
    fc.property(written, (text) => {
      const meant = frameHost(text);
      if ('origin' in meant) expect(frameAncestor(meant.origin)).toBe(meant.origin);
    }),
  );
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/153.0.0.0 Safari/537.36', 'Chrome', 'Windows'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0', 'Edge', 'Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox', 'Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15',
    'Safari',
    'macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/153.0.0.0 Mobile Safari/537.36', 'Chrome', 'Android'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/152.0.0.0 YaBrowser/26.1 Safari/537.36', 'Yandex Browser', 'Windows'],
  ['curl/8.5.0', undefined, undefined],
])('a browser in words: %s', (userAgent, browser, system) => {
  expect(namesIn(userAgent)).toEqual({ ...(browser && { browser }), ...(system && { system }) });
});

test('an address of the settings gives back what was put into it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 })), (name, path) => {
      expect(placeIn(addressOf(name, ...path).slice(1))).toEqual({ name, path });
    }),
  );
});

test.each(['/chat/a/b/c', '/', '', '/settings/%D0%'])('is no address of the settings: %s', (location) => {
  expect(placeIn(location)).toBeUndefined();
});
