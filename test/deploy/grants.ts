import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { bootstrap, deploy, makeOperatorKey } from './deployment.ts';
import { installEngine, startEngine } from './engine.ts';
import { findGrants, type Grant, grantWords } from './iam.ts';
import { playListeners } from './listeners.ts';
import { Report } from './report.ts';
import { playSpine, type Trial } from './spine.ts';

/** Longer than anything takes where every grant is there; see the first row. */
const WITHIN_MS = 3_000;
const ENDS_AFTER_MS = 25 * 60_000;

interface Row {
  readonly grant: string;
  readonly failed: string | undefined;
  readonly seconds: number;
}

const startedAt = performance.now();
const wanted = new RegExp(process.argv[2] ?? '');
const report = new Report();
const installed = await report.step('the engine is installed', installEngine);
const engine = await report.step('the engine answers', () => startEngine(installed));
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void engine.stop().then(() => process.exit(1)));
}
try {
  await report.step('cdk bootstrap', () => bootstrap(engine));
  const deployment = await report.step('cdk deploy', () => deploy(engine, 'http'));
  const operatorKey = await makeOperatorKey(engine, deployment);
  const play = (withinMs: number, listeners = true) =>
    attempt({ url: deployment.url, operatorKey, withinMs }, listeners);

  const warm = await play(15_000);
  if (warm.failed !== undefined) throw new Error(`With every grant there fails: ${warm.failed}`);
  const rows: Row[] = [{ grant: '(none)', ...(await play(WITHIN_MS)) }];
  console.log(lineOf(rows[0] as Row));
  const grants = (await findGrants(engine)).filter((grant) => wanted.test(grantWords(grant)));
  for (const grant of grants) {
    if (performance.now() - startedAt > ENDS_AFTER_MS) break;
    await grant.remove();
    const row = { grant: grantWords(grant), ...(await play(WITHIN_MS)) };
    await grant.restore();
    console.log(lineOf(row));
    rows.push(row);
    if (row.failed !== undefined) await settle(play);
  }
  close(rows, grants);
} catch (error) {
  process.exitCode = 1;
  console.error(error);
} finally {
  await engine.stop();
}

async function attempt(given: Omit<Trial, 'report' | 'bot'>, listeners: boolean): Promise<Omit<Row, 'grant'>> {
  const since = performance.now();
  // What a trial that failed told its messenger to answer is nothing for the next.
  const bot = await startBotApi();
  const checks: string[] = [];
  const quiet = new Report((line) => checks.push(line));
  try {
    const trial = { ...given, bot, report: quiet };
    await playSpine(trial);
    if (listeners) await playListeners(engine, trial);
    return { failed: undefined, seconds: (performance.now() - since) / 1000 };
  } catch (error) {
    const [check = ''] = checks.filter((line) => line.startsWith('FAIL'));
    const [why = ''] = (error as Error).message.split('\n');
    return { failed: `${check.slice(15)} (${why.slice(0, 60)})`, seconds: (performance.now() - since) / 1000 };
  } finally {
    await bot.stop();
  }
}

/** What went wrong without the grant is done now, before the next one is taken away. */
async function settle(play: (withinMs: number, listeners: boolean) => Promise<Omit<Row, 'grant'>>): Promise<void> {
  const { failed } = await play(60_000, false);
  if (failed !== undefined) throw new Error(`With the grant back there fails: ${failed}`);
}

function lineOf({ grant, failed, seconds }: Row): string {
  return `${grant.padEnd(64)} ${seconds.toFixed(1).padStart(5)} s  ${failed === undefined ? 'passes' : `fails: ${failed}`}`;
}

function close(rows: readonly Row[], grants: readonly Grant[]): void {
  const [, ...tried] = rows;
  const shown = tried.filter(({ failed }) => failed !== undefined).length;
  console.log(
    `\n${shown} of ${grants.length} grants are shown to be needed, ${grants.length - tried.length} were not tried`,
  );
  for (const { grant } of tried.filter(({ failed }) => failed === undefined)) console.log(`  not shown: ${grant}`);
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}
