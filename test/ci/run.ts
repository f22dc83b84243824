import { runInTurn, runStep, type Step, tell } from './steps.ts';

// .ci/run, after `npm ci`: the README's test command, the page once more in other browsers, the advisories, the stack, the
// deployment, and clients that other programs make.

const BROWSERS = ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb', 'python3-venv'];
/** Installs what is missing. */
const INSTALL = `need=()
for package in ${BROWSERS.join(' ')}; do dpkg -s "$package" >/dev/null 2>&1 || need+=("$package"); done
if [ \${#need[@]} -gt 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "\${need[@]}" >/dev/null
fi`;

const npm = (script: string, ...words: string[]) => [
  'npm',
  'run',
  script,
  ...(words.length > 0 ? ['--', ...words] : []),
];

const tests: Step = { name: 'npm test', command: ['npm', 'test', '--'], isVitest: true, counts: 'tests' };
// Who needs what is not there then fails, and says so.
const packages: Step = {
  name: 'packages of Debian',
  command: ['bash', '-c', INSTALL],
  counts: 'nothing',
  failsWith: [],
};
const inBrowsers: readonly Step[] = [
  {
    name: 'the page in Chromium of Debian',
    command: ['npm', 'exec', '--', 'vitest', 'run', 'test/page', '--exclude', 'test/page/docs.int.test.ts'],
    env: { CHROMIUM: '/usr/bin/chromium' },
    isVitest: true,
  },
  { name: 'test:browsers', command: npm('test:browsers') },
];
const beside: readonly Step[] = [
  // 1 says that what runs has a grave advisory. What could not be checked is printed and fails nothing.
  { name: 'audit', command: npm('audit'), failsWith: [1] },
  { name: 'synth', command: npm('synth') },
  { name: 'test:deploy', command: npm('test:deploy') },
  { name: 'test:clients', command: npm('test:clients') },
];

const began = Number(process.env.CI_BEGAN ?? Date.now() / 1000);
const print = (text: string) => process.stdout.write(text);
const installing = runInTurn([packages], print);
const tested = await runStep(tests, print);
const installed = await installing;
const [first, second] = await Promise.all([runInTurn(inBrowsers, print), runInTurn(beside, print)]);
const outcomes = [tested, ...installed, ...first, ...second];
console.log(tell(outcomes, Date.now() / 1000 - began));
process.exitCode = outcomes.every(({ failures }) => failures.length === 0) ? 0 : 1;
