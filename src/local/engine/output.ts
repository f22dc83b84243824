import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READ_BYTES = 4_096;

/** An open file that an engine prints to. */
export interface EngineOutput extends Disposable {
  readonly fd: number;
  /** The first 4 KiB that were printed since the file was opened. */
  text(): string;
}

/**
 * Opens the log file to append to it. Without one, a file without a name takes its place: a pipe would break when this
 * process is killed, and the engine would end with it.
 */
export function openOutput(logFile: string | undefined): EngineOutput {
  const path = logFile ?? join(tmpdir(), `konvert-engine-${randomUUID()}.log`);
  const fd = openSync(path, 'a+', 0o600);
  if (logFile === undefined) rmSync(path);
  const start = fstatSync(fd).size;
  return {
    fd,
    text() {
      const bytes = Buffer.alloc(READ_BYTES);
      return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, start));
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}
