import type { PageFile, PageFiles } from '#functions/serve-page/page-files';
import type { PagePlaces } from '#functions/serve-page/policy';
import { WORKER } from '#lib/page-manifest';

/** The name of the one script of `pageDouble`, beside its worker. */
export const PAGE_FILE = 'main-ABCD1234.js';

function fileOf(type: string, text: string): PageFile {
  return { type, bytes: Buffer.from(text), encoding: undefined };
}

/** A page that is not built: a document and one file. */
export const pageDouble: PageFiles = {
  async document() {
    return fileOf(
      'text/html; charset=utf-8',
      `<!doctype html><script type="module" src="../page/${PAGE_FILE}"></script>`,
    );
  },
  async get(name) {
    return name === PAGE_FILE || name === WORKER ? fileOf('text/javascript; charset=utf-8', 'export {};') : undefined;
  },
};

/** The name of the one script of `docsDouble`. */
export const DOCS_FILE = 'main-DCBA4321.js';

/** What `/docs` shows, not built: a document and one file. */
export const docsDouble: PageFiles = {
  async document() {
    return fileOf('text/html; charset=utf-8', `<!doctype html><script type="module" src="docs/${DOCS_FILE}"></script>`);
  },
  async get(name) {
    return name === DOCS_FILE ? fileOf('text/javascript; charset=utf-8', 'export {};') : undefined;
  },
};

/** What the page may reach. */
export const placesDouble: PagePlaces = { files: ['https://files.example'], doorbell: ['wss://doorbell.example'] };
