import { openPageFiles, type PageFiles } from '#functions/serve-page/page-files';
import { buildPage, writePage } from '#lib/page';

/** Builds the page into that folder. Nobody has to wait for the promise at once: it fails only for who does. */
export function writtenPage(folder: string): Promise<PageFiles> {
  const written = buildPage().then((page) => {
    writePage(folder, page, 'quick');
    return openPageFiles(folder);
  });
  written.catch(() => undefined);
  return written;
}
