import { describe, expect, test } from 'vitest';
import { type Connection, canReply, connectionFor, presentConnections } from '#domain/connection';

const NOW = 1_791_800_000_000;

function connection(connectionId: string, fields: Partial<Connection> = {}): Connection {
  return { connectionId, ownerId: 'owner', madeAt: NOW, sequence: 1, state: 'active', ...fields };
}

const revoked = { state: 'revoked' } as const;
const readOnly = { state: 'read-only' } as const;
const later = { madeAt: NOW + 1_000 };

describe('a reply to a message that came by connection "a" leaves by', () => {
  test.each<{ name: string; known: Connection[]; found: Connection | undefined }>([
    { name: 'none that is known, if none is', known: [], found: undefined },
    { name: 'none that is known, if only others are', known: [connection('b')], found: undefined },
    { name: 'that connection, if it is active', known: [connection('a')], found: connection('a') },
    {
      name: 'that connection, if it is revoked and the only one',
      known: [connection('a', revoked)],
      found: connection('a', revoked),
    },
    {
      name: 'the connection that its owner made after it was revoked',
      known: [connection('a', revoked), connection('b', later)],
      found: connection('b', later),
    },
    {
      name: 'a later connection of its owner, although no news told that it ended',
      known: [connection('b', { ...later, ...readOnly }), connection('a')],
      found: connection('b', { ...later, ...readOnly }),
    },
    {
      name: 'of two that were made in the same second, the one of the later update',
      known: [connection('a', { ...revoked, sequence: 2 }), connection('b', { sequence: 3 })],
      found: connection('b', { sequence: 3 }),
    },
    {
      name: 'that connection, if it is revoked and a later one belongs to another person',
      known: [connection('a', revoked), connection('b', { ...later, ownerId: 'another' })],
      found: connection('a', revoked),
    },
  ])('$name', ({ known, found }) => {
    expect(connectionFor(known, 'a')).toEqual(found);
    expect(connectionFor(known.toReversed(), 'a')).toEqual(found);
  });
});

test.each<{ name: string; known: Connection[]; can: boolean }>([
  { name: 'no connection', known: [], can: true },
  { name: 'an active connection', known: [connection('a')], can: true },
  { name: 'a revoked connection', known: [connection('a', revoked)], can: false },
  { name: 'a connection that may only read', known: [connection('a', readOnly)], can: false },
  {
    name: 'a revoked connection and its successor',
    known: [connection('a', revoked), connection('b', later)],
    can: true,
  },
  {
    name: 'an active connection and its revoked successor',
    known: [connection('a'), connection('b', { ...later, ...revoked })],
    can: false,
  },
  {
    name: 'connections of two people, one of them revoked',
    known: [connection('a', revoked), connection('b', { ownerId: 'another' })],
    can: true,
  },
])('replies can leave with $name: $can', ({ known, can }) => {
  expect(canReply(known)).toBe(can);
});

test('each owner has one present connection, the latest', () => {
  const known = [connection('a', revoked), connection('b', later), connection('c', { ownerId: 'another' })];

  expect(presentConnections(known)).toEqual([known[1], known[2]]);
});
