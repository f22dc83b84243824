import { parseArgs } from 'node:util';
import { EnvironmentError } from '#local/errors';
import { accessOf } from '../terminal/access.ts';
import { type Access, StepError } from '../terminal/printed-calls.ts';
import { list } from './list.ts';
import { OPTIONS, type Options } from './options.ts';
import { replay, retry } from './send-again.ts';

const USAGE = `Usage: npm run konvert -- deliveries [--state failed|pending] [--kind <kind>] [--target <target>] [--limit <n>]
                      lists what failed for good (or waits), 50 unless --limit says otherwise
       npm run konvert -- deliveries retry <target>
                      sends again what failed there, and hastens what waits
       npm run konvert -- deliveries replay <target> --from <time> [--to <time>]
                      sends events once more that the CRM has taken, under the same ids
  Kinds: reply, message, status, edit, deletion, channel, creation. Targets: webhook (the CRM), or the key of a chat.
  Times are like 2026-11-29T18:00:00Z. The API key is read from KONVERT_API_KEY; without one it is the demo company's.
  --url <address> names another Konvert than the one on this machine.`;

/** A step of the command, and the options that it takes beside `--url` and `--help`. */
interface Step {
  readonly takes: readonly (keyof typeof OPTIONS)[];
  readonly needs: readonly (keyof typeof OPTIONS)[];
  readonly targets: 0 | 1;
  readonly run: (access: Access, options: Options, target: string) => Promise<void>;
}

const steps = {
  list: { takes: ['state', 'kind', 'target', 'limit'], needs: [], targets: 0, run: list },
  retry: { takes: [], needs: [], targets: 1, run: (access, _options, target) => retry(access, target) },
  replay: { takes: ['from', 'to'], needs: ['from'], targets: 1, run: replay },
} as const satisfies Record<string, Step>;

/** Lists and repeats deliveries. Returns the exit code: 1 if Konvert refused, 2 for wrong words. */
export async function runDeliveries(words: readonly string[]): Promise<number> {
  const read = readWords(words);
  if (read === 'help') {
    console.log(USAGE);
    return 0;
  }
  if (!read) {
    console.error(USAGE);
    return 2;
  }
  const { step, options, target } = read;
  try {
    await step.run(await accessOf({ url: textOf(options.url) }), options, target);
    return 0;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function readWords(words: readonly string[]): { step: Step; options: Options; target: string } | 'help' | undefined {
  const parsed = parse(words);
  if (!parsed) return undefined;
  const { values: options, positionals } = parsed;
  if (options.help) return 'help';
  const [name = 'list', ...targets] = positionals;
  const step: Step | undefined = Object.hasOwn(steps, name) ? steps[name as keyof typeof steps] : undefined;
  if (!step || targets.length !== step.targets) return undefined;
  const taken = ['url', ...step.takes];
  const isRight = Object.keys(options).every((one) => taken.includes(one)) && step.needs.every((one) => options[one]);
  return isRight ? { step, options, target: targets[0] ?? '' } : undefined;
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words].filter(Boolean), options: OPTIONS, allowPositionals: true });
  } catch {
    return undefined;
  }
}

function textOf(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined;
}
