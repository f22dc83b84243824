import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshalled, unmarshalled } from './attributes.ts';

/** One kind of command: its name in the protocol, and where items stand in what is sent and in what is answered. */
export interface Operation {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
}

/** Where items stand: it is one itself, each element or value holds some, or these fields do. */
type Shape = 'item' | { readonly each: Shape } | { readonly fields: Readonly<Record<string, Shape>> };

const item: Shape = 'item';
const each = (shape: Shape): Shape => ({ each: shape });
const fields = (shapes: Readonly<Record<string, Shape>>): Shape => ({ fields: shapes });

const write = { Item: item, Key: item, ExpressionAttributeValues: item };
const read = { ExpressionAttributeValues: item, ExclusiveStartKey: item };
const page = fields({ Items: each(item), LastEvaluatedKey: item });
const keys = each(fields({ Keys: each(item) }));
const batch = each(each(fields({ PutRequest: fields(write), DeleteRequest: fields(write) })));
const transaction = fields({
  Put: fields(write),
  Update: fields(write),
  Delete: fields(write),
  ConditionCheck: fields(write),
});

const operations = new Map<unknown, Operation>([
  [GetCommand, { name: 'GetItem', input: fields({ Key: item }), output: fields({ Item: item }) }],
  [PutCommand, { name: 'PutItem', input: fields(write), output: fields({ Attributes: item }) }],
  [UpdateCommand, { name: 'UpdateItem', input: fields(write), output: fields({ Attributes: item }) }],
  [DeleteCommand, { name: 'DeleteItem', input: fields(write), output: fields({ Attributes: item }) }],
  [QueryCommand, { name: 'Query', input: fields(read), output: page }],
  [ScanCommand, { name: 'Scan', input: fields(read), output: page }],
  [
    BatchGetCommand,
    {
      name: 'BatchGetItem',
      input: fields({ RequestItems: keys }),
      output: fields({ Responses: each(each(item)), UnprocessedKeys: keys }),
    },
  ],
  [
    BatchWriteCommand,
    { name: 'BatchWriteItem', input: fields({ RequestItems: batch }), output: fields({ UnprocessedItems: batch }) },
  ],
  [
    TransactGetCommand,
    {
      name: 'TransactGetItems',
      input: fields({ TransactItems: each(fields({ Get: fields({ Key: item }) })) }),
      output: fields({ Responses: each(fields({ Item: item })) }),
    },
  ],
  [
    TransactWriteCommand,
    { name: 'TransactWriteItems', input: fields({ TransactItems: each(transaction) }), output: fields({}) },
  ],
]);

/** The operation of a command of the document client. Throws for one that the store never sends. */
export function operationOf(command: object): Operation {
  const operation = operations.get(command.constructor);
  if (!operation) throw new TypeError(`The client of the engine does not know ${command.constructor.name}`);
  return operation;
}

/** The input with its items in the wire form. */
export function marshalledInput(value: unknown, { input }: Operation): unknown {
  return converted(value, input, marshalled);
}

/** The answer with its items as plain values. */
export function unmarshalledOutput(value: unknown, { output }: Operation): unknown {
  return converted(value, output, unmarshalled);
}

type Values = Readonly<Record<string, unknown>>;

function converted(value: unknown, shape: Shape, convert: (item: Values) => Values): unknown {
  if (value === undefined || value === null) return value;
  if (shape === 'item') return convert(value as Values);
  if ('each' in shape) {
    if (Array.isArray(value)) return value.map((one) => converted(one, shape.each, convert));
    const entries = Object.entries(value).map(([name, one]) => [name, converted(one, shape.each, convert)]);
    return Object.fromEntries(entries);
  }
  const whole: Record<string, unknown> = { ...value };
  for (const name in shape.fields) {
    if (whole[name] !== undefined) whole[name] = converted(whole[name], shape.fields[name]!, convert);
  }
  return whole;
}
