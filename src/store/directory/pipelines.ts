import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';

const stageSchema = z.object({ id: z.string(), name: z.string() });
const pipelineSchema = z.object({ id: z.string(), name: z.string(), stages: z.optional(z.array(stageSchema)) });
const itemSchema = z.object({ pipelines: z.array(pipelineSchema) });

/** The path of a deal in the CRM. It has no `stages` if the CRM has none. */
export type Pipeline = z.infer<typeof pipelineSchema>;

export type Pipelines = ReturnType<typeof createPipelines>;

/** An item holds 400 KB, and JSON is never shorter than the stored form. */
const MOST_BYTES = 390_000;

/**
 * The pipelines of accounts, as their CRMs loaded them. Each account has one item, so that no reader sees half of a
 * set.
 */
export function createPipelines(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'directory');
  const keyOf = (account: string) => ({ p: `${account}#pipelines`, s: '-' });

  /** The pipelines as they are now, in the order in which they were loaded. */
  async function list(account: string): Promise<Pipeline[]> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    if (!Item) return [];
    const parsed = itemSchema.safeParse(Item);
    if (!parsed.success) throw new UnreadableItemError('directory', { cause: parsed.error });
    return parsed.data.pipelines;
  }

  /**
   * Replaces all pipelines of the account: a CRM uploads what it has, and nothing else could ever remove one. Refuses
   * more than fit into one item.
   */
  async function replace(account: string, pipelines: readonly Pipeline[]): Promise<'stored' | 'too-large'> {
    if (Buffer.byteLength(JSON.stringify(pipelines)) > MOST_BYTES) return 'too-large';
    await client.send(new PutCommand({ TableName: table, Item: { ...keyOf(account), pipelines } }));
    return 'stored';
  }

  return { list, replace };
}
