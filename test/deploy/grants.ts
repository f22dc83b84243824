import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { PATIENCE_MS } from '#test/patience';
import { playCommandLine } from './command-line.ts';
import { playCrm, startCrm } from './crm.ts';
import { bootstrap, deploy, makeOperatorKey } from './deployment.ts';
import { playDoorbell } from './doorbell.ts';
import { playEndToEnd } from './end-to-end.ts';
import { installEngine, startEngine } from './engine.ts';
import { playFiles } from './files.ts';
import { type Hands, handsOf } from './hands.ts';
import { findGrants, type Grant, grantWords } from './iam.ts';
import { playListeners } from './listeners.ts';
import { playMessengers } from './messengers.ts';
import { Report } from './report.ts';
import { playSlashes } from './slashes.ts';
import { playSpine, type Trial } from './spine.ts';
import { playTeams } from './teams.ts';
import { playWhatsApp } from './whatsapp.ts';

// `npm run test:deploy` shows that each grant is needed by a call. This takes each away, and sees that call refused.

/** Longer than anything takes with every grant; see the first row. */
const WITHIN_MS = 3_000;
/** Pieces of it are chosen by the arguments: a pattern of grants, and plays. */
const ENDS_AFTER_MS = Number(process.env.GRANTS_MINUTES ?? 60) * 60_000;

/** The plays, the quickest first. */
const plays = {
  slashes: (_hands: Hands, trial: Trial) => playSlashes(trial),
  files: (_hands: Hands, trial: Trial) => playFiles(trial),
  whatsapp: (_hands: Hands, trial: Trial) => playWhatsApp(trial),
  messengers: playMessengers,
  doorbell: (_hands: Hands, trial: Trial) => playDoorbell(trial),
  commands: (_hands: Hands, trial: Trial) => playCommandLine(trial),
  teams: playTeams,
  listeners: playListeners,
  crm: (hands: Hands, trial: Trial) => playCrm(hands, crm, trial),
  spine: (_hands: Hands, trial: Trial) => playSpine(trial),
  everything: (_hands: Hands, trial: Trial) => playEndToEnd(trial),
} as const;
type Play = keyof typeof plays;

interface Row extends Played {
  readonly grant: string;
  readonly seconds: number;
  /** Whether a call was refused that this grant alone had allowed. */
  readonly isRefused?: boolean;
}

/** The check that failed, and its play. */
interface Played {
  readonly failed?: string;
  readonly of?: Play;
}

const startedAt = performance.now();
const wanted = new RegExp(process.argv[2] ?? '');
/** Only these plays, the names with commas between them. */
const chosen = (process.argv[3]?.split(',') ?? []) as Play[];
const crm = await startCrm();
const report = new Report();
const installed = await report.step('the engine is installed', installEngine);
const engine = await report.step('the engine answers', () => startEngine(installed, crm.env));
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

  const grants = (await findGrants(engine)).filter((grant) => wanted.test(grantWords(grant)));
  const playOf = new Map<Grant, Play>();
  for (const name of chosen.length > 0 ? chosen : (Object.keys(plays) as Play[])) {
    const { failed } = await play(PATIENCE_MS, [name]);
    if (failed !== undefined) throw new Error(`With every grant there fails: ${failed}`);
    const calls = await engine.judged();
    for (const grant of grants) if (!playOf.has(grant) && calls.some(grant.isNeededFor)) playOf.set(grant, name);
  }
  const rows: Row[] = [];
  for (const grant of grants) {
    const name = playOf.get(grant);
    if (name === undefined) continue;
    if (performance.now() - startedAt > ENDS_AFTER_MS) break;
    await grant.remove();
    const row = await rowOf(grantWords(grant), () => play(WITHIN_MS, [name]));
    const isRefused = (await engine.judged()).some(grant.isMissedBy);
    await grant.restore();
    rows.push({ ...row, isRefused });
    // The failed play succeeds now, before the next grant is removed.
    const { failed } = row.of ? await play(PATIENCE_MS, [name]) : {};
    if (failed !== undefined) throw new Error(`With the grant back there fails: ${failed}`);
  }
  close(rows, grants);
} catch (error) {
  process.exitCode = 1;
  console.error(error);
} finally {
  await engine.stop();
  await crm.double.stop();
}

async function attempt(
  hands: Hands,
  given: Omit<Trial, 'report' | 'bot'>,
  names: readonly Play[] = chosen.length > 0 ? chosen : (Object.keys(plays) as Play[]),
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
  const shown = rows.filter(({ failed, isRefused }) => failed !== undefined || isRefused);
  console.log(`\n${shown.length} of ${grants.length} grants are shown to be needed, ${rows.length} were taken away`);
  const names = new Set(shown.map(({ grant }) => grant));
  for (const grant of grants) if (!names.has(grantWords(grant))) console.log(`  not shown: ${grantWords(grant)}`);
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}
