import { describe } from 'vitest';
import { tables } from '#lib/tables';
import type { DocumentClient } from '#store/dynamo/client';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';
import { describeDispensers } from './dispensers-suite.ts';

describe('dispensers in memory', () => {
  describeDispensers(async () => {
    const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
    const db = new MemoryDynamo(tables, names);
    const client = { send: async (command: Command) => db.apply(command) } as unknown as DocumentClient;
    return { client, stop: async () => {} };
  });
});
