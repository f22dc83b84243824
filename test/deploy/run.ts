import { doesNotMatch, equal, match } from 'node:assert/strict';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { PATIENCE_MS } from '#test/patience';
import { playBackup } from './backup.ts';
import { endRunning } from './command.ts';
import { playCommandLine } from './command-line.ts';
import { playCounter } from './counter.ts';
import { type CrmToTry, playCrm, startCrm } from './crm.ts';
import { bootstrap, type Deployment, deploy, makeOperatorKey } from './deployment.ts';
import { playDocs } from './docs.ts';
import { playDoorbell, playWithoutDoorbell } from './doorbell.ts';
import { playEndToEnd } from './end-to-end.ts';
import { type Engine, installEngine, startEngine } from './engine.ts';
import { playFiles } from './files.ts';
import { playFlood } from './flood.ts';
import { handsOf } from './hands.ts';
import { playListeners } from './listeners.ts';
import { playMessengers } from './messengers.ts';
import { playMetrics } from './metrics.ts';
import { playPage } from './page.ts';
import { playCheck, playPeople } from './people.ts';
import { Report } from './report.ts';
import { playRequests } from './requests.ts';
import { playSlashes } from './slashes.ts';
import { playPublic, playSpine } from './spine.ts';
import { playTeams } from './teams.ts';
import { deployPrevious, playUpgrade } from './upgrade.ts';
import { playWaits } from './waits.ts';
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
  const crm = await startCrm();
  opened.push(() => crm.double.stop());
  const engine = await report.step('the engine answers', () => startEngine(installed, crm.env));
  opened.push(engine.stop);
  await report.step('cdk bootstrap', () => bootstrap(engine));
  try {
    await tryGateways(engine, crm);
  } catch (error) {
    await tellErrors(engine).catch(console.error);
    throw error;
  }
  await report.step('the engine has ended', engine.stop);
  opened.splice(opened.indexOf(engine.stop), 1);
} catch (error) {
  process.exitCode = 1;
  console.error(error);
}
await close();
report.close();

/** Tries one stack with both gateways. What is stored stays when the gateway changes. */
async function tryGateways(engine: Engine, crm: CrmToTry): Promise<void> {
  console.log('\nHTTP API');
  const before = await report.step('the stack of 0.1.0, with its data', () => deployPrevious(engine));
  const deployment = await deployQuietly(engine, 'http');
  const { url } = deployment;
  const operatorKey = await report.check('npm run konvert -- operator-key', () => makeOperatorKey(engine, deployment));
  const asked = { url, operatorKey, report, withinMs: PATIENCE_MS };
  const hands = await handsOf(engine);
  await report.check('the first sweep makes the secret of the installation', () => hands.invoke('sweep-lanes', {}));
  await playUpgrade(engine, before, asked);
  await playBackup(engine, before, report);
  // It starts most of the functions, one after the other.
  const first = await startBot();
  await playPublic(asked);
  await playSpine({ ...asked, bot: first });
  await atOnce(
    async (bot) => playPeople(engine, hands, { ...asked, bot }),
    async (bot) => playWaits(hands, { ...asked, bot }),
    async (bot) => {
      const trial = { ...asked, bot };
      await playEndToEnd(asked);
      await playCommandLine(trial);
      await playDoorbell(trial);
      await playCounter(trial);
      await playPage(trial);
      await playDocs(asked);
    },
    async (bot) => {
      const trial = { ...asked, bot };
      await playSlashes(trial);
      await playWhatsApp(asked);
      await playMessengers(hands, asked);
      await playFiles(trial);
      await playFlood(trial);
      await playListeners(hands, trial);
      await playMetrics(hands, trial);
      await playTeams(hands, trial);
      await playCrm(hands, crm, trial);
    },
  );
  await playCheck(asked);
  await report.check('cdk deploy again: no changes, the same address', async () => {
    const again = await deploy(engine, 'http');
    match(again.printed, /no changes/);
    equal(again.url, url);
  });

  console.log('\nREST API (-c gateway=rest)');
  const rest = { ...asked, url: (await deployQuietly(engine, 'rest')).url };
  await atOnce(
    async (bot) => {
      const trial = { ...rest, bot };
      await playRequests(trial);
      await playSlashes(trial);
      await playFiles(trial);
    },
    async (bot) => {
      const trial = { ...rest, bot };
      await playWithoutDoorbell(trial);
      await playPage(trial);
      await playDocs(rest);
    },
  );
}

/** Runs plays side by side, each with a bot of its own. All come to their end before the first failure is thrown. */
async function atOnce(...plays: readonly ((bot: BotApiDouble) => Promise<unknown>)[]): Promise<void> {
  const ends = await Promise.allSettled(plays.map(async (play) => play(await startBot())));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Prints what functions logged of errors: those that answer calls to their groups only, the others to the engine's log too. */
async function tellErrors(engine: Engine): Promise<void> {
  const { found } = await handsOf(engine);
  const lines = await found(
    'fields @timestamp, @log, @message | filter @message like /"error":|timed out/ | sort @timestamp asc',
  );
  const killed = (await engine.log()).split('\n').filter((line) => line.includes('timed out after'));
  console.error(`Errors that functions logged:\n${[...lines, ...killed].slice(-60).join('\n')}`);
}

async function startBot(): Promise<BotApiDouble> {
  const bot = await startBotApi();
  opened.push(() => bot.stop());
  return bot;
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
