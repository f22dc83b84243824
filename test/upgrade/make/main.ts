import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { until } from '#test/e2e/call-api';
import { type Answer, askAgain, comparable } from '#test/upgrade/answers';
import { playDemo, playShop } from '#test/upgrade/make/company';
import { cutShort } from '#test/upgrade/make/cut-short';
import { startEngine } from '#test/upgrade/make/engine';
import { startPrevious } from '#test/upgrade/make/previous';
import { readAll } from '#test/upgrade/make/read-all';

/** The time at which it all happens. By now everything that is given up after a day has been given up. */
const BEGUN_AT = Date.UTC(2025, 0, 6, 9);
/** The files that a backup needs, without lock, log and pid. */
const KEPT = /^(konvert\.db|cipher\.key|operator\.key|demo.*\.(json|token)|offsets\.json)$/;

const [clone = '', version = ''] = process.argv.slice(2);
if (version === '') throw new Error('Usage: npx node test/upgrade/make/main.ts CLONE_OF_THE_VERSION VERSION');
await make(resolve(clone), join(import.meta.dirname, '..', version));

/** Lets that version fill a data folder. Stores the folder, the answers of the version and its templates. */
async function make(clone: string, target: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'konvert-folder-'));
  const [bot, webhooks] = [await startBotApi(), await startBotApi()];
  const behindMs = Date.now() - BEGUN_AT;
  const nowSeconds = () => Math.floor((Date.now() - behindMs) / 1000);
  const engine = await startEngine(clone, join(folder, 'konvert.db'));
  const env = { KONVERT_TELEGRAM_API: bot.baseUrl, DYNAMODB_ENDPOINT: engine.endpoint };
  const konvert = await startPrevious({ clone, folder, behindMs, env });
  const demo = await playDemo(konvert, join(folder, 'demo.json'), webhooks, nowSeconds());
  const shop = await playShop(konvert, bot, nowSeconds());
  // The next start would follow a bell that is left, which might change an answer.
  await until('no bell is left', async () => (await engine.items('konvert-bells')).length === 0 || undefined);
  const answers = {
    demo: await readSettled(konvert.url, demo.apiKey),
    shop: await readSettled(konvert.url, shop.apiKey),
  };
  const cut = await cutShort(konvert, engine, webhooks, nowSeconds());
  await konvert.kill();
  await engine.stop();
  await bot.stop();
  await webhooks.stop();

  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'accounts.json'), JSON.stringify({ demo, shop, cut }));
  writeFileSync(join(target, 'answers.json'), JSON.stringify(answers));
  pack(folder, join(target, 'data-folder.tar.gz'));
  await writeTemplates(clone, target);
  rmSync(folder, { recursive: true });
}

/** Everything that an account can read, once two readings are the same. */
async function readSettled(url: string, key: string): Promise<Answer[]> {
  return until('nothing changes any more', async () => {
    const answers = await readAll(url, key);
    const again = await askAgain(url, key, answers);
    return isDeepStrictEqual(again.map(comparable), answers.map(comparable)) ? answers : undefined;
  });
}

/** Stores the templates of that version, without bundling its functions. */
async function writeTemplates(clone: string, target: string): Promise<void> {
  const { createKonvertApp } = await import(join(clone, 'lib/konvert-app.ts'));
  const { Template } = createRequire(join(clone, 'package.json'))('aws-cdk-lib/assertions');
  for (const [gateway, context] of Object.entries({ http: { stage: 'prod' }, rest: { gateway: 'rest' } })) {
    const { stack } = createKonvertApp({ 'aws:cdk:bundling-stacks': [], ...context });
    writeFileSync(join(target, `template-${gateway}.json`), JSON.stringify(Template.fromStack(stack).toJSON()));
  }
}

/** Packs the files that a backup needs. The same files make the same bytes. */
function pack(folder: string, file: string): void {
  const database = new DatabaseSync(join(folder, 'konvert.db'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; VACUUM');
  database.close();
  const names = readdirSync(folder)
    .filter((name) => KEPT.test(name))
    .sort();
  const same = [
    '--format=ustar',
    '--sort=name',
    '--mtime=@0',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=600',
  ];
  const archive = execFileSync('tar', ['-cf', '-', ...same, '-C', folder, ...names], { maxBuffer: 2 ** 30 });
  writeFileSync(file, execFileSync('gzip', ['-9n'], { input: archive, maxBuffer: 2 ** 30 }));
}
