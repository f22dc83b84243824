import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { Scope } from './scopes.ts';

/** A candidate for a list: the chat, and its place in the block that was asked for. */
export interface Candidate {
  readonly key: string;
  readonly place: string;
}

/** The candidates for a list, by the indexes of places. */
export function createCandidates(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'chats');

  /**
   * The next candidates of a scope, in the order of the block, from behind the place `after`. They are only an order,
   * because an index may lag.
   */
  async function candidates(
    scope: Scope,
    block: 'unanswered' | 'rest',
    limit: number,
    after: string | undefined,
  ): Promise<{ found: Candidate[]; more: boolean }> {
    const place = block === 'unanswered' ? 'u' : 'r';
    const behind = block === 'unanswered' ? '>' : '<';
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: `${scope.kind}-${block}`,
        KeyConditionExpression: `#scope = :scope${after === undefined ? '' : ` AND ${place} ${behind} :after`}`,
        ExpressionAttributeNames: { '#scope': scope.kind === 'channel' ? 'ch' : 'v' },
        ExpressionAttributeValues: { ':scope': scope.id, ...(after !== undefined && { ':after': after }) },
        ScanIndexForward: block === 'unanswered',
        Limit: limit,
      }),
    );
    return {
      found: Items.map((item) => ({ key: String(item.c), place: String(item[place]) })),
      more: LastEvaluatedKey !== undefined,
    };
  }

  /** The candidates of a scope page by page, behind the place `after`. */
  async function* candidatePages(
    scope: Scope,
    block: 'unanswered' | 'rest',
    limit: number,
    after?: string,
  ): AsyncGenerator<Candidate[]> {
    for (let place = after; ; ) {
      const { found, more } = await candidates(scope, block, limit, place);
      if (found.length > 0) yield found;
      place = found.at(-1)?.place;
      if (!more || place === undefined) return;
    }
  }

  return { candidates, candidatePages };
}
