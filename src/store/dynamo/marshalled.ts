import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * An item as the service writes it, in plain. The document client does that to results; the item that comes with a
 * refused condition it leaves as it is: https://github.com/aws/aws-sdk-js-v3/issues/6723
 */
export function plainItem(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values = item as Readonly<Record<string, AttributeValue>>;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

function plain({ S, N, L, M }: AttributeValue): unknown {
  if (N !== undefined) return Number(N);
  if (L !== undefined) return L.map(plain);
  return M === undefined ? S : plainItem(M);
}
