import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { notFound } from '#http/errors';
import { createCounterBridge } from '#local/counter/counter-bridge';
import { ServerError } from '#local/errors';
import { answerError, answerJson, type PlainAnswer, type PlainRequest } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { createLog } from '#log';

const USAGE = `Usage: npm run counter-bridge -- --url <address of Konvert> [--port 8788] [--host 127.0.0.1] [--public-host <host>]
  Serves the live counter of the Wazzup API v3 (socket.io 4) for a Konvert that runs elsewhere, for example in AWS.
  --url          the base of Konvert's API, such as https://abc.execute-api.eu-central-1.amazonaws.com
  --port, --host where the bridge listens; put a proxy that speaks https before it
  --public-host  the host that clients are sent to; without it the one by which they came
  It keeps nothing. Ctrl-C or SIGTERM ends it.`;

const OPTIONS = {
  url: { type: 'string' },
  port: { type: 'string', default: '8788' },
  host: { type: 'string', default: '127.0.0.1' },
  'public-host': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const REQUESTS_END_WITHIN_MS = 3_000;

const wordsSchema = z.object({
  url: z.string().check(
    z.regex(/^https?:\/\/[^\s?#@]+$/),
    z.refine((url) => URL.canParse(url)),
  ),
  port: z.string().check(
    z.regex(/^\d{1,5}$/),
    z.refine((port) => Number(port) >= 1 && Number(port) <= 65_535),
  ),
  host: z.string().check(z.minLength(1)),
  'public-host': z.optional(z.string().check(z.regex(/^[^\s/?#@]+$/))),
});

process.exitCode = await run(process.argv.slice(2));
// Connections to Konvert may still be open.
process.exit();

/** Runs until it is told to end. Returns the exit code: 1 if it cannot listen, 2 for wrong words. */
async function run(words: readonly string[]): Promise<number> {
  const given = readWords(words);
  if (given?.help) {
    console.log(USAGE);
    return 0;
  }
  const { data } = wordsSchema.safeParse(given);
  if (!data) {
    console.error(USAGE);
    return 2;
  }
  const log = createLog((line) => console.log(line));
  const konvertUrl = data.url.replace(/\/+$/, '');
  const bridge = createCounterBridge({ konvertUrl, publicHost: data['public-host'], log });
  const server = createServer(healthOnly, log, { entrances: [bridge], upgrades: [bridge] });
  try {
    await server.listen(Number(data.port), data.host);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    console.error(error.message);
    return 1;
  }
  console.log(`The counters of ${konvertUrl} are at http://${data.host}:${data.port}`);
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

function readWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words].filter(Boolean), options: OPTIONS }).values;
  } catch {
    return undefined;
  }
}
