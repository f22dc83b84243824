import { describe } from 'vitest';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createTables } from '#store/dynamo/create-tables';
import { openBothClients } from '#test/local/engine/both-clients';
import { describeDispensers } from './dispensers-suite.ts';

describe('dispensers on the engine', () => {
  describeDispensers(async () => {
    const engine = await startEngine();
    const { database, documents, destroy } = openBothClients(engine.endpoint);
    await createTables(database, tables, Object.fromEntries(Object.keys(tables).map((id) => [id, id])));
    const stop = async () => {
      destroy();
      await engine.stop();
    };
    return { client: documents, stop };
  });
});
