import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';

export type AskedNames = ReturnType<typeof createAskedNames>;

/** It sorts behind the facts of the chat, and is no news. */
const ASKED = 'asked#name';
/** A messenger that did not tell a name is asked again after this time. */
const AGAIN_MS = 24 * 3_600_000;

/** When a messenger was asked for the name of a chat's client, and whether it told it. */
export function createAskedNames(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'messages');
  const keyOf = (chatKey: string) => ({ c: chatKey, k: ASKED });

  /** Whether the name is unknown, and was not asked for a day. It may be as it was a moment ago: `claim` decides. */
  async function isDue(chatKey: string): Promise<boolean> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(chatKey) }));
    return !Item || (Item.known !== true && Number(Item.askedAt) <= clock.now() - AGAIN_MS);
  }

  /** Notes that the messenger is asked now. False if the name is known, or if it was asked less than a day ago. */
  function claim(chatKey: string): Promise<boolean> {
    return updateIf(client, {
      TableName: table,
      Key: keyOf(chatKey),
      UpdateExpression: 'SET askedAt = :now',
      ConditionExpression: 'attribute_not_exists(known) AND (attribute_not_exists(askedAt) OR askedAt <= :then)',
      ExpressionAttributeValues: { ':now': clock.now(), ':then': clock.now() - AGAIN_MS },
    });
  }

  /** Notes that the name was told, so that nobody asks again. */
  async function setKnown(chatKey: string): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: keyOf(chatKey),
      UpdateExpression: 'SET known = :yes',
      ConditionExpression: 'attribute_exists(askedAt)',
      ExpressionAttributeValues: { ':yes': true },
    });
  }

  return { isDue, claim, setKnown };
}
