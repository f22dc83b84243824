import { connect } from 'node:net';
import { EngineError } from '#local/errors';

/** What the engine answered. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: string;
}

/** A connection to the engine. It is open from the first request on. */
export interface Connection {
  /** Sends a request and waits for its answer; one at a time. Rejects if the connection ends before that. */
  ask(request: string): Promise<EngineAnswer>;
  /** Ends the connection. What is under way fails with that error. */
  end(error: Error): void;
}

const BUFFER_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);
const END_OF_HEAD = '\r\n\r\n';

/**
 * Opens a connection; `closed` is called when it has ended. `node:http` would do the same for twice the CPU, and it was
 * a fifth of what the process did at load.
 */
export function openConnection(host: string, port: number, closed: () => void): Connection {
  let pending: PromiseWithResolvers<EngineAnswer> | undefined;
  let received = NOTHING;
  let broken: Error | undefined;

  function take(bytes: Buffer): void {
    try {
      const all = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
      const answer = readAnswer(all);
      // The socket uses the bytes again.
      received = answer ? NOTHING : Buffer.from(all);
      if (!answer) return;
      if (!pending) throw new EngineError('The engine answers what nobody asked');
      pending.resolve(answer);
      pending = undefined;
    } catch (error) {
      socket.destroy(error as Error);
    }
  }

  const socket = connect({
    host,
    port,
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(BUFFER_BYTES),
      callback(length, buffer) {
        take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        return true;
      },
    },
  });
  socket.on('error', (error) => {
    broken = error;
  });
  socket.on('close', () => {
    pending?.reject(broken ?? Object.assign(new Error('The engine closed the connection'), { code: 'ECONNRESET' }));
    pending = undefined;
    closed();
  });

  return {
    ask(request) {
      pending = Promise.withResolvers();
      socket.write(request);
      return pending.promise;
    },
    end: (error) => void socket.destroy(error),
  };
}

/** The answer, or undefined if it is not whole yet. The engine tells the length of every answer. */
function readAnswer(bytes: Buffer): EngineAnswer | undefined {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead < 0) return undefined;
  const head = bytes.toString('latin1', 0, endOfHead);
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? [];
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (status === undefined || length === undefined)
    throw new EngineError('The engine does not answer as an engine does');
  const start = endOfHead + END_OF_HEAD.length;
  const end = start + Number(length);
  if (bytes.length < end) return undefined;
  return { status: Number(status), body: bytes.toString('utf8', start, end) };
}
