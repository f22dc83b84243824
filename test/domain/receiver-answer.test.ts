import { expect, test } from 'vitest';
import { type CallOutcome, outcomeOf } from '#domain/receiver-answer';

const statuses: readonly [CallOutcome, readonly number[]][] = [
  ['taken', [200, 201, 202, 204, 299]],
  ['gone', [410]],
  ['refused', [400, 409, 413, 415, 422, 500]],
  ['ill', [300, 301, 302, 307, 308, 401, 402, 403, 404, 405, 407, 408, 421, 425, 429, 451]],
  ['ill', [501, 502, 503, 504, 507, 520, 521, 522, 524, 525, 530, 599, 999]],
];

test.each(statuses.flatMap(([outcome, all]) => all.map((status) => ({ status, outcome }))))(
  '$status is $outcome',
  ({ status, outcome }) => {
    expect(outcomeOf({ kind: 'answered', status })).toBe(outcome);
  },
);

const failures: readonly [CallOutcome, readonly string[]][] = [
  ['ill', ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'PRIVATE_ADDRESS']],
  ['ill', ['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'BAD_ADDRESS']],
  ['ill', ['UNABLE_TO_VERIFY_LEAF_SIGNATURE']],
  ['unclear', ['TIMEOUT', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'HPE_INVALID_CONSTANT', 'UND_ERR_SOCKET', 'unknown']],
];

test.each(failures.flatMap(([outcome, all]) => all.map((code) => ({ code, outcome }))))(
  'without an answer, $code is $outcome',
  ({ code, outcome }) => {
    expect(outcomeOf({ kind: 'failed', code })).toBe(outcome);
  },
);
