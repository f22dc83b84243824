import { secretOf } from './access.ts';
import { StepError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** Where a secret may come from: the file of an option, a variable, or somebody who is asked. */
export interface SecretSource {
  readonly file: string | undefined;
  readonly option: string;
  readonly variable: string;
  readonly question: string;
}

/** A secret from a file, the environment, or the keyboard, where it is not shown. It is never a word of the command. */
export async function readSecret(terminal: Terminal, source: SecretSource): Promise<string> {
  const { file, option, variable, question } = source;
  if (file !== undefined) return secretOf(file, option);
  const given = terminal.env[variable];
  if (given) return given;
  const typed = await terminal.ask(`${question} (it is not shown):`, true).catch(() => '');
  if (typed === '')
    throw new StepError(`It is missing: ${question}. Give it in ${variable}, or its file with ${option}`);
  return typed;
}
