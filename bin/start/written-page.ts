import { openPageFiles, type PageFiles } from '#functions/serve-page/page-files';
import { buildDocs } from '#lib/docs';
import { type BuiltPage, buildPage, writePage } from '#lib/page';

/** Builds the page into that folder. Nobody has to wait for the promise at once: it fails only for who does. */
export function writtenPage(folder: string): Promise<PageFiles> {
  const written = writtenTo(folder, buildPage());
  written.catch(() => undefined);
  return written;
}

/** What `/docs` shows. It is built into that folder when somebody first asks for it: few starts of Konvert see it. */
export function docsOnDemand(folder: string): PageFiles {
  let written: Promise<PageFiles> | undefined;
  async function files(): Promise<PageFiles> {
    written ??= writtenTo(folder, buildDocs());
    return written;
  }
  return {
    document: async (accepted) => (await files()).document(accepted),
    get: async (name, accepted) => (await files()).get(name, accepted),
  };
}

async function writtenTo(folder: string, built: Promise<BuiltPage>): Promise<PageFiles> {
  writePage(folder, await built, 'quick');
  return openPageFiles(folder);
}
