import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describeApi } from '../../functions/serve-docs/description.ts';

const HEAD = '// Made by `npm run client` from the description of the API (openapi.json). Do not edit.\n\n';

/** The types of every route, from the description that Konvert serves. */
export async function generate(): Promise<string> {
  return HEAD + astToString(await openapiTS(withJsonAlone(describeApi()) as unknown as OpenAPI3));
}

/** Without other forms of what is also answered as JSON of a schema: with them, types could tell nothing of the answer. */
function withJsonAlone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withJsonAlone);
  const json = (value as Readonly<Record<string, { readonly schema?: unknown } | undefined>>)['application/json'];
  if (json?.schema) return { 'application/json': json };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withJsonAlone(inner)]));
}

if (import.meta.main) writeFileSync(resolve(import.meta.dirname, 'schema.ts'), await generate());
