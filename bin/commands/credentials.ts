import type { components } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { readSecret } from '../terminal/secrets.ts';
import type { Terminal } from '../terminal/terminal.ts';

type TelegramCredentials = components['schemas']['TelegramCredentials'];
type WapiCredentials = components['schemas']['WapiCredentials'];

/** The options that lead to what a messenger is connected with. */
export interface CredentialOptions {
  readonly tokenFile?: string;
  readonly phoneNumberId?: string;
  readonly wabaId?: string;
  readonly accessTokenFile?: string;
  readonly appSecretFile?: string;
  readonly api?: string;
}

/** The token of a bot. */
export async function telegramCredentials(
  terminal: Terminal,
  { tokenFile, api }: CredentialOptions,
): Promise<TelegramCredentials> {
  const question = 'The token that @BotFather gave';
  const source = { file: tokenFile, option: '--token-file', variable: 'TELEGRAM_BOT_TOKEN', question };
  return { botToken: await readSecret(terminal, source), ...(api !== undefined && { apiBaseUrl: api }) };
}

/** The ids and secrets of a number of WhatsApp. */
export async function whatsappCredentials(
  terminal: Terminal,
  { phoneNumberId, wabaId, accessTokenFile, appSecretFile, api }: CredentialOptions,
): Promise<WapiCredentials> {
  if (phoneNumberId === undefined) {
    throw new WrongWordsError('--phone-number-id is missing. Meta shows it in WhatsApp > API Setup');
  }
  const accessToken = await readSecret(terminal, {
    file: accessTokenFile,
    option: '--access-token-file',
    variable: 'WHATSAPP_ACCESS_TOKEN',
    question: 'The access token of the system user (Business settings > System users)',
  });
  const appSecret = await readSecret(terminal, {
    file: appSecretFile,
    option: '--app-secret-file',
    variable: 'WHATSAPP_APP_SECRET',
    question: 'The app secret (App settings > Basic)',
  });
  return {
    phoneNumberId,
    accessToken,
    appSecret,
    ...(wabaId !== undefined && { wabaId }),
    ...(api !== undefined && { apiBaseUrl: api }),
  };
}
