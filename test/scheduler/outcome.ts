import type { Item } from './expressions.ts';
import type { Command } from './memory-dynamo.ts';

/** A form in which equal values print the same: sets as sorted lists, entries sorted, nothing undefined. */
export function canonical(value: unknown): unknown {
  if (value instanceof Set) return { set: [...value].sort() };
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, one]) => one !== undefined && name !== '$metadata');
  return Object.fromEntries(
    entries
      .map(([name, one]) => [name, name === 'SS' ? [...one].sort() : canonical(one)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function unordered(items: unknown): unknown {
  return (items as unknown[]).map(canonical).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

interface Failure {
  readonly name: string;
  readonly Item?: unknown;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: unknown }[];
}

/** The result or error of a command, in a form in which equal outcomes are deeply equal. */
export async function outcome(command: Command, send: () => unknown): Promise<unknown> {
  try {
    const result = (await send()) as Item;
    if (command.constructor.name === 'ScanCommand') return canonical({ ...result, Items: unordered(result.Items) });
    if (command.constructor.name !== 'BatchGetCommand') return canonical(result);
    const responses = Object.entries(result.Responses as Item);
    return canonical({ ...result, Responses: Object.fromEntries(responses.map(([id, all]) => [id, unordered(all)])) });
  } catch (error) {
    const { name, Item, CancellationReasons } = error as Failure;
    return canonical({ name, Item, reasons: CancellationReasons?.map((one) => ({ Code: one.Code, Item: one.Item })) });
  }
}
