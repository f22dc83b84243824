import { type FunctionDefinition, type FunctionName, functions } from '#lib/functions';
import type { DocumentClient } from '#store/dynamo/client';

type Input = Readonly<Record<string, unknown>>;
interface Asked {
  readonly action: string;
  readonly place: string;
}

/**
 * A client that lets the function do what `lib/functions.ts` grants it and nothing else. What AWS would refuse is an
 * error here, so every test finds a forgotten grant, not only a deployment. Tables are named by their ids.
 */
export function onlyGranted(name: FunctionName, client: DocumentClient): DocumentClient {
  const { tables }: FunctionDefinition = functions[name];
  const granted = new Map<string, readonly string[]>(Object.entries(tables));
  const send = (command: { constructor: { name: string }; input: Input }, ...options: unknown[]) => {
    for (const { action, place } of askedBy(command.constructor.name, command.input)) {
      if (!granted.get(place)?.includes(action)) throw new Error(`${name} may not ${action} on ${place}`);
    }
    return (client.send as (...of: unknown[]) => unknown)(command, ...options);
  };
  return { send } as unknown as DocumentClient;
}

const ITEM_ACTIONS = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** The grants that a command needs, as IAM sees them. */
function askedBy(command: string, input: Input): Asked[] {
  switch (command) {
    case 'GetCommand':
    case 'PutCommand':
    case 'UpdateCommand':
    case 'DeleteCommand':
      return [{ action: command.replace('Command', 'Item'), place: String(input.TableName) }];
    case 'QueryCommand':
    case 'ScanCommand': {
      const index = input.IndexName === undefined ? '' : `/${input.IndexName}`;
      return [{ action: command.replace('Command', ''), place: `${input.TableName}${index}` }];
    }
    case 'BatchGetCommand':
      return Object.keys(input.RequestItems as Input).map((place) => ({ action: 'BatchGetItem', place }));
    case 'TransactWriteCommand':
      return (input.TransactItems as Record<string, { TableName: string }>[]).flatMap((write) =>
        Object.entries(write).map(([kind, { TableName }]) => ({
          action: ITEM_ACTIONS[kind as keyof typeof ITEM_ACTIONS],
          place: TableName,
        })),
      );
    default:
      throw new Error(`Nobody has said which grant a ${command} needs`);
  }
}
