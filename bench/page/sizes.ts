import { buildDocs } from '#lib/docs';
import { buildPage } from '#lib/page';
import { docsSizesOf, type PageSize, sizesOf } from '#lib/page-sizes';
import { type Row, rounded } from '../table.ts';

/** What the page and `/docs` weigh on their way to a browser. Tests hold them to the same budgets. */
export async function measureSizes(): Promise<Row[]> {
  return [
    ...sizesOf(await buildPage()).map((size) => rowOf('page, after gzip', size)),
    ...docsSizesOf(await buildDocs()).map((size) => rowOf('/docs, files after Brotli', size)),
  ];
}

function rowOf(what: string, { part, bytes, most }: PageSize): Row {
  return {
    what: `${what}: ${part}`,
    budget: `<= ${most / 1000} KB`,
    figure: `${rounded(bytes / 1000, 1)} KB`,
    met: bytes <= most,
  };
}
