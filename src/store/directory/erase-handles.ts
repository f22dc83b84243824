import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import type { Mentions } from '#domain/mentions';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';

const AT_ONCE = 16;

/** Takes away the @names by which a person or their contact is known. */
export function createEraseHandles(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'directory');

  /** Takes them away from a place on, until a time (epoch ms). Answers how far it came. */
  async function remove(
    account: string,
    mentions: Mentions,
    place: string | undefined,
    until: number,
  ): Promise<string | undefined> {
    const p = `${account}#handles`;
    const all = { TableName: table, KeyConditionExpression: 'p = :p', ExpressionAttributeValues: { ':p': p } };
    for await (const items of queryPages(client, all, place === undefined ? undefined : { p, s: place })) {
      await eachAtOnce(items.filter(mentions), AT_ONCE, async ({ s }) => {
        await client.send(new DeleteCommand({ TableName: table, Key: { p, s } }));
      });
      const last = items.at(-1);
      if (last && clock.now() >= until) return String(last.s);
    }
    return undefined;
  }

  return { remove };
}
