import { expect, test } from 'vitest';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createTables } from '#store/dynamo/create-tables';
import { openBothClients } from '#test/local/engine/both-clients';
import { History } from '#test/scheduler/history';
import { type Command, MemoryDynamo, type ReadPolicy } from '#test/scheduler/memory-dynamo';
import { outcome } from '#test/scheduler/outcome';

const HISTORIES = 12;
const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));

/** A command of the store and the model's answer. `older` marks a read of an older state: no engine can repeat that. */
interface Sent {
  readonly command: Command;
  readonly replay: () => unknown;
  readonly older: boolean;
}

class RecordingDynamo extends MemoryDynamo {
  readonly sent: Sent[] = [];

  override apply(command: Command, policy: ReadPolicy = {}): unknown {
    const reads = /^(Get|Query|BatchGet|Scan)/.test(command.constructor.name);
    const older = reads && policy.asOf !== undefined && policy.asOf !== this.sequence;
    try {
      const answer = super.apply(command, policy);
      this.sent.push({ command, replay: () => answer, older });
      return answer;
    } catch (error) {
      this.sent.push({ command, replay: () => Promise.reject(error), older });
      throw error;
    }
  }
}

/** Of an item that an update made, DynamoDB answers no old attributes; the local engine answers its keys. */
function withoutBareKeys({ input }: Command, answer: unknown): unknown {
  const { Attributes, ...rest } = answer as { readonly Attributes?: object };
  const isBare = input.ReturnValues === 'ALL_OLD' && Object.keys(Attributes ?? {}).every((name) => name in input.Key);
  return isBare ? rest : answer;
}

test.each(Array.from({ length: HISTORIES }, (_, index) => index + 1))(
  'the real engine answers every command of the store in history %i as the model does',
  async (seed) => {
    const model = new RecordingDynamo(tables, names);
    await new History(seed, model).play();
    const engine = await startEngine();
    const { database, documents, destroy } = openBothClients(engine.endpoint);
    try {
      await createTables(database, tables, names);

      for (const { command, replay, older } of model.sent) {
        if (older) continue;
        const said = await outcome(command, async () =>
          withoutBareKeys(command, await documents.send(command as never)),
        );
        expect(said, JSON.stringify(command.input)).toEqual(await outcome(command, replay));
      }
    } finally {
      destroy();
      await engine.stop();
    }
  },
);
