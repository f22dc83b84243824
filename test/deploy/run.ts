import { doesNotMatch, equal, match } from 'node:assert/strict';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { endRunning } from './command.ts';
import { bootstrap, type Deployment, deploy, makeOperatorKey } from './deployment.ts';
import { type Engine, installEngine, startEngine } from './engine.ts';
import { handsOf } from './hands.ts';
import { playListeners } from './listeners.ts';
import { Report } from './report.ts';
import { playRequests } from './requests.ts';
import { playPublic, playSpine, type Trial } from './spine.ts';
import { playTeams } from './teams.ts';

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
  for (const gateway of ['http', 'rest'] as const) await tryGateway(installed, gateway, bot);
} catch (error) {
  process.exitCode = 1;
  console.error(error);
}
await close();
report.close();

async function tryGateway(
  installed: Awaited<ReturnType<typeof installEngine>>,
  gateway: 'http' | 'rest',
  bot: BotApiDouble,
): Promise<void> {
  console.log(`\n${gateway === 'http' ? 'HTTP API' : 'REST API (-c gateway=rest)'}`);
  const engine = await report.step('the engine answers', () => startEngine(installed));
  opened.push(engine.stop);
  await report.step('cdk bootstrap', () => bootstrap(engine));
  const deployment = await report.check('cdk deploy, without a warning', async () => {
    const made = await deploy(engine, gateway);
    doesNotMatch(made.printed, /^.*\bwarning\b.*$/im);
    return made;
  });
  const operatorKey = await report.check('npm run konvert -- operator-key', () => makeOperatorKey(engine, deployment));
  const trial = { url: deployment.url, operatorKey, bot, report, withinMs: 15_000 };
  try {
    if (gateway === 'http') await tryWhole(engine, trial, deployment);
    else await playRequests(trial);
  } catch (error) {
    console.error(`The end of the engine's log:\n${(await engine.log()).split('\n').slice(-40).join('\n')}`);
    throw error;
  }
  await report.step('the engine has ended', async () => opened.pop()?.());
}

async function tryWhole(engine: Engine, trial: Trial, { url }: Deployment): Promise<void> {
  await playPublic(trial);
  await playSpine(trial);
  const hands = await handsOf(engine);
  await playListeners(hands, trial);
  await playTeams(hands, trial);
  await report.check('cdk deploy again: no changes, the same address', async () => {
    const again = await deploy(engine, 'http');
    match(again.printed, /no changes/);
    equal(again.url, url);
  });
}

async function close(): Promise<void> {
  for (const undo of opened.splice(0).reverse()) await undo().catch(console.error);
}
