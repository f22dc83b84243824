import type { Bells } from '#bells';
import type { Platform } from '#functions/app';
import { type FunctionDefinition, type FunctionName, functions, type SecretUse } from '#lib/functions';
import { INSTALLATION } from '#store/accounts/keys';

type Input = Readonly<Record<string, unknown>>;
interface Asked {
  readonly action: string;
  readonly place: string;
}

/** What a function gets that needs a grant in AWS. */
type Granted = Pick<Platform, 'client' | 'bells' | 'cipher'>;

/**
 * The platform of a function, which lets it do what `lib/functions.ts` grants it and nothing else. What AWS would
 * refuse is an error here, so every test finds a forgotten grant, not only a deployment. Tables are named by their ids.
 */
export function onlyGranted<P extends Granted>(name: FunctionName, platform: P): P {
  const { tables, sendsTo = [], secrets = [] }: FunctionDefinition = functions[name];
  const granted = new Map<string, readonly string[]>(Object.entries(tables));
  const send = (command: { constructor: { name: string }; input: Input }, ...options: unknown[]) => {
    for (const { action, place } of askedBy(command.constructor.name, command.input)) {
      if (!granted.get(place)?.includes(action)) throw new Error(`${name} may not ${action} on ${place}`);
    }
    return (platform.client.send as (...of: unknown[]) => unknown)(command, ...options);
  };
  const bells: Bells = {
    async ring(queue, ...message) {
      if (!sendsTo.includes(queue)) throw new Error(`${name} may not send to ${queue}`);
      await platform.bells.ring(queue, ...message);
    },
  };
  const use = (kind: 'open' | 'seal') => async (text: string, context: string) => {
    const needed: SecretUse = context !== INSTALLATION ? kind : kind === 'open' ? 'sign' : 'found';
    if (!secrets.includes(needed)) throw new Error(`${name} may not ${needed} secrets`);
    return platform.cipher[kind](text, context);
  };
  return { ...platform, client: { send }, bells, cipher: { open: use('open'), seal: use('seal') } };
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
