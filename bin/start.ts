import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { systemClock } from '#clock';
import { openPageFiles } from '#functions/serve-page/page-files';
import { tables as definitions } from '#lib/tables';
import { type DataFolder, openDataFolder } from '#local/data-folder';
import { DataFolderError, EngineError, EnvironmentError, ServerError } from '#local/errors';
import { newCipherKey } from '#local/key-cipher';
import { openLogFile } from '#local/log-file';
import { readStartOptions, SHORTEST_OPERATOR_KEY, type StartOptions } from '#local/start-options';
import { createDataVersions, NewerDataError } from '#store/accounts/data-version';
import { newKey } from '#store/accounts/secret-key';
import { createStoreDeps } from '#store/dynamo/client';
import { createTables, TableDiffersError } from '#store/dynamo/create-tables';
import { createKonvert, tables } from './start/create-konvert.ts';
import { openDatabase } from './start/open-database.ts';
import { serve } from './start/serve.ts';
import { createOpened, type OnEnd } from './start/undo.ts';
import { welcome } from './start/welcome.ts';
import { docsOnDemand, writtenPage } from './start/written-page.ts';

const EXPECTED = [DataFolderError, EngineError, EnvironmentError, NewerDataError, ServerError, TableDiffersError];

// Only the owner of the process may read what people wrote, whatever the rights of the folder are.
process.umask(0o077);
const { onEnd, undoAll } = createOpened();
try {
  process.exitCode = await run(readStartOptions(process.env), onEnd);
} catch (error) {
  process.exitCode = 1;
  const expected = EXPECTED.some((kind) => error instanceof kind);
  console.error(expected ? `Konvert did not start. ${(error as Error).message}` : error);
}
await undoAll();
// Connections to messengers may still be open.
process.exit();

/** Runs until it is told to end or its database ends. Returns the exit code. */
async function run(options: StartOptions, onEnd: OnEnd): Promise<number> {
  // Signals count from now on: one that comes during the start ends Konvert as soon as it has started.
  const toldToEnd = new Promise<0>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(0));
  });
  const folder = await openDataFolder(options.dataFolder);
  onEnd(() => folder.release());
  const { log, close } = openLogFile(folder.file('konvert.log'), (line) => console.error(line));
  onEnd(close);
  // Time zones change by law. If an hour is wrong, this line tells which edition was used.
  log({ started: process.version, zones: process.versions.tz ?? 'none' });

  console.log(`Starting Konvert with the data in ${folder.path}`);
  // Without a folder it is built anew at each start, while the database opens, so it is never out of date.
  const page = options.page === undefined ? writtenPage(folder.file('page')) : openPageFiles(options.page);
  // Before there is a database, so that there is never a database without it.
  const cipherKey = await readCipherKey(options, folder);
  const database = await openDatabase(options, folder, onEnd);
  await createTables(database.client, definitions, tables);
  const store = createStoreDeps({ client: database.documents, tables, clock: systemClock, newId: randomUUID });
  await createDataVersions(store).note();
  const operatorKey = await readOperatorKey(options, folder);
  const pages = { page: await page, docs: docsOnDemand(folder.file('docs')) };
  const konvert = await createKonvert(options, folder, cipherKey, database.documents, pages, log);
  const links = await serve(options, folder, konvert, operatorKey.value, log, onEnd);
  console.log(welcome(options, folder, operatorKey.where, links));

  const code = await Promise.race([toldToEnd, database.ended]);
  if (code === 0) console.log('Konvert is ending: what is under way is finished first');
  return code;
}

/** The key of the messengers' tokens. A new one would open none of those in a database that is there, so that is refused. */
async function readCipherKey({ dynamodbEndpoint }: StartOptions, folder: DataFolder): Promise<string> {
  const isLost = existsSync(folder.file('konvert.db')) && !existsSync(folder.file('cipher.key'));
  if (isLost && dynamodbEndpoint === undefined) {
    throw new DataFolderError(folder.path, 'has a database, but its cipher.key is gone; restore it from a backup');
  }
  return folder.secret('cipher.key', newCipherKey);
}

async function readOperatorKey({ operatorKey }: StartOptions, folder: DataFolder) {
  if (operatorKey !== undefined) return { value: operatorKey, where: 'as given in KONVERT_OPERATOR_KEY' };
  const file = folder.file('operator.key');
  const made = !existsSync(file);
  const value = await folder.secret('operator.key', newKey);
  if (value.length < SHORTEST_OPERATOR_KEY) {
    const reason = `has an operator.key of less than ${SHORTEST_OPERATOR_KEY} characters; delete it to get a new one`;
    throw new DataFolderError(folder.path, reason);
  }
  return { value, where: made ? `${value}\n                (made just now, kept in ${file})` : `in ${file}` };
}
