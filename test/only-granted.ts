import type { Bells, Doorbells } from '#bells';
import type { Platform } from '#functions/app';
import type { LimitedWrites } from '#lib/account-writes';
import type { FileAction, FunctionDefinition, SecretUse } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import { type TableId, tables } from '#lib/tables';
import type { BlobStore } from '#media/blob-store';
import { crmContext, crmTokensContext, INSTALLATION, receiverContext } from '#store/accounts/keys';

type Input = Readonly<Record<string, unknown>>;
interface Asked {
  readonly action: string;
  readonly place: string;
  /** The write itself, if it is one. */
  readonly write?: Input;
}

/** What a function gets that needs a grant in AWS. */
type Granted = Pick<Platform, 'client' | 'bells' | 'cipher' | 'blobs' | 'doorbells'>;

/**
 * The platform of a function, which lets it do what `lib/functions.ts` grants it and nothing else. What AWS would
 * refuse is an error here, so every test finds a forgotten grant, not only a deployment. Tables are named by their ids.
 */
export function onlyGranted<P extends Granted>(name: FunctionName, platform: P): P {
  const { tables: access, sendsTo = [], secrets = [], ...more }: FunctionDefinition = functions[name];
  const limits: Readonly<Record<string, readonly LimitedWrites[] | undefined>> = {
    accounts: more.accountWrites,
    outbox: more.outboxWrites,
    pages: more.pageWrites,
  };
  const granted = new Map<string, readonly string[]>(Object.entries(access));
  const isGranted = ({ action, place, write }: Asked) =>
    granted.get(place)?.includes(action) ||
    (write !== undefined && limits[place]?.some((limit) => isWithin(place as TableId, limit, action, write)));
  const send = (command: { constructor: { name: string }; input: Input }, ...options: unknown[]) => {
    for (const asked of askedBy(command.constructor.name, command.input)) {
      if (!isGranted(asked)) throw new Error(`${name} may not ${wordsOf(asked)}`);
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
    const needed = neededFor(kind, context);
    if (!secrets.includes(needed)) throw new Error(`${name} may not ${needed} secrets`);
    return platform.cipher[kind](text, context);
  };
  const may = (action: FileAction, key: string) => {
    const [part] = key.split('/') as ['in' | 'out'];
    if (!more.files?.[part]?.includes(action)) throw new Error(`${name} may not ${action} in ${part}/`);
    return platform.blobs;
  };
  const blobs: BlobStore = {
    put: async (key, ...given) => may('PutObject', key).put(key, ...given),
    get: async (key, ...given) => may('GetObject', key).get(key, ...given),
    linkTo: async (key, ...given) => may('GetObject', key).linkTo(key, ...given),
    uploadTo: async (key, ...given) => may('PutObject', key).uploadTo(key, ...given),
    remove: async (key) => may('DeleteObject', key).remove(key),
  };
  const doorbells = platform.doorbells && more.doorbell && doorbellsFor(name, platform.doorbells, more.doorbell);
  const cipher = { open: use('open'), seal: use('seal') };
  return { ...platform, client: { send }, bells, blobs, doorbells, cipher };
}

function doorbellsFor(name: string, { addressFor, post }: Doorbells, granted: 'told' | 'rung'): Doorbells {
  return {
    addressFor,
    async post(...message) {
      if (granted !== 'rung') throw new Error(`${name} may not post to sockets`);
      return post(...message);
    },
  };
}

function neededFor(kind: 'open' | 'seal', context: string): SecretUse {
  if (context === INSTALLATION) return kind === 'open' ? 'sign' : 'found';
  if (context.startsWith(receiverContext(''))) return `${kind}Receiver`;
  if (context.startsWith(crmTokensContext(''))) return `${kind}CrmTokens`;
  return context.startsWith(crmContext('')) ? `${kind}Crm` : kind;
}

const ITEM_ACTIONS = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** Whether the write to the table of accounts is one that the limit allows, as IAM's conditions decide it. */
function isWithin(
  table: TableId,
  { actions, partitions, attributes }: LimitedWrites,
  action: string,
  write: Input,
): boolean {
  if (!actions.some((one) => one === action)) return false;
  const { partition: p, sort: s } = tables[table];
  const partition = String(((write.Key ?? write.Item) as Input)[p.name]);
  const isInside = partitions.some((one) =>
    one.endsWith('*') ? partition.startsWith(one.slice(0, -1)) : partition === one,
  );
  const free = attributes && new Set([p.name, s.name, ...attributes]);
  return isInside && (!free || attributesOf(write).every((attribute) => free.has(attribute)));
}

/** Every attribute that a write names, in its item, its key or its expressions. What is inside of one is not named (IAM). */
function attributesOf({ Key, Item, ExpressionAttributeNames: names, ...write }: Input): string[] {
  const expressions = `${write.UpdateExpression ?? ''} ${write.ConditionExpression ?? ''}`;
  const words = [...expressions.matchAll(/(?<![:#.\w])#?[a-z]\w*(?!\w*\s*\()/gi)].map(([word]) => word);
  const isWordOf = /^(SET|REMOVE|ADD|DELETE|AND|OR|NOT|BETWEEN|IN)$/;
  return [
    ...Object.keys((Key ?? Item) as Input),
    ...words.filter((word) => !isWordOf.test(word)).map((word) => String((names as Input)?.[word] ?? word)),
  ];
}

function wordsOf({ action, place, write }: Asked): string {
  if (write === undefined) return `${action} on ${place}`;
  return `${action} on ${place} (${JSON.stringify(write.Key ?? write.Item)}: ${attributesOf(write)})`;
}

/** The grants that a command needs, as IAM sees them. */
function askedBy(command: string, input: Input): Asked[] {
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
