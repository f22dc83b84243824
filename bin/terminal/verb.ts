import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KonvertClient } from '../../clients/typescript/index.ts';
import { accessOf, type GivenAccess, operatorAccessOf } from './access.ts';
import { clientOf } from './api.ts';
import { StepError, WrongWordsError } from './errors.ts';
import { onLines } from './table.ts';
import type { Terminal } from './terminal.ts';

/** What a command has to say: a value for programs, words for people, and what is said beside them. */
export interface Told {
  readonly json: unknown;
  readonly text: string;
  readonly notes?: readonly string[];
  /** What is said last if something is not as it should be. The exit code is then 1. */
  readonly failed?: string;
}

/** The options that every command has. */
export interface CommonOptions extends GivenAccess {
  readonly json?: boolean;
}

/** What a command works with. */
export interface Run<Options> {
  readonly terminal: Terminal;
  readonly options: Options & CommonOptions;
  /** Konvert, called with the API key of the account; as a user if one is named. */
  api(actingAs?: string): Promise<KonvertClient>;
  /** Konvert, called with the operator key. */
  operator(): Promise<KonvertClient>;
  /** What Ctrl-C says from now on. */
  saysIfStopped(words: string): void;
}

const MAY_BE_DONE = 'Stopped. What Konvert was asked to do may be done: look before you do it again.';

type Work<Options, Words extends readonly unknown[]> = (run: Run<Options>, ...words: Words) => Promise<Told>;

/** A noun with its verbs: what the commands of one file are made by. */
export interface Noun {
  readonly command: Command;
  /**
   * Adds a verb. `words` are its name and what it takes (`delete <channel>`), `example` is what one types after
   * `npm run konvert --`.
   */
  verb<Options = object, Words extends readonly unknown[] = readonly string[]>(
    words: string,
    says: string,
    example: string,
    work: Work<Options, Words>,
  ): Command;
  /** Adds a group of verbs. */
  group(name: string, says: string, example: string): Noun;
}

/** The command as a noun, to which verbs are added. */
export function nounOf(command: Command, terminal: Terminal): Noun {
  return {
    command,
    verb: (words, says, example, work) =>
      withExample(command.command(words).description(says), example).action(actionOf(terminal, work)),
    group: (name, says, example) =>
      nounOf(withExample(command.command(name).usage('<what to do>').description(says), example), terminal),
  };
}

/** Adds the example to the help of a command. */
export function withExample(command: Command, example: string): Command {
  return command.addHelpText('after', `\nExample:\n  npm run konvert -- ${example}`);
}

/** What commander calls: with the arguments, the options, and the command. */
function actionOf<Options, Words extends readonly unknown[]>(terminal: Terminal, work: Work<Options, Words>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals() as Options & CommonOptions;
    const words = given.slice(0, -2) as unknown as Words;
    refuseEmpty(words, options);
    let ifStopped = MAY_BE_DONE;
    const run: Run<Options> = {
      terminal,
      options,
      api: async (user) =>
        clientOf({ ...(await accessOf(options, terminal.env)), ...(user !== undefined && { user }) }),
      operator: async () => clientOf(await operatorAccessOf(options, terminal.env)),
      saysIfStopped(said) {
        ifStopped = said;
      },
    };
    const stopped = () => terminal.note(onLines(ifStopped));
    const { json, text, notes = [], failed } = await endedByHand(stopped, () => work(run, ...words));
    terminal.print(options.json ? JSON.stringify(json, null, 2) : onLines(text));
    for (const note of notes) terminal.note(onLines(note));
    if (failed !== undefined) throw new StepError(failed);
  };
}

/** An empty word is a variable of a script that is not set, as a rule. It never means something else by chance. */
function refuseEmpty(words: readonly unknown[], options: object): void {
  if (words.flat().includes('')) throw new WrongWordsError('One of the words is empty. Nothing was done');
  const [name] = Object.entries(options).find(([, value]) => value === '') ?? [];
  if (name === undefined) return;
  const typed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new WrongWordsError(`--${typed} is empty. Nothing was done`);
}

/** Does the work. Ctrl-C ends it, and says what that means. */
async function endedByHand<T>(stopped: () => void, work: () => Promise<T>): Promise<T> {
  const end = () => {
    stopped();
    process.exit(130);
  };
  process.once('SIGINT', end);
  try {
    return await work();
  } finally {
    process.off('SIGINT', end);
  }
}

/** `--limit`: how many lines of a list. */
export function limitOption(): Option {
  return new Option('--limit <number>', 'at most so many; 50, or all of them with --json').argParser(wholeNumber);
}

/** How many are wanted. */
export function limitOf({ limit, json = false }: { readonly limit?: number; readonly json?: boolean }): number {
  return limit ?? (json ? Number.POSITIVE_INFINITY : 50);
}

/** What `--limit` takes. */
function wholeNumber(word: string): number {
  const number = Number(word);
  if (/^\d{1,9}$/.test(word) && number >= 1) return number;
  throw new InvalidArgumentError('It has to be a number from 1.');
}

/** Asks before something that cannot be taken back. `--yes` answers it; with nobody there to ask, it is needed. */
export async function agreed({ terminal, options }: Run<{ readonly yes?: boolean }>, question: string): Promise<void> {
  if (options.yes) return;
  if (!terminal.isSomebodyThere) throw new StepError(`${question} To do it, add --yes. Nothing was changed`);
  if (!(await saidYes(terminal, question))) throw new StepError('Nothing was changed');
}

/**
 * Asks before something great that cannot be taken back: not by a yes, which is typed too fast, but by the id of what it is
 * done to. `--yes` answers it; with nobody there to ask, it is needed.
 */
export async function agreedByTyping(
  { terminal, options }: Run<{ readonly yes?: boolean }>,
  question: string,
  id: string,
): Promise<void> {
  if (options.yes) return;
  if (!terminal.isSomebodyThere) throw new StepError(`${question} To do it, add --yes. Nothing was changed`);
  const typed = await terminal.ask(`${onLines(question)}\nType ${onLines(id)} to go on:`);
  if (typed !== id) throw new StepError('That is not what was asked for. Nothing was changed');
}

/** Asks. Every answer but yes is no. */
export async function saidYes(terminal: Terminal, question: string): Promise<boolean> {
  return /^(y|yes|д|да)$/i.test(await terminal.ask(`${onLines(question)} [y/N]`));
}

/** `--yes`, of commands that ask first. */
export function yesOption(): Option {
  return new Option('--yes', 'do not ask first');
}
