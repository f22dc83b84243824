import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import type { Mentions, Named } from '#domain/mentions';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';
import { createAssignments } from './assignments.ts';

const AT_ONCE = 16;

/** Takes away why users became responsible for a person, and the turns that were drawn for them. */
export function createEraseClients(deps: StoreDeps) {
  const { client, clock } = deps;
  const records = tableName(deps, 'assignments');
  const dispensers = tableName(deps, 'dispensers');
  const assignments = createAssignments(deps);

  /** Takes the records away, those of the account from a place on, until a time (epoch ms). Answers how far it came. */
  async function removeRecords(
    { account, addresses }: Named,
    mentions: Mentions,
    place: string | undefined,
    until: number,
  ): Promise<string | undefined> {
    for (const address of addresses) await assignments.removePerson(address);
    const ofAccount = {
      TableName: records,
      KeyConditionExpression: 'a = :account',
      ExpressionAttributeValues: { ':account': account },
      ConsistentRead: true,
    };
    const after = place === undefined ? undefined : { a: account, s: place };
    for await (const items of queryPages(client, ofAccount, after)) {
      await eachAtOnce(items.filter(mentions), AT_ONCE, async ({ a, s }) => {
        await client.send(new DeleteCommand({ TableName: records, Key: { a, s } }));
      });
      const last = items.at(-1);
      if (last && clock.now() >= until) return String(last.s);
    }
    return undefined;
  }

  /** Takes the person's claims of turns from the rotation of the channel. */
  async function removeClaims(channelId: string, mentions: Mentions): Promise<void> {
    const Key = { ch: channelId, s: '-' };
    const { Item = {} } = await client.send(new GetCommand({ TableName: dispensers, Key, ConsistentRead: true }));
    const names = Object.keys(Item).filter((name) => name.includes('#') && mentions(name));
    if (names.length === 0) return;
    await client.send(
      new UpdateCommand({
        TableName: dispensers,
        Key,
        UpdateExpression: `ADD ver :one REMOVE ${names.map((_, index) => `#claim${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#claim${index}`, name])),
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
  }

  return { removeRecords, removeClaims };
}
