/** The input of a command of the store, or of one write in a transaction. */
export type Input = Readonly<Record<string, unknown>>;

/** What a call needs a grant for. */
export interface Asked {
  readonly action: string;
  /** A table, an index (`table/index`), a queue, a part of the bucket, and so on. */
  readonly place: string;
  /** The write itself, if it is one to a table. */
  readonly write?: Input;
}

const ITEM_ACTIONS = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** What a command of the store needs grants for, as IAM sees it. Tables are named by their ids. */
export function askedBy(command: string, input: Input): Asked[] {
  switch (command) {
    case 'GetCommand':
    case 'PutCommand':
    case 'UpdateCommand':
    case 'DeleteCommand':
      return [{ action: command.replace('Command', 'Item'), place: String(input.TableName), write: input }];
    case 'QueryCommand':
    case 'ScanCommand': {
      const index = input.IndexName === undefined ? '' : `/${input.IndexName}`;
      return [{ action: command.replace('Command', ''), place: `${input.TableName}${index}` }];
    }
    case 'BatchGetCommand':
      return Object.keys(input.RequestItems as Input).map((place) => ({ action: 'BatchGetItem', place }));
    case 'TransactWriteCommand':
      return (input.TransactItems as Record<string, Input>[]).flatMap((write) =>
        Object.entries(write).map(([kind, inner]) => ({
          action: ITEM_ACTIONS[kind as keyof typeof ITEM_ACTIONS],
          place: String(inner.TableName),
          write: inner,
        })),
      );
    default:
      throw new Error(`Nobody has said which grant a ${command} needs`);
  }
}

/** Every attribute that a write names, in its item, its key or its expressions. What is inside of one is not named (IAM). */
export function attributesOf({ Key, Item, ExpressionAttributeNames: names, ...write }: Input): string[] {
  const expressions = `${write.UpdateExpression ?? ''} ${write.ConditionExpression ?? ''}`;
  const words = [...expressions.matchAll(/(?<![:#.\w])#?[a-z]\w*(?!\w*\s*\()/gi)].map(([word]) => word);
  const isWordOf = /^(SET|REMOVE|ADD|DELETE|AND|OR|NOT|BETWEEN|IN)$/;
  return [
    ...Object.keys((Key ?? Item) as Input),
    ...words.filter((word) => !isWordOf.test(word)).map((word) => String((names as Input)?.[word] ?? word)),
  ];
}

/** The same in words, for whoever was refused. */
export function wordsOf({ action, place, write }: Asked): string {
  if (write === undefined) return `${action} on ${place}`;
  return `${action} on ${place} (${JSON.stringify(write.Key ?? write.Item)}: ${attributesOf(write)})`;
}
