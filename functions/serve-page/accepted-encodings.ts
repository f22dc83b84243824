import type { PageEncoding } from '#lib/page-manifest';

/** The smallest first. */
const KNOWN: readonly PageEncoding[] = ['br', 'gzip'];

/** The encodings that a browser takes, as its `Accept-Encoding` says: `gzip, br;q=0.5`. One with `q=0` is refused. */
export function acceptedEncodings(headers: Readonly<Record<string, string | undefined>>): PageEncoding[] {
  const accepted = (headers['accept-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';').map((part) => part.trim()))
    .filter(([, weight = '']) => !/^q=0(\.0*)?$/.test(weight))
    .map(([name]) => name);
  return KNOWN.filter((encoding) => accepted.includes(encoding));
}
