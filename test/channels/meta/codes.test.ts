import { describe, expect, test } from 'vitest';

import { MESSAGE_ERRORS } from '#api/event-bodies';
import { areCredentialsRefused, META_CODES, meaningOf, refusalOf } from '#channels/meta/codes';

/**
 * The codes with which Meta refuses calls and messages, by what has to follow. They are those of its list of error codes
 * and of the clients pywa and whatsapp-api-js, without those of calls, groups, flows and set-up.
 */
const DOCUMENTED = {
  unauthorized: [0, 3, 10, 190, 200, 219, 299, 131005],
  throttled: [4, 80007, 130429, 131056],
  unreachable: [1, 2, 131000, 131016, 131057, 133004],
  refused: [
    ...[33, 100, 368, 130403, 130472, 130497, 131008, 131009, 131021, 131026, 131030, 131031, 131037, 131042, 131045],
    ...[131047, 131048, 131049, 131050, 131051, 131052, 131053, 131062, 131063, 131064, 132000, 132001, 132005, 132007],
    ...[132008, 132012, 132015, 132016, 132068, 132069, 133010, 134011, 135000, 137000],
  ],
};

describe.each(Object.entries(DOCUMENTED))('%s', (kind, codes) => {
  test.each(codes)('%i', (code) => {
    expect(meaningOf(code)).toMatchObject({ kind });
    expect(meaningOf(String(code))).toBe(meaningOf(code));
  });
});

test('every row is reached, and no code is in two', () => {
  for (const row of META_CODES) {
    for (const code of row.codes) {
      const ends = typeof code === 'number' ? [code] : code;
      for (const one of ends) expect(meaningOf(one)).toBe(row);
    }
  }
});

test('every reason is a word of the compatible API', () => {
  expect([...new Set(META_CODES.map(({ reason }) => reason))].filter((reason) => !isWord(reason))).toEqual([]);
  expect(isWord(refusalOf({ code: 999_999, description: '' }).reason)).toBe(true);
});

test.each([
  { code: 131047, reason: '24_HOURS_EXCEEDED', scope: 'person' },
  { code: 131026, reason: 'BAD_CONTACT', scope: 'person' },
  { code: 131062, reason: 'BAD_CONTACT', scope: 'message' },
  { code: 131048, reason: 'SPAM', scope: 'channel' },
  { code: 131049, reason: 'SPAM', scope: 'message' },
  { code: 131053, reason: 'WRONG_CONTENT', scope: 'message' },
  { code: 131031, reason: 'CHANNEL_REJECTED', scope: 'channel' },
  { code: 130429, reason: 'TOO_MANY_EXT_REQS', scope: 'channel' },
  { code: 131056, reason: 'TOO_MANY_EXT_REQS', scope: 'person' },
  { code: 190, reason: 'CHANNEL_REJECTED', scope: 'channel' },
  { code: 131000, reason: 'GENERAL_ERROR', scope: 'channel' },
  { code: 999_999, reason: 'UNKNOWN_ERROR', scope: undefined },
  { code: '', reason: 'UNKNOWN_ERROR', scope: undefined },
  { code: 'PRIVATE_ADDRESS', reason: 'UNKNOWN_ERROR', scope: undefined },
] as const)('a status that failed with $code says $reason', ({ code, reason, scope }) => {
  const description = 'in its words';
  expect(refusalOf({ code, description })).toEqual({ reason, code: String(code), description });
  expect(meaningOf(code)?.scope).toBe(scope);
});

function isWord(reason: string): boolean {
  return (MESSAGE_ERRORS as readonly string[]).includes(reason);
}

test.each([
  ['a token that has ended', { code: '190', description: 'Session has expired' }, true],
  ['another secret of the app', { code: '100', description: 'Invalid appsecret_proof provided' }, true],
  ['a wrong parameter', { code: '100', description: 'Invalid parameter' }, false],
])('whether the credentials are to blame: %s', (_, error, expected) => {
  expect(areCredentialsRefused(error)).toBe(expected);
});
