import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCUMENT, encodedName, MANIFEST, type PageEncoding, type PageManifest } from '#lib/page-manifest';

/** A file of the page as it is answered, in one of the encodings that the browser takes. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Undefined: it is as it is. */
  readonly encoding: PageEncoding | undefined;
}

/** The files of the built page. */
export interface PageFiles {
  /** The page itself. */
  document(accepted: readonly PageEncoding[]): Promise<PageFile>;
  /** A file that the page names, or undefined. The page itself is not among them. */
  get(name: string, accepted: readonly PageEncoding[]): Promise<PageFile | undefined>;
}

/** The files in a folder that `lib/page.ts` wrote. Each is read when it is asked for, and nothing before. */
export function openPageFiles(folder: string): PageFiles {
  let manifest: Promise<PageManifest> | undefined;
  async function readManifest(): Promise<PageManifest> {
    return JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as PageManifest;
  }

  async function read(name: string, accepted: readonly PageEncoding[]): Promise<PageFile | undefined> {
    manifest ??= readManifest();
    const known = await manifest;
    const file = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!file) return undefined;
    const encoding = file.encodings.find((one) => accepted.includes(one));
    return { type: file.type, bytes: await readFile(join(folder, encodedName(name, encoding))), encoding };
  }

  return {
    async document(accepted) {
      const document = await read(DOCUMENT, accepted);
      if (!document) throw new Error(`There is no page in ${folder}`);
      return document;
    },
    async get(name, accepted) {
      return name === DOCUMENT ? undefined : read(name, accepted);
    },
  };
}
