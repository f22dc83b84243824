import { describe } from 'vitest';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createLocalClient } from '#local/engine/local-client';
import { createDocumentClient } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { describeDispensers } from './dispensers-suite.ts';

describe('dispensers on the engine', () => {
  describeDispensers(async () => {
    const engine = await startEngine();
    const database = createLocalClient(engine.endpoint);
    await createTables(database, tables, Object.fromEntries(Object.keys(tables).map((id) => [id, id])));
    const stop = async () => {
      database.destroy();
      await engine.stop();
    };
    return { client: createDocumentClient(database), stop };
  });
});
