import { readFile } from 'node:fs/promises';
import { readDemoAccount } from '#local/demo/account';
import { readStartOptions } from '#local/start-options';
import { StepError } from './errors.ts';
import type { Access } from './printed-calls.ts';

/** What a command was given to find Konvert by, beside the environment. */
export interface GivenAccess {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly keyFile?: string | undefined;
}

/**
 * The Konvert that is meant, and the key to call it with: the one that is given, that of KONVERT_API_KEY, or of the
 * demo company on this machine. Throws a `StepError` if there is none.
 */
export async function accessOf(given: GivenAccess, env: NodeJS.ProcessEnv = process.env): Promise<Access> {
  const { url, ownUrl, dataFolder } = addressOf(given, env);
  const apiKey = (await givenKey(given)) ?? (env.KONVERT_API_KEY || undefined);
  if (apiKey !== undefined) return { url: url ?? ownUrl, apiKey: sendable(apiKey) };
  const demo = url === undefined ? await readDemoAccount(`${dataFolder}/demo.json`) : undefined;
  if (!demo) throw new StepError('There is no API key. Give it in KONVERT_API_KEY, or its file with --key-file');
  return { url: demo.url, apiKey: demo.apiKey };
}

/**
 * The Konvert that is meant, and its operator key: the one that is given, that of KONVERT_OPERATOR_KEY, or of the data
 * folder on this machine. Throws a `StepError` if there is none.
 */
export async function operatorAccessOf(given: GivenAccess, env: NodeJS.ProcessEnv): Promise<Access> {
  const { url, ownUrl, dataFolder, operatorKey } = addressOf(given, env);
  const file = `${dataFolder}/operator.key`;
  const ofFolder = async () => (url === undefined ? (await readFile(file, 'utf8').catch(() => '')).trim() : '');
  const apiKey = (await givenKey(given)) ?? operatorKey ?? (await ofFolder());
  if (apiKey !== '') return { url: url ?? ownUrl, apiKey: sendable(apiKey) };
  const how = url === undefined ? `There is no ${file}. Start Konvert first: npm start` : 'There is no operator key';
  throw new StepError(`${how}. Or give the key in KONVERT_OPERATOR_KEY, or its file with --key-file`);
}

function addressOf(given: GivenAccess, env: NodeJS.ProcessEnv) {
  const { ownUrl, dataFolder, operatorKey } = readStartOptions(env);
  const url = (given.url ?? (env.KONVERT_URL || undefined))?.replace(/\/+$/, '');
  if (url !== undefined && !(/^https?:\/\/[^\s?#@]+$/.test(url) && URL.canParse(url))) {
    throw new StepError('--url (KONVERT_URL) has to be an address such as https://konvert.example.com');
  }
  return { url, ownUrl, dataFolder, operatorKey };
}

/** The key as a header takes it. What no header holds is no key, and is never printed. */
function sendable(key: string): string {
  if (/^[!-~]+$/.test(key.trim())) return key.trim();
  throw new StepError('What is given as the key is none: a key has no spaces, no line breaks, and Latin letters only');
}

async function givenKey({ key, keyFile }: GivenAccess): Promise<string | undefined> {
  return keyFile === undefined ? key : secretOf(keyFile, '--key-file');
}

/** The secret that a file holds, without the line break at its end. `option` named the file. */
export async function secretOf(file: string, option: string): Promise<string> {
  const secret = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StepError(`${option}: ${file} cannot be read (${error.code})`);
  });
  if (secret.trim() === '') throw new StepError(`${option}: ${file} is empty`);
  return secret.trim();
}
