import { createWriteStream, renameSync, statSync } from 'node:fs';
import { createLog, type Log } from '#log';

/** A log that is written to a file. */
export interface LogFile {
  readonly log: Log;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

const LARGEST_BYTES = 50 * 1024 * 1024;

/**
 * Opens a log that appends JSON lines with their time to the file, which only the owner may read. A file over 50 MiB is
 * renamed to `.1` first. A line with an error goes to `onError` too.
 */
export function openLogFile(path: string, onError: (line: string) => void): LogFile {
  putAside(path);
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  // Konvert goes on if the disk is full.
  file.on('error', (error) => onError(`Cannot write ${path}: ${error.message}`));
  const write = createLog((line) => file.write(`${line}\n`));
  return {
    log(entry) {
      // Not `at`, because in a line with an error that is the place in the code.
      write({ time: new Date().toISOString(), ...entry });
      if ('error' in entry) onError(JSON.stringify(entry));
    },
    close: () => new Promise((resolve) => file.end(() => resolve())),
  };
}

function putAside(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_BYTES) renameSync(path, `${path}.1`);
}
