import { expect, test } from 'vitest';
import type { LimitedWrites } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';
import { functions } from '#lib/functions';
import type { Asked } from './asked.ts';
import { shownBy } from './flows.ts';
import { allowing } from './given.ts';

const update = (p: string, UpdateExpression: string): Asked => ({
  action: 'UpdateItem',
  place: 'accounts',
  write: { TableName: 'accounts', Key: { p, s: '-' }, UpdateExpression },
});

test.each<[string, Asked, readonly (readonly string[])[]]>([
  ['a read is the action on the place', { action: 'Query', place: 'messages' }, [['Query on messages']]],
  ['what is not given allows nothing', { action: 'Scan', place: 'messages' }, []],
  [
    'a limited write is its partition with each attribute that it names',
    update('use#k', 'SET usedAt = :now'),
    [['UpdateItem on accounts (use#*, usedAt)']],
  ],
  ['one attribute more, and it is not allowed', update('use#k', 'SET usedAt = :now, account = :now'), []],
  ['nor is another partition', update('key#k', 'SET usedAt = :now'), []],
])('%s', (_what, asked, parts) => {
  expect(allowing('read-chats', asked)).toEqual(parts);
});

test('a grant is shown by another function if both run the module that needs it, and by none otherwise', () => {
  const needed = new Map([['DeleteItem on chats', ['fold-chat', 'read-chats']]]);

  expect(shownBy('retry-fold', 'DeleteItem on chats', needed)).toBe('fold-chat');
  expect(shownBy('serve-file', 'DeleteItem on chats', needed)).toBeUndefined();
  expect(shownBy('retry-fold', 'DeleteItem on files', needed)).toBeUndefined();
});

test('no limit of a function lies within another of its limits', () => {
  const within = (one: LimitedWrites, other: LimitedWrites) =>
    one !== other &&
    one.actions.every((action) => other.actions.includes(action)) &&
    one.partitions.every((partition) => other.partitions.includes(partition)) &&
    (!other.attributes || one.attributes?.every((attribute) => other.attributes?.includes(attribute)));
  const contained = Object.entries<FunctionDefinition>(functions).flatMap(([name, definition]) =>
    [definition.accountWrites, definition.outboxWrites, definition.pageWrites].flatMap((limits = []) =>
      limits.filter((one) => limits.some((other) => within(one, other))).map((one) => [name, one]),
    ),
  );

  expect(contained).toEqual([]);
});
