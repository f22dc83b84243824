import { equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '#clock';
import { storedName, type Table, tables } from '#lib/tables';
import { createDocumentClient, createStoreDeps, type StoreDeps } from '#store/dynamo/client';
import type { Engine } from './engine.ts';
import { physicalOf, resourcesOf } from './resources.ts';

/** Access behind the API of a deployment, by the short names of tables, functions and queues. */
export interface Hands {
  /** For using the store, with all grants. */
  readonly store: StoreDeps;
  /** Makes any call of DynamoDB, with items in the wire form. */
  // biome-ignore lint/suspicious/noExplicitAny: the wire form has a type for each attribute
  dynamodb(operation: string, name: string, parameters: object): Promise<any>;
  /** Calls a function, which has to succeed. */
  invoke(name: string, event: object): Promise<void>;
  /** The lines by which a function has logged that metric since then (epoch ms). */
  counted(name: string, metric: string, since: number): Promise<Readonly<Record<string, unknown>>[]>;
  /** What a query of Logs Insights finds in the logs of all functions: the messages, in its order. */
  found(query: string): Promise<string[]>;
  /** The names of the alarms that are there, with what they do. */
  alarms(): Promise<{ readonly AlarmDescription: string; readonly AlarmActions: readonly string[] }[]>;
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
  const physical = (id: string) => physicalOf(resources, id);
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
    counted: async (name, metric, since) => {
      const lines = await linesOf(engine, physical(`${name.replaceAll('-', '')}log`), metric, since);
      const namesIt = (line: string) => line.startsWith('{') && line.includes(`"Name":"${metric}"`);
      return lines.filter(namesIt).map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    found: async (query) => {
      const groups = resources.filter(({ ResourceType }) => ResourceType === 'AWS::Logs::LogGroup');
      const { queryId } = await engine.call('logs', 'start_query', {
        logGroupNames: groups.map(({ PhysicalResourceId }) => PhysicalResourceId),
        startTime: 0,
        endTime: Math.ceil(Date.now() / 1000) + 60,
        queryString: query,
      });
      const { results } = await engine.call('logs', 'get_query_results', { queryId });
      const messageOf = (row: { field: string; value: string }[]) =>
        row.find(({ field }) => field === '@message')?.value ?? '';
      return results.map(messageOf);
    },
    alarms: async () => (await engine.call('cloudwatch', 'describe_alarms', {})).MetricAlarms,
    delayed: async (queue) => {
      const asked = new URLSearchParams({ QueueUrl: physical(`queues${queue}`) });
      const response = await fetch(`${engine.endpoint}/_ministack/sqs/messages?${asked}`);
      const { messages } = (await response.json()) as { messages: Record<string, Record<string, Record<string, []>>> };
      const all = Object.values(messages).flatMap(Object.values).flatMap(Object.values).flat() as Message[];
      return all.filter(({ IsVisible, ReceiveCount }) => !IsVisible && ReceiveCount === 0).map(({ Body }) => Body);
    },
  };
}

/**
 * The lines of a log group with that word since then (epoch ms). The engine finds 10,000 at most, the oldest first, and has
 * no next page: without a time, many older lines would hide what comes now.
 */
async function linesOf(engine: Engine, logGroupName: string, filterPattern: string, startTime: number) {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const asked = { logGroupName, filterPattern, startTime, ...(nextToken && { nextToken }) };
    const page = await engine.call('logs', 'filter_log_events', asked);
    lines.push(...page.events.map(({ message }: { message: string }) => message.trim()));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}
