import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { presentMe } from '#api/present-page';
import type { Clock } from '#clock';
import { chatTypesOf } from '#domain/chat-types';
import { pushKeysOf } from '#domain/push-keys';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Options } from '#store/accounts/account-options';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Connections } from '#store/accounts/connections';
import type { Installation } from '#store/accounts/installation';
import type { Users } from '#store/directory/users';

export interface ReadMeDeps extends AuthenticateDeps {
  readonly users: Pick<Users, 'get' | 'list'>;
  readonly channels: Pick<Channels, 'listOf'>;
  readonly connections: Pick<Connections, 'of'>;
  readonly settings: Pick<Settings, 'settingsOf'>;
  readonly options: Pick<Options, 'optionsOf'>;
  /** Whether this deployment can ring pages. */
  readonly hasDoorbell: boolean;
  /** Whether the account is the one of the demo of `npm start`. */
  readonly isDemo: (account: string) => boolean;
  /** By its secret the installation is known to push services. */
  readonly installation: Pick<Installation, 'secret'>;
  readonly clock: Clock;
}

/** `GET /v1/me`: who looks, at what, and what there is to choose from. */
export async function readMe(deps: ReadMeDeps, request: HttpRequest): Promise<HttpResponse> {
  const asker = await authenticate(request, deps);
  const { account } = asker;
  const [channels, users, options] = await Promise.all([
    deps.channels.listOf(account),
    deps.users.list(account),
    deps.options.optionsOf(account),
  ]);
  const present = channels.filter(({ deletedAt }) => deletedAt === undefined);
  const ids = present.map(({ channelId }) => channelId);
  const [settings, connections] = await Promise.all([
    deps.settings.settingsOf(ids),
    Promise.all(ids.map((channelId) => deps.connections.of(channelId))),
  ]);
  const shown = present.map((channel, index) => ({
    channel,
    connections: connections[index] ?? [],
    settings: settings.get(channel.channelId),
    chatTypes: chatTypesOf(channel.transport),
  }));
  const secret = await deps.installation.secret();
  const pushKey = secret && pushKeysOf(secret).publicKey;
  const { hasDoorbell, clock } = deps;
  const around = { hasDoorbell, isDemo: deps.isDemo(account), pushKey, now: clock.now() };
  return { status: 200, body: presentMe({ asker, channels: shown, users, options, ...around }) };
}
