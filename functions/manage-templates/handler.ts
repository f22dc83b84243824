import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { pageOf, templateListQuery } from '#api/template-routes';
import { eachAtOnce } from '#at-once';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Messengers } from '#channels/registry/messengers';
import type { Templates } from '#flows/templates';
import { invalidRequest, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Channel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { type Heard, presentTemplates } from './present-templates.ts';

export interface ManageTemplatesDeps extends AuthenticateDeps {
  readonly channels: Pick<OpenChannels, 'listOf' | 'getKnown'>;
  readonly messengerFor: Messengers['messengerFor'];
  readonly templates: Pick<Templates, 'of'>;
  readonly log: Log;
}

/** Messengers that are asked at the same time. */
const AT_ONCE = 8;

/** Lists the templates of an account's channels, as their messengers have them. */
export function createHandler(deps: ManageTemplatesDeps): HttpHandler {
  return createRoute(async (request) => {
    const { account } = await authenticate(request, deps);
    const [from, to] = pageOf(readValues(templateListQuery, request.query, invalidRequest));
    const { heard, failures } = await askAll(deps, account);
    // The templates of other channels can still be sent. If no messenger has answered, an empty list would be a lie.
    if (heard.length === 0 && failures.length > 0) throw toAnswer(failures);
    const missing = failures.map(({ channelId }) => channelId);
    return {
      status: 200,
      body: presentTemplates(account, heard).slice(from, to),
      ...(missing.length > 0 && { headers: { 'konvert-missing-channels': missing.join(',') } }),
      noted: { missing: missing.length },
    };
  }, deps);
}

interface Failure {
  readonly channelId: string;
  readonly error: CredentialsRefusedError | MessengerUnreachableError;
}

/** The templates of every channel that has some, and the channels of which the messenger did not tell them. */
async function askAll(
  { channels, messengerFor, templates }: ManageTemplatesDeps,
  account: string,
): Promise<{ heard: Heard[]; failures: Failure[] }> {
  const heard: Heard[] = [];
  const failures: Failure[] = [];
  await eachAtOnce(await channels.listOf(account), AT_ONCE, async (listed) => {
    if (!(await mayHaveTemplates(listed, messengerFor))) return;
    const { channelId } = listed;
    const channel = await channels.getKnown(channelId);
    try {
      heard.push({ channel, templates: await templates.of(channel) });
    } catch (error) {
      if (!(error instanceof CredentialsRefusedError || error instanceof MessengerUnreachableError)) throw error;
      failures.push({ channelId, error });
    }
  });
  return { heard, failures };
}

async function mayHaveTemplates(
  { transport, state, deletedAt }: Channel,
  messengerFor: Messengers['messengerFor'],
): Promise<boolean> {
  if (deletedAt !== undefined || state === 'disabled') return false;
  return (await messengerFor(transport))?.outbound.templates !== undefined;
}

function toAnswer(failures: readonly Failure[]): RequestError {
  const unreachable = failures.find(({ error }) => error instanceof MessengerUnreachableError);
  if (unreachable) return new RequestError(503, 'MESSENGER_UNREACHABLE', `${unreachable.error.message}; try again`);
  const { error, channelId } = failures[0] as Failure;
  return new RequestError(400, 'CREDENTIALS_REFUSED', error.message, { channelId });
}
