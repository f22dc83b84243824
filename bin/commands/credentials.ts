import type { components } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { readSecret } from '../terminal/secrets.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Field, Messenger } from './messengers.ts';

type Credentials = components['schemas']['NewChannel']['credentials'];

/** What was typed after the options, by commander's names for them. */
export type Typed = Readonly<Record<string, unknown>>;

/** What a messenger is connected with, as the options, the environment and somebody who is asked say it. */
export async function credentialsOf(
  { fields, hasNoApiAddress }: Messenger,
  terminal: Terminal,
  typed: Typed,
): Promise<Credentials> {
  const credentials: Record<string, string | true> = {};
  // What is no secret comes first: nobody is asked for a secret only to read that something else is missing.
  for (const field of [...fields.filter(({ secret }) => !secret), ...fields.filter(({ secret }) => secret)]) {
    const value = field.isSwitch ? switchedOn(field, typed) : await valueFor(field, terminal, typed);
    if (value !== undefined) credentials[field.name] = value;
  }
  const api = typedFor('api', typed);
  if (!hasNoApiAddress && api !== undefined) credentials.apiBaseUrl = api;
  // The server says which are missing.
  return credentials as Credentials;
}

/** The words of a field's option: `--access-token-file <file>`. */
export function flagOf({ option, secret, isSwitch }: Field): string {
  if (isSwitch) return `--${option}`;
  return secret ? `--${option}-file <file>` : `--${option} <value>`;
}

/** Whether one of the secrets is given by a file. */
export function namesSecrets(fields: readonly Field[], typed: Typed): boolean {
  return fields.some((field) => field.secret && typedFor(`${field.option}-file`, typed) !== undefined);
}

async function valueFor(field: Field, terminal: Terminal, typed: Typed): Promise<string | undefined> {
  const { option, secret, isOptional, where } = field;
  if (!secret) {
    const given = typedFor(option, typed);
    if (given === undefined && !isOptional) throw new WrongWordsError(`--${option} is missing. ${where ?? ''}`.trim());
    return given;
  }
  const file = typedFor(`${option}-file`, typed);
  const isGiven = file !== undefined || Boolean(terminal.env[secret.variable]);
  if (isOptional && !isGiven) return undefined;
  return readSecret(terminal, { file, option: `--${option}-file`, ...secret });
}

function switchedOn({ option }: Field, typed: Typed): true | undefined {
  return typed[attributeOf(option)] === true || undefined;
}

function typedFor(option: string, typed: Typed): string | undefined {
  return typed[attributeOf(option)] as string | undefined;
}

/** Commander's name for an option. */
function attributeOf(option: string): string {
  return option.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
