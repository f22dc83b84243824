/**
 * Where files lie: a bucket in AWS, a folder on one machine. Keys are those of `fileKey`. Whatever else fails, such as
 * the network, is thrown as it is.
 */
export interface BlobStore {
  /**
   * Whole or not at all; the same key again changes nothing, and answers with what is there. Throws `TooLargeError`
   * beyond `maxBytes`, and what `body` throws.
   */
  put(
    key: string,
    body: AsyncIterable<Uint8Array>,
    about: { readonly type: string; readonly disposition: string; readonly maxBytes: number },
  ): Promise<BlobFacts>;
  /**
   * The file, or a part of it: `from` lies within it, and `to`, the last byte, may lie behind it. `size` is that of the
   * whole file. Undefined if there is none. Throws a `RangeError` if `from` lies behind it.
   */
  get(key: string, range?: BlobRange): Promise<OpenBlob | undefined>;
  /**
   * An address for anybody for that long, which ends in `name` and redirects nowhere. Undefined where there is none: on
   * one machine without a public address.
   */
  linkTo(key: string, name: string, seconds: number): Promise<string | undefined>;
  /** An address that takes one file of exactly that size by `PUT`, with these headers and no others. */
  uploadTo(
    key: string,
    about: { readonly type: string; readonly size: number },
    seconds: number,
  ): Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> }>;
  /** Removes it; nothing is done if there is none. */
  remove(key: string): Promise<void>;
}

/** Its size in bytes, and its SHA-256 in lower-case hex digits. */
export interface BlobFacts {
  readonly size: number;
  readonly sha256: string;
}

/** The first byte, and the last one. Without `to` it is the last of the file. */
export interface BlobRange {
  readonly from: number;
  readonly to?: number | undefined;
}

/** A file that is read. */
export interface OpenBlob {
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number;
  readonly type: string;
}

/** There is more than the caller allowed. */
export class TooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`The file has more than ${maxBytes} bytes`);
    this.name = 'TooLargeError';
  }
}
