/** What a `Range` header asks for: the first and the last byte, all of it, or what there is not. */
export type ByteRange = { readonly from: number; readonly to: number } | 'all' | 'none';

/**
 * Reads a `Range` header for a file of that size (RFC 9110, 14.1.2). Several ranges at once, and what is no range, ask
 * for all of it, as the RFC allows.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'all';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'none' : { from: size - length, to: size - 1 };
  }
  const [from, to] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)];
  if (last !== '' && Number(last) < from) return 'all';
  return from < size ? { from, to } : 'none';
}
