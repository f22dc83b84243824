/** The folder of the page, beside the bundle of the function that serves it. */
export const PAGE_FOLDER = 'page';

/** The folder of what `/docs` shows, beside the bundle of the function that serves it. */
export const DOCS_FOLDER = 'docs';

/** The file of the built page that names all others. */
export const MANIFEST = 'manifest.json';

/** The page itself. It names the files that it begins with, and is the same for everybody. */
export const DOCUMENT = 'index.html';

/** The service worker. Its name never changes, because a browser looks for a newer one under the old name. */
export const WORKER = 'sw.js';

/** How a file is kept, beside the way it is: `name.br` and `name.gz`. */
export type PageEncoding = 'br' | 'gzip';

/** A file of the page, as it was built. */
export interface BuiltFile {
  readonly type: string;
  readonly encodings: readonly PageEncoding[];
}

/** All files of the page by their names. Each name but those of the document and the worker has the file's hash. */
export type PageManifest = Readonly<Record<string, BuiltFile>>;

/** The name under which a file is kept in that encoding. */
export function encodedName(name: string, encoding: PageEncoding | undefined): string {
  if (encoding === undefined) return name;
  return `${name}.${encoding === 'gzip' ? 'gz' : 'br'}`;
}
