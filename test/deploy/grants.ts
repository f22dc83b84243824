import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { PATIENCE_MS } from '#test/patience';
import { bootstrap, deploy, makeOperatorKey } from './deployment.ts';
import { installEngine, startEngine } from './engine.ts';
import { type Hands, handsOf } from './hands.ts';
import { findGrants, type Grant, grantWords } from './iam.ts';
import { playListeners } from './listeners.ts';
import { Report } from './report.ts';
import { playSlashes } from './slashes.ts';
import { playSpine, type Trial } from './spine.ts';
import { playTeams } from './teams.ts';

/** Longer than anything takes with every grant; see the first row. */
const WITHIN_MS = 3_000;
const ENDS_AFTER_MS = 25 * 60_000;

/** The plays, the quickest first. */
const plays = {
  slashes: (_hands: Hands, trial: Trial) => playSlashes(trial),
  teams: playTeams,
  listeners: playListeners,
  spine: (_hands: Hands, trial: Trial) => playSpine(trial),
} as const;
type Play = keyof typeof plays;

interface Row extends Played {
  readonly grant: string;
  readonly seconds: number;
}

/** The check that failed, and its play. */
interface Played {
  readonly failed?: string;
  readonly of?: Play;
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
  const hands = await handsOf(engine);
  await hands.invoke('sweep-lanes', {});
  const play = (withinMs: number, names?: readonly Play[]) =>
    attempt(hands, { url: deployment.url, operatorKey, withinMs }, names);

  const warm = await play(PATIENCE_MS);
  if (warm.failed !== undefined) throw new Error(`With every grant there fails: ${warm.failed}`);
  const rows = [await rowOf('(none)', () => play(WITHIN_MS))];
  const grants = (await findGrants(engine)).filter((grant) => wanted.test(grantWords(grant)));
  for (const grant of grants) {
    if (performance.now() - startedAt > ENDS_AFTER_MS) break;
    await grant.remove();
    const row = await rowOf(grantWords(grant), () => play(WITHIN_MS));
    await grant.restore();
    rows.push(row);
    // The failed play succeeds now, before the next grant is removed.
    const { failed } = row.of ? await play(PATIENCE_MS, [row.of]) : {};
    if (failed !== undefined) throw new Error(`With the grant back there fails: ${failed}`);
  }
  close(rows, grants);
} catch (error) {
  process.exitCode = 1;
  console.error(error);
} finally {
  await engine.stop();
}

async function attempt(
  hands: Hands,
  given: Omit<Trial, 'report' | 'bot'>,
  names: readonly Play[] = Object.keys(plays) as Play[],
): Promise<Played> {
  for (const of of names) {
    // Each play gets a messenger of its own, because a failed one may leave answers behind.
    const bot = await startBotApi();
    const checks: string[] = [];
    const quiet = new Report((line) => checks.push(line));
    try {
      await plays[of](hands, { ...given, bot, report: quiet });
    } catch (error) {
      const [check = ''] = checks.filter((line) => line.startsWith('FAIL'));
      const [why = ''] = (error as Error).message.split('\n');
      return { failed: `${check.slice(15)} (${why.slice(0, 60)})`, of };
    } finally {
      await bot.stop();
    }
  }
  return {};
}

async function rowOf(grant: string, run: () => Promise<Played>): Promise<Row> {
  const since = performance.now();
  const row = { grant, ...(await run()), seconds: (performance.now() - since) / 1000 };
  console.log(lineOf(row));
  return row;
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
