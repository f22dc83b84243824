import { accountDisabled } from '#api/authenticate';
import { newPageToken } from '#api/page-routes';
import { presentToken } from '#api/present-page';
import type { PageHolder } from '#domain/page';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Devices, ShownDevice } from '#store/pages/devices';
import type { Links } from '#store/pages/links';
import type { PageTokens } from '#store/pages/tokens';
import { isOwnPage, keepDevice, shownDevice } from './device-cookie.ts';

export interface SpendLinkDeps {
  readonly links: Pick<Links, 'spend'>;
  readonly devices: Pick<Devices, 'make' | 'show'>;
  readonly tokens: Pick<PageTokens, 'make'>;
  readonly publicUrl: string | undefined;
}

/** The most characters that are kept of what a browser says it is. */
const LONGEST_AGENT = 300;

/** `POST /v1/page-tokens`: a link is spent for a token. One answer for links that were spent, have ended or never were. */
export async function spendLink(deps: SpendLinkDeps, request: HttpRequest): Promise<HttpResponse> {
  const { links, tokens, publicUrl } = deps;
  const { link, device = false } = readBody(newPageToken, request.body, invalidRequest);
  const spent = await links.spend(link);
  if (!spent) throw new RequestError(410, 'LINK_USED', 'This link was used, or has ended: make a new one');
  const { isDisabled, ...holder } = spent;
  if (isDisabled) throw accountDisabled();
  // A proxy that changes the host takes the device away, and nothing else.
  const signedIn = device && isOwnPage(request, publicUrl) ? await signIn(deps, request, holder) : undefined;
  const made = await tokens.make({ ...holder, ...(signedIn && { deviceId: signedIn.deviceId }) });
  return {
    status: 201,
    body: presentToken(made, holder.scope),
    ...(signedIn && { headers: keepDevice(signedIn) }),
    noted: { account: holder.account },
  };
}

/**
 * The device of the user in this browser: the one that it shows, or a new one. The settings stay open for no longer than
 * their token: they reach further than any role.
 */
async function signIn(
  { devices }: SpendLinkDeps,
  request: HttpRequest,
  { userId, ...holder }: PageHolder,
): Promise<ShownDevice | undefined> {
  if (userId === undefined) return undefined;
  const shown = shownDevice(request);
  const known = shown && shown.account === holder.account ? await devices.show(shown) : undefined;
  if (known?.holder.userId === userId && known.holder.userMade === holder.userMade) return known;
  const agent = (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT);
  return devices.make({ ...holder, userId, scope: { kind: 'global' } }, agent);
}
