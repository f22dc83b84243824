import { describeApi } from '#functions/serve-docs/description';

type Json = Readonly<Record<string, unknown>>;

const api = describeApi();

/** The description with what its references lead to in their place. */
export function dereferenced(): typeof api {
  return resolved(api) as typeof api;
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value as Json;
  if (typeof $ref === 'string') return { ...(resolved(at($ref)) as Json), ...rest };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
}

/** What a reference such as `#/components/schemas/Chat` leads to. */
function at(ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((found, step) => (found as Json)[step], api);
}
