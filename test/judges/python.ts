import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ask, askBy } from './ask.ts';

/**
 * Judges by a package of Python, in a fresh environment that has it. The process fails if the judge says no. Where the
 * package cannot be installed nothing is judged, and that is said.
 */
export async function judgeWith(name: string, script: string, judge: (ask: Ask) => Promise<boolean>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'konvert-judge-'));
  const python = join(folder, 'bin', 'python');
  try {
    const isMade = spawnSync('python3', ['-m', 'venv', folder]).status === 0;
    const words = ['-m', 'pip', 'install', '-q', name];
    const isInstalled = isMade && spawnSync(python, words, { timeout: 180_000 }).status === 0;
    if (!isInstalled) console.log(`${name} could not be installed, so it judged nothing`);
    else if (!(await judge(askBy(python, [script])))) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
