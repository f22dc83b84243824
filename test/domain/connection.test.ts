import { describe, expect, test } from 'vitest';
import { type Connection, canReply, connectionFor, presentConnections } from '#domain/connection';

const NOW = 1_791_800_000_000;

function connection(connectionId: string, fields: Partial<Connection> = {}): Connection {
  return { connectionId, ownerId: 'owner', madeAt: NOW, sequence: 1, state: 'active', ...fields };
}

const revoked = { state: 'revoked' } as const;
const readOnly = { state: 'read-only' } as const;
const later = { madeAt: NOW + 1_000 };

describe('the way of a reply that came by the connection "a"', () => {
  test.each<{ name: string; known: Connection[]; found: Connection | undefined }>([
    { name: 'unknown', known: [], found: undefined },
    { name: 'unknown among others', known: [connection('b')], found: undefined },
    { name: 'active', known: [connection('a')], found: connection('a') },
    { name: 'revoked', known: [connection('a', revoked)], found: connection('a', revoked) },
    {
      name: 'revoked, and the owner came back with another',
      known: [connection('a', revoked), connection('b', later)],
      found: connection('b', later),
    },
    {
      name: 'active for all that was heard, but the owner has a later one',
      known: [connection('b', { ...later, ...readOnly }), connection('a')],
      found: connection('b', { ...later, ...readOnly }),
    },
    {
      name: 'made in the same second as another: the one that was spoken of later',
      known: [connection('a', { ...revoked, sequence: 2 }), connection('b', { sequence: 3 })],
      found: connection('b', { sequence: 3 }),
    },
    {
      name: 'revoked, with a later one of somebody else',
      known: [connection('a', revoked), connection('b', { ...later, ownerId: 'another' })],
      found: connection('a', revoked),
    },
  ])('$name', ({ known, found }) => {
    expect(connectionFor(known, 'a')).toEqual(found);
    expect(connectionFor(known.toReversed(), 'a')).toEqual(found);
  });
});

test.each<{ name: string; known: Connection[]; can: boolean }>([
  { name: 'none', known: [], can: true },
  { name: 'one that is active', known: [connection('a')], can: true },
  { name: 'one that is revoked', known: [connection('a', revoked)], can: false },
  { name: 'one that may only read', known: [connection('a', readOnly)], can: false },
  { name: 'a revoked one and its successor', known: [connection('a', revoked), connection('b', later)], can: true },
  {
    name: 'an active one and its revoked successor',
    known: [connection('a'), connection('b', { ...later, ...revoked })],
    can: false,
  },
  {
    name: 'of two people, one revoked',
    known: [connection('a', revoked), connection('b', { ownerId: 'another' })],
    can: true,
  },
])('replies can leave with $name: $can', ({ known, can }) => {
  expect(canReply(known)).toBe(can);
});

test('each owner has one present connection', () => {
  const known = [connection('a', revoked), connection('b', later), connection('c', { ownerId: 'another' })];

  expect(presentConnections(known)).toEqual([known[1], known[2]]);
});
