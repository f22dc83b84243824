import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { DocumentClient } from '#store/dynamo/client';

/** One page of a scan. `next` is the place behind it, as a text that can be stored; without it the scan has ended. */
export interface ScanPage {
  readonly items: readonly Record<string, unknown>[];
  readonly next?: string;
}

const placeSchema = z.record(z.string(), z.string());

/** The page of the scan behind the place `after`. It may lack a change of the last second. */
export async function scanPage(
  client: DocumentClient,
  scan: ScanCommandInput,
  after: string | undefined,
): Promise<ScanPage> {
  const start = after === undefined ? {} : { ExclusiveStartKey: placeSchema.parse(JSON.parse(after)) };
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ ...scan, ...start }));
  return { items: Items, ...(LastEvaluatedKey && { next: JSON.stringify(LastEvaluatedKey) }) };
}
