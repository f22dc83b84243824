import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { FILE_STATES, type FilePlace, type FileState } from '#domain/file';
import { schemaOf } from '#schema-of';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { setting } from '#store/dynamo/transaction';

/** What is known of a file that is there. */
export interface StoredFile {
  /** Its type by its bytes, if they tell one. */
  readonly type?: string | undefined;
  readonly size: number;
  readonly sha256: string;
  /** Its key in the store of files. */
  readonly key: string;
}

/** A file of a message. Times are in epoch milliseconds. `why`: why it was refused or is gone, or what is odd about it. */
export interface FileRow extends FilePlace, Partial<StoredFile> {
  readonly file: string;
  readonly state: FileState;
  readonly name: string;
  readonly storedAt: number;
  readonly tries?: number;
  readonly why?: string;
}

/** A file that is not in the table yet. */
export interface NewFile extends FilePlace {
  readonly file: string;
  readonly name: string;
}

const MISSING_MS = 1_000;

export type Files = ReturnType<typeof createFiles>;

const rowSchema = schemaOf<Omit<FileRow, 'file'>>()(
  z.object({
    account: z.string(),
    chat: z.string(),
    fact: z.string(),
    part: z.number(),
    state: z.enum(FILE_STATES),
    name: z.string(),
    storedAt: z.number(),
    type: z.exactOptional(z.string()),
    size: z.exactOptional(z.number()),
    sha256: z.exactOptional(z.string()),
    key: z.exactOptional(z.string()),
    tries: z.exactOptional(z.number()),
    why: z.exactOptional(z.string()),
  }),
);

const IS_WANTED = { ConditionExpression: '#state = :wanted', ExpressionAttributeValues: { ':wanted': 'wanted' } };

/** The files of messages, by their ids. The id is the right to read the file, so no log has it. */
export function createFiles(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'files');
  const keyOf = (file: string) => ({ f: file, s: '-' });

  function itemOf({ file, ...row }: FileRow): Record<string, unknown> {
    return { ...keyOf(file), ...row };
  }

  /** Wants a file that a messenger has, unless it is known. Answers with its state. */
  async function putWanted(wanted: NewFile): Promise<FileState> {
    const Item = itemOf({ ...wanted, state: 'wanted', storedAt: clock.now() });
    const once = {
      ConditionExpression: 'attribute_not_exists(f)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    try {
      await client.send(new PutCommand({ TableName: table, Item, ...once }));
      return 'wanted';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return read(wanted.file, plainItem(error.Item ?? {})).state;
    }
  }

  /** Adds a file of ours, which is there already. Repeating it changes nothing. */
  async function putStored(file: NewFile, stored: StoredFile): Promise<void> {
    const Item = itemOf({ ...file, ...stored, state: 'stored', storedAt: clock.now() });
    const put = { TableName: table, Item, ConditionExpression: 'attribute_not_exists(f)' };
    await unlessRefused(client.send(new PutCommand(put)));
  }

  /** The file with that id. It may be as it was a moment ago, so a file that is `wanted` may be there. */
  async function get(file: string): Promise<FileRow | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(file) }));
    return Item && read(file, Item);
  }

  /**
   * The file for who brings its address. That there is none is remembered for a second: strangers may ask for anything,
   * and the row of a file follows its message at once.
   */
  async function find(file: string): Promise<FileRow | undefined> {
    if (cache.isMissing('file', file)) return undefined;
    const row = await get(file);
    if (!row) cache.miss('file', file, MISSING_MS);
    return row;
  }

  /** Says that a wanted file is there. False if that was said before, or something else. */
  function setStored(file: string, stored: StoredFile, why?: string): Promise<boolean> {
    return become(file, { state: 'stored', ...stored, ...(why !== undefined && { why }) });
  }

  /** Says that a wanted file will not come. False if something else was said before. */
  function setLost(file: string, state: 'refused' | 'gone', why: string): Promise<boolean> {
    return become(file, { state, why });
  }

  function become(file: string, fields: Readonly<Record<string, unknown>>): Promise<boolean> {
    const update = { TableName: table, Key: keyOf(file), ...setting(fields, IS_WANTED) };
    return unlessRefused(client.send(new UpdateCommand(update)));
  }

  /** Counts a try that failed, and keeps what was odd about it. Answers with how many there were. */
  async function countTry(file: string, why?: string): Promise<number> {
    const { Attributes = {} } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(file),
        UpdateExpression: `ADD tries :one${why === undefined ? '' : ' SET why = :why'}`,
        ConditionExpression: 'attribute_exists(f)',
        ExpressionAttributeValues: { ':one': 1, ...(why !== undefined && { ':why': why }) },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes.tries);
  }

  /** Removes the row, of which the bytes are gone and the message too. Repeating it changes nothing. */
  async function remove(file: string): Promise<void> {
    await client.send(new DeleteCommand({ TableName: table, Key: keyOf(file) }));
  }

  return { putWanted, putStored, get, find, setStored, setLost, countTry, remove };
}

function read(file: string, item: Record<string, unknown>): FileRow {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('files', { cause: parsed.error });
  return { file, ...parsed.data };
}
