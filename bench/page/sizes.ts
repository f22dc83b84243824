import { buildPage } from '#lib/page';
import { sizesOf } from '#lib/page-sizes';
import { type Row, rounded } from '../table.ts';

/** What the page weighs on its way to a browser. A test holds it to the same budget. */
export async function measureSizes(): Promise<Row[]> {
  return sizesOf(await buildPage()).map(({ part, bytes, most }) => ({
    what: `page, after gzip: ${part}`,
    budget: `<= ${most / 1000} KB`,
    figure: `${rounded(bytes / 1000, 1)} KB`,
    met: bytes <= most,
  }));
}
