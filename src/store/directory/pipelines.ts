import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, transact } from '#store/dynamo/transaction';

const stageSchema = z.object({ id: z.string(), name: z.string() });
const pipelineSchema = z.object({ id: z.string(), name: z.string(), stages: z.optional(z.array(stageSchema)) });
const itemSchema = z.object({ pipelines: z.array(pipelineSchema), ver: z.exactOptional(z.string()) });

/** The path of a deal in the CRM. It has no `stages` if the CRM has none. */
export type Pipeline = z.infer<typeof pipelineSchema>;

export type Pipelines = ReturnType<typeof createPipelines>;

/** An item holds 400 KB, and JSON is never shorter than the stored form. */
const MOST_BYTES = 390_000;
const TRIES = 20;

/** The pipelines are too large together, so that none was stored. */
export type PipelinesOutcome = 'stored' | 'too-large';

/**
 * The pipelines of accounts, as their CRMs loaded them. Each account has one item, so that no reader sees half of a
 * set.
 */
export function createPipelines(deps: StoreDeps) {
  const { client, newId } = deps;
  const table = tableName(deps, 'directory');
  const keyOf = (account: string) => ({ p: `${account}#pipelines`, s: '-' });

  async function load(account: string): Promise<z.infer<typeof itemSchema>> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    if (!Item) return { pipelines: [] };
    const parsed = itemSchema.safeParse(Item);
    if (!parsed.success) throw new UnreadableItemError('directory', { cause: parsed.error });
    return parsed.data;
  }

  /** The pipelines as they are now, in the order in which they were loaded. */
  async function list(account: string): Promise<Pipeline[]> {
    return (await load(account)).pipelines;
  }

  /**
   * Loads new pipelines, and replaces those with the same id in their places. The others stay. Refuses more than fit
   * into one item.
   */
  async function refresh(account: string, named: readonly Pipeline[]): Promise<PipelinesOutcome> {
    return change(account, (before) => {
      const after = new Map([...before, ...named].map((pipeline) => [pipeline.id, pipeline]));
      return [...after.values()];
    });
  }

  /** Replaces all pipelines of the account. Refuses more than fit into one item. */
  async function replace(account: string, pipelines: readonly Pipeline[]): Promise<PipelinesOutcome> {
    return change(account, () => pipelines);
  }

  /** Of changes that run at once, none undoes another: each is made of what the one before has left. */
  async function change(
    account: string,
    changed: (before: readonly Pipeline[]) => readonly Pipeline[],
  ): Promise<PipelinesOutcome> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { pipelines: before, ver } = await load(account);
      const pipelines = changed(before);
      if (Buffer.byteLength(JSON.stringify(pipelines)) > MOST_BYTES) return 'too-large';
      const Item = { ...keyOf(account), pipelines, ver: newId() };
      if (await transact(client, [{ Put: { TableName: table, Item, ...ifStill('ver', ver) } }])) return 'stored';
    }
    throw new ContentionError('The pipelines');
  }

  return { list, refresh, replace };
}
