import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * An item in the service's own form, converted to plain values. The document client converts results, but not the item
 * that comes with a refused condition: https://github.com/aws/aws-sdk-js-v3/issues/6723
 */
export function plainItem(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values = item as Readonly<Record<string, AttributeValue>>;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

function plain({ S, N, L, M, BOOL, SS }: AttributeValue): unknown {
  if (SS !== undefined) return new Set(SS);
  if (N !== undefined) return Number(N);
  if (L !== undefined) return L.map(plain);
  return M === undefined ? (S ?? BOOL) : plainItem(M);
}
