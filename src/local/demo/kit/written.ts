import * as z from 'zod/mini';
import { DEMO_CLIENTS, type DemoClient } from './clients.ts';
import type { DemoFile, MediaFiles } from './media-files.ts';

/** What a client of the demo may send at once, in bytes of the file. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;

const fileSchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  type: z.string().check(z.regex(/^[\w.+-]+\/[\w.+-]+$/), z.maxLength(100)),
  base64: z.string().check(z.minLength(1), z.maxLength(Math.ceil((MAX_FILE_BYTES * 4) / 3) + 4)),
});

const writtenSchema = z.object({
  text: z._default(z.string().check(z.maxLength(4096)), ''),
  client: z._default(z.enum(Object.keys(DEMO_CLIENTS) as DemoClient[]), 'anna'),
  file: z.optional(fileSchema),
});

/** What a client of the demo writes: a text, a file, or a file with a text below it. */
export interface Written {
  readonly client: DemoClient;
  readonly text: string;
  readonly file?: DemoFile | undefined;
}

/** Reads what a client writes, and keeps the file. Undefined if it is nothing, or cannot be read. */
export async function readWritten(files: MediaFiles, body: unknown): Promise<Written | undefined> {
  const read = writtenSchema.safeParse(body);
  if (!read.success) return undefined;
  const { client, text, file } = read.data;
  if (file === undefined) return text === '' ? undefined : { client, text };
  const bytes = Buffer.from(file.base64, 'base64');
  if (bytes.length === 0) return undefined;
  return { client, text, file: await files.add({ name: file.name, type: file.type, bytes }) };
}

/** What may be written, for an answer to somebody who wrote something else. */
export const WRITE_THIS = 'Send {"text": "…", "client": "anna", "file": {"name": "…", "type": "…", "base64": "…"}}';
