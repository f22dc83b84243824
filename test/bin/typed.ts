import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createWorld, OPERATOR_KEY, type World, type WorldOptions } from '#test/world';
import { runProgram } from '../../bin/program.ts';

/** What a command printed, what it asked, and its exit code. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly string[];
  /** What `--json` printed: the whole of the output has to be one document. */
  json(): unknown;
}

/** Where a command is typed. Without `answers` nobody is there to be asked. */
export interface TypedOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly width?: number;
  readonly answers?: readonly string[];
  readonly input?: string;
  /** What happens while the person thinks about a question. */
  readonly onAsked?: () => Promise<unknown>;
}

/** Types a command and returns what came of it. */
export async function type(words: readonly string[], options: TypedOptions = {}): Promise<Typed> {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const answers = [...(options.answers ?? [])];
  const code = await runProgram(words, {
    env: { KONVERT_DATA_DIR: '/nowhere', ...options.env },
    width: options.width,
    isSomebodyThere: options.answers !== undefined,
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    ask: async (question) => {
      asked.push(question);
      await options.onAsked?.();
      return answers.shift() ?? '';
    },
    input: async () => options.input ?? '',
  });
  return { code, out: out.join('\n'), err: err.join('\n'), asked, json: () => JSON.parse(out.join('\n')) };
}

/** A world behind an address, and a terminal that speaks to it with the key of its account. */
export async function openTerminal(options: WorldOptions = {}) {
  const world = await createWorld(options);
  onTestFinished(() => world.stop());
  const { url } = await serve(world);
  const env = { KONVERT_URL: url, KONVERT_API_KEY: world.account.apiKey, KONVERT_OPERATOR_KEY: OPERATOR_KEY };
  const typeThere = (words: readonly string[], typed: TypedOptions = {}) =>
    type(words, { ...typed, env: { ...env, ...typed.env } });
  return { world, url, type: typeThere };
}

async function serve(world: World): Promise<{ url: string }> {
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    const answer = await world.call(method, url, { headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
    await world.drain();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
