import { expect, test } from 'vitest';
import { frameAncestor } from '#domain/frame-ancestors';

test.each([
  ['https://crm.example', 'https://crm.example'],
  ['https://crm.example/', 'https://crm.example'],
  ['HTTPS://CRM.Example:443', 'https://crm.example'],
  ['https://crm.example:8443', 'https://crm.example:8443'],
  ['https://*.crm.example', 'https://*.crm.example'],
  ['https://*.a.crm.example', 'https://*.a.crm.example'],
  ['https://crm', 'https://crm'],
  ['https://10.0.0.7', 'https://10.0.0.7'],
  ['https://пример.рф', 'https://xn--e1afmkfd.xn--p1ai'],
  ['http://localhost', 'http://localhost'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['https://localhost:3000', 'https://localhost:3000'],
])('%s may show the page, as %s', (value, origin) => {
  expect(frameAncestor(value)).toBe(origin);
});

test.each([
  '',
  '*',
  "'self'",
  'https:',
  'https://',
  'https://*',
  'https://*.com',
  'https://crm.*',
  'https://*crm.example',
  'https://a.*.crm.example',
  'https://*.*.crm.example',
  'https://crm.example/path',
  'https://crm.example?a=b',
  'https://crm.example#a',
  'https://crm.example//',
  'https://user@crm.example',
  'https://user:word@crm.example',
  'https://crm.example;script-src *',
  'https://crm.example, https://evil.example',
  'https://crm.example https://evil.example',
  ' https://crm.example',
  'https://crm.example\n',
  'https:\\\\crm.example',
  'https:crm.example',
  'https://crm_a.example',
  'https://-crm.example',
  'https://crm..example',
  'https://[2001:db8::1]',
  'http://crm.example',
  'http://*.localhost',
  'http://localhost.crm.example',
  'ftp://crm.example',
  'javascript:alert(1)',
  'data:text/html,a',
  'chrome-extension://abcdef',
])('%j is no origin that may', (value) => {
  expect(frameAncestor(value)).toBeUndefined();
});
