import { equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '#clock';
import { storedName, type Table, tables } from '#lib/tables';
import { createDocumentClient, createStoreDeps, type StoreDeps } from '#store/dynamo/client';
import type { Engine } from './engine.ts';
import { resourcesOf } from './iam.ts';

/** Access behind the API of a deployment, by the short names of tables, functions and queues. */
export interface Hands {
  /** For using the store, with all grants. */
  readonly store: StoreDeps;
  /** Makes any call of DynamoDB, with items in the wire form. */
  // biome-ignore lint/suspicious/noExplicitAny: the wire form has a type for each attribute
  dynamodb(operation: string, name: string, parameters: object): Promise<any>;
  /** Calls a function, which has to succeed. */
  invoke(name: string, event: object): Promise<void>;
  /** The messages of a queue that are delayed. */
  delayed(queue: string): Promise<string[]>;
}

interface Message {
  readonly Body: string;
  readonly IsVisible: boolean;
  readonly ReceiveCount: number;
}

/** The hands for the deployed stack. */
export async function handsOf(engine: Engine): Promise<Hands> {
  const resources = await resourcesOf(engine);
  const physical = (id: string) => {
    const named = new RegExp(`^${id}[0-9A-F]{8}$`);
    return resources.find(({ LogicalResourceId }) => named.test(LogicalResourceId))?.PhysicalResourceId ?? '';
  };
  const deployed = Object.entries<Table>(tables).filter(([, { localOnly }]) => !localOnly);
  const names = Object.fromEntries(deployed.map(([name]) => [name, physical(`tables${storedName(name)}`)]));
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    store: createStoreDeps({
      client: createDocumentClient(client),
      tables: names,
      clock: systemClock,
      newId: randomUUID,
    }),
    dynamodb: (operation, name, parameters) =>
      engine.call('dynamodb', operation, { TableName: names[name], ...parameters }),
    invoke: async (name, event) => {
      const FunctionName = physical(name.replaceAll('-', ''));
      const { FunctionError, Payload } = await engine.call('lambda', 'invoke', {
        FunctionName,
        Payload: JSON.stringify(event),
      });
      equal(FunctionError, undefined, String(Payload));
    },
    delayed: async (queue) => {
      const asked = new URLSearchParams({ QueueUrl: physical(`queues${queue}`) });
      const response = await fetch(`${engine.endpoint}/_ministack/sqs/messages?${asked}`);
      const { messages } = (await response.json()) as { messages: Record<string, Record<string, Record<string, []>>> };
      const all = Object.values(messages).flatMap(Object.values).flatMap(Object.values).flat() as Message[];
      return all.filter(({ IsVisible, ReceiveCount }) => !IsVisible && ReceiveCount === 0).map(({ Body }) => Body);
    },
  };
}
