import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from '#test/patience';

/** An answer as it came over the socket. Its status is 0 if the connection ended before that was sent. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawOptions {
  /** Sends the bytes in parts, with `count` pauses of `ms` milliseconds. */
  readonly pauses?: { readonly count: number; readonly ms: number };
  /** Closes the connection when all is sent, without waiting for an answer. */
  readonly leaves?: boolean;
}

/** Sends the bytes to the port. Resolves to all answers that come until the server closes the connection. */
export async function sendRaw(port: number, bytes: Buffer, { pauses, leaves }: RawOptions = {}): Promise<RawAnswer[]> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    // The server may reset a connection that it refuses in the middle of a body.
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  });
  const { count, ms } = pauses ?? { count: 0, ms: 0 };
  const step = Math.ceil(bytes.length / (count + 1));
  for (let at = 0; at < bytes.length; at += step) {
    if (at > 0) await sleep(ms);
    socket.write(bytes.subarray(at, at + step));
  }
  if (leaves) socket.destroy();
  await ended;
  return readAnswers(Buffer.concat(chunks));
}

/** Reads answers with a content length from the bytes. */
function readAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n');
    // Chunked answers are not read: Node sends some, and Konvert sends none.
    if (!rest.subarray(0, 5).equals(Buffer.from('HTTP/'))) return answers;
    const head = rest.subarray(0, end < 0 ? undefined : end).toString('latin1');
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const lines = [...head.matchAll(/^([\w-]+): *(.*)$/gm)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.trim(),
    ]);
    const headers = Object.fromEntries(lines);
    if (end < 0) return [...answers, { status, headers, body: '' }];
    const body = rest.subarray(end + 4, end + 4 + length);
    answers.push({ status, headers, body: body.toString() });
    rest = rest.subarray(end + 4 + length);
  }
  return answers;
}
