import type { Identity, Messenger } from '#channels/channel';
import { ConnectedElsewhereError, CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Credentials } from '#channels/terms';
import { invalidRequest, RequestError } from '#http/errors';

/** The credentials that the messenger accepted, and the account that they belong to. Throws a `RequestError`. */
export async function tryCredentials(
  messenger: Messenger,
  given: unknown,
): Promise<{ credentials: Credentials; identity: Identity }> {
  const read = messenger.setup.readCredentials(given);
  if ('fields' in read) throw invalidRequest(read.fields);
  return { credentials: read.credentials, identity: await ask(messenger.setup.connect(read.credentials)) };
}

/** Asks a messenger, and turns its errors into answers. */
export async function ask<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof CredentialsRefusedError) {
      throw new RequestError(400, 'CREDENTIALS_REFUSED', error.description, { fields: error.fields });
    }
    if (error instanceof ConnectedElsewhereError) {
      const { message, webhookHost } = error;
      const hint =
        webhookHost === undefined ? '' : '; with "takeOver": true it is removed, and nothing goes there any more';
      throw new RequestError(409, 'CONNECTED_ELSEWHERE', `${message}. Nothing was changed${hint}`, { webhookHost });
    }
    if (error instanceof MessengerUnreachableError) {
      throw new RequestError(503, 'MESSENGER_UNREACHABLE', `${error.message}. Nothing was stored; try again`);
    }
    throw error;
  }
}
