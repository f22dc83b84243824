import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ask, askBy } from './ask.ts';

/**
 * Judges by a package of npm, in a folder of its own: it is old, and has no place among the dependencies. The script is told
 * the folder. The process fails if the judge says no. Where the package cannot be installed nothing is judged, and that is
 * said.
 */
export async function judgeWithNpm(name: string, script: string, judge: (ask: Ask) => Promise<boolean>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'konvert-judge-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    const words = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', name];
    const isInstalled = spawnSync('npm', words, { cwd: folder, timeout: 180_000 }).status === 0;
    if (!isInstalled) console.log(`${name} could not be installed, so it judged nothing`);
    else if (!(await judge(askBy(process.execPath, [script, folder])))) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
