import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { StepError } from './errors.ts';

/** Where a command is run. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  /** The width in characters; undefined if the output goes elsewhere than to a terminal. */
  readonly width: number | undefined;
  /** Whether somebody is there to be asked. */
  readonly isSomebodyThere: boolean;
  /** Prints what was asked for. */
  print(text: string): void;
  /** Prints what is said beside it: errors, advice. */
  note(text: string): void;
  /** Asks, and returns the answer without spaces around it. One that `isSecret` is not shown while it is typed. */
  ask(question: string, isSecret?: boolean): Promise<string>;
  /** The whole standard input. */
  input(): Promise<string>;
}

/** The terminal of this process. A closed pipe (`| head`) ends the process: the reader has had enough. */
export function createTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }
  return {
    env: process.env,
    width: stdout.isTTY ? stdout.columns : undefined,
    isSomebodyThere: stdin.isTTY ?? false,
    print: (words) => void stdout.write(`${words}\n`),
    note: (words) => void stderr.write(`${words}\n`),
    ask: (question, isSecret = false) => ask(question, isSecret),
    input: () => text(stdin),
  };
}

async function ask(question: string, isSecret: boolean): Promise<string> {
  const { stdin: input, stderr } = process;
  const isTerminal = input.isTTY ?? false;
  if (isTerminal) stderr.write(`${question} `);
  // The line is edited in a terminal that shows nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: isSecret ? nowhere : stderr, terminal: isTerminal });
  try {
    lines.once('SIGINT', () => {
      stderr.write('\nStopped. Nothing was changed.\n');
      process.exit(130);
    });
    for await (const line of lines) {
      if (isTerminal && isSecret) stderr.write('\n');
      return line.trim();
    }
  } finally {
    lines.close();
  }
  throw new StepError(`There was no answer to: ${question}`);
}
