import { doesNotMatch, equal, match } from 'node:assert/strict';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { PATIENCE_MS } from '#test/patience';
import { endRunning } from './command.ts';
import { playCommandLine } from './command-line.ts';
import { playCounter } from './counter.ts';
import { bootstrap, type Deployment, deploy, makeOperatorKey } from './deployment.ts';
import { playDocs } from './docs.ts';
import { playDoorbell, playWithoutDoorbell } from './doorbell.ts';
import { type Engine, installEngine, startEngine } from './engine.ts';
import { playFiles } from './files.ts';
import { handsOf } from './hands.ts';
import { playListeners } from './listeners.ts';
import { playPage } from './page.ts';
import { Report } from './report.ts';
import { playRequests } from './requests.ts';
import { playSlashes } from './slashes.ts';
import { playPublic, playSpine } from './spine.ts';
import { playTeams } from './teams.ts';
import { playWhatsApp } from './whatsapp.ts';

const report = new Report();
const opened: (() => Promise<unknown>)[] = [];

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    endRunning();
    void close().then(() => process.exit(1));
  });
}

try {
  const installed = await report.step('the engine is installed', installEngine);
  const bot = await startBotApi();
  opened.push(() => bot.stop());
  const engine = await report.step('the engine answers', () => startEngine(installed));
  opened.push(engine.stop);
  await report.step('cdk bootstrap', () => bootstrap(engine));
  try {
    await tryGateways(engine, bot);
  } catch (error) {
    console.error(`The end of the engine's log:\n${(await engine.log()).split('\n').slice(-40).join('\n')}`);
    throw error;
  }
  await report.step('the engine has ended', async () => opened.pop()?.());
} catch (error) {
  process.exitCode = 1;
  console.error(error);
}
await close();
report.close();

/** Tries one stack with both gateways. What is stored stays when the gateway changes. */
async function tryGateways(engine: Engine, bot: BotApiDouble): Promise<void> {
  console.log('\nHTTP API');
  const deployment = await deployQuietly(engine, 'http');
  const { url } = deployment;
  const operatorKey = await report.check('npm run konvert -- operator-key', () => makeOperatorKey(engine, deployment));
  const trial = { url, operatorKey, bot, report, withinMs: PATIENCE_MS };
  const hands = await handsOf(engine);
  await report.check('the first sweep makes the secret of the installation', () => hands.invoke('sweep-lanes', {}));
  await playPublic(trial);
  await playSpine(trial);
  await playSlashes(trial);
  await playWhatsApp(trial);
  await playFiles(trial);
  await playListeners(hands, trial);
  await playTeams(hands, trial);
  await playCommandLine(trial);
  const shop = await playDoorbell(trial);
  await playCounter(trial);
  await playPage(trial);
  await playDocs(trial);
  await report.check('cdk deploy again: no changes, the same address', async () => {
    const again = await deploy(engine, 'http');
    match(again.printed, /no changes/);
    equal(again.url, url);
  });

  console.log('\nREST API (-c gateway=rest)');
  const rest = await deployQuietly(engine, 'rest');
  await playRequests({ ...trial, url: rest.url });
  await playSlashes({ ...trial, url: rest.url });
  await playFiles({ ...trial, url: rest.url });
  await playWithoutDoorbell({ ...trial, url: rest.url }, shop.key);
  await playCounter({ ...trial, url: rest.url });
  await playPage({ ...trial, url: rest.url });
  await playDocs({ ...trial, url: rest.url });
  await playCommandLine({ ...trial, url: rest.url });
}

function deployQuietly(engine: Engine, gateway: 'http' | 'rest'): Promise<Deployment> {
  return report.check('cdk deploy, without a warning', async () => {
    const made = await deploy(engine, gateway);
    doesNotMatch(made.printed, /^.*\bwarning\b.*$/im);
    return made;
  });
}

async function close(): Promise<void> {
  for (const undo of opened.splice(0).reverse()) await undo().catch(console.error);
}
