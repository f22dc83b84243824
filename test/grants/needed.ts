import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from '#lib/functions';

/** The variable with the folder in which processes note which grants were needed. Without it nothing is noted. */
export const NEEDED_VARIABLE = 'KONVERT_GRANTS';

const noted = new Set<string>();

/** A grant of a function, in words. */
export function grantWords(name: string, part: string): string {
  return `${name}: ${part}`;
}

/** Notes that a call of the function was allowed by these grants and by no other. */
export function noteNeeded(name: FunctionName, parts: readonly string[]): void {
  const folder = process.env[NEEDED_VARIABLE];
  if (folder === undefined) return;
  for (const line of parts.map((part) => grantWords(name, part))) {
    if (noted.has(line)) continue;
    noted.add(line);
    appendFileSync(join(folder, String(process.pid)), `${line}\n`);
  }
}

/** The grants that processes noted in the folder. */
export function readNeeded(folder: string): ReadonlySet<string> {
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  return new Set(lines.filter(Boolean));
}
