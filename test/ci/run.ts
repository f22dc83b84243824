import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage, writePage } from '#lib/page';
import { freePort } from '#test/e2e/call-api';
import { startKonvert } from '#test/e2e/konvert-process';
import { runInTurn, runStep, type Step, tell } from './steps.ts';

// .ci/run, after `npm ci`: the README's test command, the page once more in other browsers, the advisories, the stack, the
// deployment, and clients that other programs make.

const BROWSERS = ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb', 'python3-venv'];
/**
 * The files of test/page in which a second build of Chromium may do otherwise: frames, storage, cookies, push, policy,
 * clipboard and input.
 */
const DIFFER = ['composer', 'device', 'frames', 'push', 'sign-in', 'storage'];
/** Installs what is missing. */
const INSTALL = `need=()
for package in ${BROWSERS.join(' ')}; do dpkg -s "$package" >/dev/null 2>&1 || need+=("$package"); done
if [ \${#need[@]} -gt 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "\${need[@]}" >/dev/null
fi`;

const npm = (script: string) => ['npm', 'run', script];

const tests: Step = { name: 'npm test', command: ['npm', 'test', '--'], isVitest: true, counts: 'tests' };
const grants: Step = { name: 'test:grants', command: npm('test:grants') };
// Who needs what is not there then fails, and says so.
const packages: Step = {
  name: 'packages of Debian',
  command: ['bash', '-c', INSTALL],
  counts: 'nothing',
  failsWith: [],
};
// Only what two builds of Chromium can differ in (ADR 72). `npm run long` plays all of test/page there.
const inDebian: Step = {
  name: 'the page in Chromium of Debian',
  command: ['npm', 'exec', '--', 'vitest', 'run', ...DIFFER.map((file) => `test/page/${file}.int.test.ts`)],
  env: { CHROMIUM: '/usr/bin/chromium' },
  isVitest: true,
};
const beside: readonly Step[] = [
  packages,
  // 1 says that what runs has a grave advisory. What could not be checked is printed and fails nothing.
  { name: 'audit', command: npm('audit'), failsWith: [1] },
  { name: 'synth', command: npm('synth') },
  { name: 'test:deploy', command: npm('test:deploy') },
  { name: 'test:clients', command: npm('test:clients') },
  { name: 'test:browsers', command: npm('test:browsers'), env: { KONVERT_PAGE: '' } },
  inDebian,
];

// A hundred servers and three hundred test files begin with the same modules: their compiled code is kept between them.
const kept = await mkdtemp(join(tmpdir(), 'konvert-ci-kept-'));
process.env.NODE_COMPILE_CACHE = join(kept, 'compiled');
// They serve one page too. That each start builds it is seen by whoever runs `npm test`, and by `npm run test:browsers` here.
process.env.KONVERT_PAGE = join(kept, 'page');
writePage(process.env.KONVERT_PAGE, await buildPage(), 'quick');
// What the tests need of the grants, which is judged after them.
process.env.KONVERT_GRANTS = join(kept, 'grants');
await mkdir(process.env.KONVERT_GRANTS);
// The stack is synthesised and deployed several times from the same functions.
process.env.KONVERT_BUNDLES = join(kept, 'bundles');
await mkdir(process.env.KONVERT_BUNDLES);
await startOnce().catch(() => undefined);
const began = Number(process.env.CI_BEGAN ?? Date.now() / 1000);
const print = (text: string) => process.stdout.write(text);
// The rest goes on beside the tests: both wait for other processes most of their time.
const others = runInTurn(beside, print);
const outcomes = [await runStep(tests, print), await runStep(grants, print), ...(await others)];
await rm(kept, { recursive: true, force: true });
console.log(tell(outcomes, Date.now() / 1000 - began));
process.exitCode = outcomes.every(({ failures }) => failures.length === 0) ? 0 : 1;

/** Starts Konvert and lets it end: one that is killed, as most are in tests, keeps nothing of what it compiled. */
async function startOnce(): Promise<void> {
  const ends: (() => unknown)[] = [];
  const options = {
    folder: join(kept, 'first'),
    port: await freePort(),
    by: 'node',
    env: { KONVERT_DEMO: 'on' },
  } as const;
  const konvert = await startKonvert(options, (end) => ends.push(end));
  await konvert.stop();
  for (const end of ends.reverse()) await end();
}
