import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { StepError } from '../terminal/errors.ts';
import { type Demo, show } from './demo-calls.ts';

/** The types of files by the ends of their names. */
const TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.txt': 'text/plain',
};

/** A file of this machine that somebody sends. */
export interface FileToSend {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Reads a file to send. Throws a `StepError` if it cannot be read. */
export async function readFileToSend(path: string): Promise<FileToSend> {
  const name = basename(path);
  const type = TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  try {
    return { name, type, bytes: await readFile(path) };
  } catch (error) {
    throw new StepError(`The file cannot be read: ${(error as Error).message}`);
  }
}

/** Hands a file to Konvert, as the chat page does, and returns the address that a message may name. */
export async function upload(demo: Demo, path: string): Promise<string> {
  const { name, type, bytes } = await readFileToSend(path);
  const body = { name, type, size: bytes.length };
  const answer = await show<{ contentUri: string; upload: { url: string; headers: Record<string, string> } }>(demo, {
    method: 'POST',
    path: '/v1/files',
    body,
  });
  const { url, headers } = answer.upload;
  const put = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  if (!put.ok) throw new StepError(`The upload was refused: ${put.status} ${await put.text()}`);
  return answer.contentUri;
}
