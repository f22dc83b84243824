import { expect, test } from 'vitest';
import { dutyOf } from '#domain/duty';
import type { Role, UserRole } from '#domain/settings';

const OTHER: UserRole = { userId: 'other', role: 'seller', allowGetNewClients: true };
const channel = (...userRoles: UserRole[]) => ({ userRoles });
const as = (role: Role, allowGetNewClients = false): UserRole => ({ userId: 'anna', role, allowGetNewClients });

test.each([
  ['receives', 'a seller with the switch on', [channel(as('seller', true))]],
  ['receives', 'a head with the switch on', [channel(as('manager', true))]],
  ['receives', 'a seller where no seller has it on', [channel(as('seller'))]],
  ['receives', 'who receives in one of two', [channel(as('auditor')), channel(as('seller', true))]],
  ['answers', 'a seller whose switch is off', [channel(as('seller'), OTHER)]],
  ['answers', 'a head', [channel(as('manager'))]],
  ['answers', 'a head here, who watches there', [channel(as('auditor')), channel(as('manager'))]],
  ['watches', 'quality control', [channel(as('auditor'), OTHER)]],
  ['watches', 'quality control, whatever the switch says', [channel(as('auditor', true))]],
  ['none', 'who has no role', [channel(OTHER)]],
  ['none', 'who is in no channel', []],
] as const)('%s: %s (R3)', (duty, _who, channels) => {
  expect(dutyOf('anna', channels)).toBe(duty);
});
