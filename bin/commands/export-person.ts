import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { StepError } from '../terminal/errors.ts';
import type { Run, Told } from '../terminal/verb.ts';

type Page = components['schemas']['ExportPage'];
type ExportedFile = Page['files'][number];
type PersonPath = Pick<components['schemas']['Chat'], 'chatType' | 'chatId'>;

/** A file of the export. `path` is where it lies beside the document; null if it could not be fetched. */
type KeptFile = ExportedFile & { readonly path: string | null };

const DOCUMENT = 'person.json';
const FILES = 'files';
/** What is personal is for the eyes of who asked for it. */
const OWN_FOLDER = 0o700;
const OWN_FILE = 0o600;
const FILE_MS = 300_000;
const MOST_OF_A_NAME = 100;

/**
 * Writes all that is known of a person into a folder: one document, and the files beside it. The folder is there once it
 * is whole. Throws a `StepError` if something is in it already, and for files that could not be fetched, once the rest is
 * written.
 */
export async function exportInto(
  { terminal, saysIfStopped }: Run<unknown>,
  konvert: KonvertClient,
  path: PersonPath,
  to: string,
): Promise<Told> {
  const folder = resolve(to);
  await refuseIfFull(folder);
  const part = `${folder}.part`;
  await mkdir(part, { mode: OWN_FOLDER }).catch((error: NodeJS.ErrnoException) => {
    throw new StepError(`${part} cannot be made (${error.code})`);
  });
  saysIfStopped(`Stopped. What was fetched so far is in ${part}: delete it.`);
  try {
    const { person, chats, messages, files } = await allPages(konvert, path, terminal.note);
    await mkdir(join(part, FILES), { mode: OWN_FOLDER });
    const kept: KeptFile[] = [];
    for (const [index, file] of files.entries()) kept.push(await keepFile(part, file, index + 1));
    const exported = { exportedAt: new Date().toISOString(), person, chats, messages, files: kept };
    await writeFile(join(part, DOCUMENT), `${JSON.stringify(exported, null, 2)}\n`, { mode: OWN_FILE });
    await rename(part, folder);
    return toldOf(folder, exported);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function refuseIfFull(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new StepError(`${folder} cannot be used (${error.code})`);
  });
  if (there.length > 0) throw new StepError(`${folder} is not empty. Name a folder that is not there yet`);
}

async function allPages(konvert: KonvertClient, path: PersonPath, note: (text: string) => void) {
  let after: string | undefined;
  let first: Page | undefined;
  const messages: Page['messages'][number][] = [];
  const files: ExportedFile[] = [];
  for (let pages = 1; ; pages += 1) {
    const query = after === undefined ? {} : { after };
    const page = await dataOf(konvert.GET('/v1/people/{chatType}/{chatId}', { params: { path, query } }));
    first ??= page;
    messages.push(...page.messages);
    files.push(...page.files);
    if (page.next === null) return { person: first.person, chats: first.chats, messages, files };
    if (pages % 20 === 0) note(`${messages.length} messages so far`);
    after = page.next;
  }
}

async function keepFile(part: string, file: ExportedFile, number: number): Promise<KeptFile> {
  if (file.contentUri === undefined || file.state !== 'stored') return { ...file, path: null };
  const path = `${FILES}/${String(number).padStart(4, '0')}-${safe(file.name)}`;
  try {
    const answer = await fetch(file.contentUri, { signal: AbortSignal.timeout(FILE_MS) });
    if (!answer.ok || !answer.body) return { ...file, path: null };
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(join(part, path), { mode: OWN_FILE }));
    return { ...file, path };
  } catch {
    await rm(join(part, path), { force: true });
    return { ...file, path: null };
  }
}

/** A name that leads into no other folder and that every system takes. Strangers have chosen it. */
function safe(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+/, '');
  return plain.slice(-MOST_OF_A_NAME).replace(/[. ]+$/, '') || 'file';
}

/** How many there are, in words. */
function counted({ length }: readonly unknown[], one: string): string {
  return `${length} ${length === 1 ? one : `${one}s`}`;
}

function toldOf(folder: string, exported: { chats: unknown[]; messages: unknown[]; files: KeptFile[] }): Told {
  const { chats, messages, files } = exported;
  const missing = files.filter(({ path, state }) => path === null && state === 'stored');
  if (missing.length > 0) {
    throw new StepError(
      `${missing.length} of ${files.length} files could not be fetched. Everything else is in ${folder}, where ${DOCUMENT} names them`,
    );
  }
  const told = { folder, chats: chats.length, messages: messages.length, files: files.length };
  const counts = `${counted(chats, 'chat')}, ${counted(messages, 'message')}, ${counted(files, 'file')}`;
  return { json: told, text: `${counts}: ${join(folder, DOCUMENT)}` };
}
