import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { type Item, isMap, validation } from './expressions.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
const MOST_ITEM_BYTES = 400 * 1024;
const DEEPEST = 32;
const LEAST_NUMBER = 1e-130;

/** What a query or scan reads before it ends its page. */
const PAGE_BYTES = 1024 * 1024;

const sizes = new WeakMap<Item, number>();

/** Throws for a value that DynamoDB takes in no item or key. `depth` is its level of nesting; the item's is 1. */
export function checkValue(value: unknown, depth = 1): void {
  if (typeof value === 'string') checkText(value);
  if (typeof value === 'number') checkSmallness(value);
  if (value === null || typeof value !== 'object') return;
  if (depth > DEEPEST) throw validation('Nesting Levels have exceeded supported limits');
  const inner = value instanceof Set || Array.isArray(value) ? value : Object.values(value);
  for (const one of inner) checkValue(one, depth + 1);
  if (isMap(value)) for (const name of Object.keys(value)) checkText(name);
}

/** Throws for an item that is too large for DynamoDB. */
export function checkSize(item: Item): void {
  if (sizeOfItem(item) > MOST_ITEM_BYTES) throw validation('Item size has exceeded the maximum allowed size');
}

/** The items that fit into a page, at least one. */
export function firstPage(items: readonly Item[]): readonly Item[] {
  let bytes = 0;
  const beyond = items.findIndex((item) => {
    bytes += sizeOfItem(item);
    return bytes > PAGE_BYTES;
  });
  return beyond < 0 ? items : items.slice(0, Math.max(beyond, 1));
}

/** Throws for half a character. Strings are UTF-8, which cannot hold one, and the wire format cannot carry it. */
function checkText(text: string): void {
  if (text.isWellFormed()) return;
  const message = 'A string is not well-formed Unicode';
  throw new DynamoDBServiceException({ name: 'SerializationException', message, $fault: 'client', $metadata: {} });
}

function checkSmallness(number: number): void {
  if (number !== 0 && Math.abs(number) < LEAST_NUMBER) throw validation('Number underflow');
}

function sizeOfItem(item: Item): number {
  const known = sizes.get(item);
  if (known !== undefined) return known;
  const size = sizeOfFields(item);
  sizes.set(item, size);
  return size;
}

function sizeOfFields(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (value === null || typeof value !== 'object') return 1;
  if (value instanceof Set) return [...value].reduce<number>((sum, one) => sum + sizeOf(one), 0);
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + sizeOf(one) + 1, 3);
  const fields = value as Item;
  return sizeOfFields(fields) + Object.keys(fields).length + 3;
}
