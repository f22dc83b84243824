import { execFile } from 'node:child_process';

/** Runs the judge's script with that on its input, as JSON. Resolves to what it prints, as JSON. */
export type Ask = <Judged>(given: unknown) => Promise<Judged>;

/** Asks by a command. It runs beside this process, which has to answer meanwhile. */
export function askBy(command: string, words: readonly string[]): Ask {
  return <Judged>(given: unknown) =>
    new Promise<Judged>((resolve, reject) => {
      const limits = { timeout: 120_000, maxBuffer: 4 << 20 };
      const child = execFile(command, words, limits, (error, output, errors) => {
        if (error) reject(new Error(errors || error.message));
        else resolve(JSON.parse(output));
      });
      child.stdin?.end(JSON.stringify(given));
    });
}
