import { createWriteStream, renameSync, statSync } from 'node:fs';
import { createLog, type Log } from '#log';

/** A log in a file. */
export interface LogFile {
  readonly log: Log;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

const LARGEST_BYTES = 50 * 1024 * 1024;

/**
 * Appends JSON lines with their time to the file, which only the owner may read; a large one is put aside as `.1` first.
 * Lines about something that broke go to `onError` too.
 */
export function openLogFile(path: string, onError: (line: string) => void): LogFile {
  putAside(path);
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  // A full disk must not end what still works.
  file.on('error', (error) => onError(`Cannot write ${path}: ${error.message}`));
  const write = createLog((line) => file.write(`${line}\n`));
  return {
    log(entry) {
      // Not `at`: that is where an error came from.
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
