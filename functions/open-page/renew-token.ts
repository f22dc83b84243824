import { accountDisabled, pageEnded } from '#api/authenticate';
import { renewal } from '#api/page-routes';
import { presentToken } from '#api/present-page';
import { isUserOf } from '#domain/page';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Users } from '#store/directory/users';
import type { Devices } from '#store/pages/devices';
import type { PageTokens } from '#store/pages/tokens';
import { isOwnPage, keepDevice, shownDevice } from './device-cookie.ts';

export interface RenewTokenDeps {
  readonly devices: Pick<Devices, 'show'>;
  readonly tokens: Pick<PageTokens, 'make'>;
  readonly users: Pick<Users, 'get'>;
  readonly publicUrl: string | undefined;
}

/**
 * `POST /v1/page-tokens/renew`: the next token of the device that shows its cookie, for the user who is signed in on it.
 * This is all that the cookie is good for.
 */
export async function renewToken(deps: RenewTokenDeps, request: HttpRequest): Promise<HttpResponse> {
  const { devices, tokens, users, publicUrl } = deps;
  if (!isOwnPage(request, publicUrl)) throw new RequestError(403, 'FORBIDDEN', 'Only the page itself may do this');
  const { body } = request;
  const wanted = (body.length > 0 && readBody(renewal, body, invalidRequest)) || {};
  const shown = shownDevice(request);
  // A window of somebody else, in a browser on which this user has signed in since, must not become theirs.
  if (!shown || (wanted.accountId ?? shown.account) !== shown.account) throw pageEnded();
  const known = await devices.show(shown);
  if (!known) throw pageEnded();
  const { holder, deviceId, isDisabled } = known;
  if (isDisabled) throw accountDisabled();
  const isTheirs = (wanted.userId ?? holder.userId) === holder.userId;
  if (!isTheirs || !isUserOf(holder, await users.get(holder.account, holder.userId))) throw pageEnded();
  const made = await tokens.make({ ...holder, deviceId });
  return {
    status: 201,
    body: presentToken(made, holder.scope),
    headers: keepDevice(known),
    noted: { account: holder.account },
  };
}
