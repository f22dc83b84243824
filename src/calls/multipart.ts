import { ReadableStream as WebStream } from 'node:stream/web';

/** A file in a form. */
export interface FormFile {
  readonly field: string;
  readonly name: string;
  readonly mimeType: string;
  /** In bytes. A body of another length breaks the request off. */
  readonly size: number;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** A form with a file, as `fetch` takes it. */
export interface Form {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReadableStream<Uint8Array>;
  /** `fetch` asks for it where a body is a stream. */
  readonly duplex: 'half';
}

/**
 * A form of texts and one file (`multipart/form-data`). The file is read while it is sent, and never held as a whole.
 * `FormData` would hold it. https://www.rfc-editor.org/rfc/rfc7578
 */
export function formOf(texts: Readonly<Record<string, string>>, file: FormFile, boundary: string): Form {
  const head = Buffer.from(
    `${Object.entries(texts)
      .map(([name, value]) => `${partOf(boundary, name)}\r\n\r\n${value}\r\n`)
      .join('')}${partOf(boundary, file.field, file.name)}\r\nContent-Type: ${typeOf(file)}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* parts(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* exactly(await file.open(), file.size);
    yield tail;
  }

  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.byteLength + file.size + tail.byteLength),
    },
    body: WebStream.from(parts()) as ReadableStream<Uint8Array>,
    duplex: 'half',
  };
}

/** The bytes, if there are exactly so many. What is longer is not read to its end. */
async function* exactly(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.byteLength;
    if (read > size) throw new RangeError('The file is longer than it was said to be');
    yield chunk;
  }
  if (read < size) throw new RangeError('The file is shorter than it was said to be');
}

function partOf(boundary: string, field: string, fileName?: string): string {
  const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(field)}"${file}`;
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#escaping-a-multipart/form-data */
function quoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

/** A type that would break its line counts as none. */
function typeOf({ mimeType }: FormFile): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
}
