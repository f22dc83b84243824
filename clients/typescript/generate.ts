import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describeApi } from '../../functions/serve-docs/description.ts';

const HEAD = '// Made by `npm run client` from the description of the API (openapi.json). Do not edit.\n\n';

/** The types of every route, from the description that Konvert serves. */
export async function generate(): Promise<string> {
  return HEAD + astToString(await openapiTS(describeApi() as unknown as OpenAPI3));
}

if (import.meta.main) writeFileSync(resolve(import.meta.dirname, 'schema.ts'), await generate());
