import { spawnSync } from 'node:child_process';
import { tell, verdictOf } from './verdict.ts';

// Asks the registry for advisories about the packages of the lock file: first those that run, then all.
const [ofRuntime, ofAll] = [['--omit=dev'], []].map((more) => {
  const { stdout } = spawnSync('npm', ['audit', '--json', ...more], { encoding: 'utf8' });
  return verdictOf(stdout ?? '');
});
const { lines, code } = tell(ofRuntime!, ofAll!);
console.log(lines.join('\n'));
process.exitCode = code;
