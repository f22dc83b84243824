import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { notFound } from '#http/errors';
import { createCounterBridge } from '#local/counter/counter-bridge';
import { ServerError } from '#local/errors';
import { answerError, answerJson, type PlainAnswer, type PlainRequest } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { createLog } from '#log';

const REQUESTS_END_WITHIN_MS = 3_000;

/** What the words say. */
interface Wanted {
  readonly url: string;
  readonly port: number;
  readonly host: string;
  readonly publicHost?: string;
}

process.exitCode = await run(process.argv.slice(2));
// Connections to Konvert may still be open.
process.exit();

/** Runs until it is told to end. Returns the exit code: 1 if it cannot listen, 2 for wrong words. */
async function run(words: readonly string[]): Promise<number> {
  const wanted = readWords(words);
  if (typeof wanted === 'number') return wanted;
  const { url, port, host, publicHost } = wanted;
  const log = createLog((line) => console.log(line));
  const konvertUrl = url.replace(/\/+$/, '');
  const bridge = createCounterBridge({ konvertUrl, publicHost, log });
  const server = createServer(healthOnly, log, { entrances: [bridge], upgrades: [bridge] });
  try {
    await server.listen(port, host);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    console.error(error.message);
    return 1;
  }
  console.log(`The counters of ${konvertUrl} are at http://${host}:${port}`);
  await toldToEnd();
  await bridge.stop();
  await server.stop(REQUESTS_END_WITHIN_MS);
  return 0;
}

async function healthOnly({ method, target }: PlainRequest): Promise<PlainAnswer> {
  return method === 'GET' && target === '/healthz' ? answerJson(200, { status: 'ok' }) : answerError(notFound());
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
}

/** Reads the words; the exit code if they are wrong, or ask for help. */
function readWords(words: readonly string[]): Wanted | number {
  const program = new Command('npm run counter-bridge --')
    .description(
      'Serves the live counter of the Wazzup API v3 (socket.io 4) for a Konvert that runs elsewhere, such as in AWS.',
    )
    .requiredOption(
      '--url <address>',
      'the API of Konvert: https://abc.execute-api.eu-central-1.amazonaws.com',
      readUrl,
    )
    .option('--port <number>', 'where the bridge listens; put a proxy that speaks https before it', readPort, 8788)
    .option('--host <host>', 'and at which address of this machine', '127.0.0.1')
    .option('--public-host <host>', 'where clients are sent to; without it the host by which they came', readHost)
    .addHelpText('after', '\nIt keeps nothing. Ctrl-C or SIGTERM ends it.')
    .showHelpAfterError('How it is used: the same with --help')
    .exitOverride();
  try {
    return program.parse(words.filter(Boolean), { from: 'user' }).opts<Wanted>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

function readUrl(word: string): string {
  if (/^https?:\/\/[^\s?#@]+$/.test(word) && URL.canParse(word)) return word;
  throw new InvalidArgumentError('It has to be an address such as https://konvert.example.com.');
}

function readPort(word: string): number {
  if (/^\d{1,5}$/.test(word) && Number(word) >= 1 && Number(word) <= 65_535) return Number(word);
  throw new InvalidArgumentError('It has to be a number from 1 to 65535.');
}

function readHost(word: string): string {
  if (/^[^\s/?#@]+$/.test(word)) return word;
  throw new InvalidArgumentError('It has to be a host such as counter.example.com.');
}
