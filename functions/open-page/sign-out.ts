import { type AuthenticateDeps, authenticate, bearerOf, nameOfBearer } from '#api/authenticate';
import { presentDevice } from '#api/present-page';
import { isUserOf } from '#domain/page';
import type { RingPages } from '#flows/ring-pages';
import { RequestError } from '#http/errors';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { User, Users } from '#store/directory/users';
import type { Devices } from '#store/pages/devices';
import type { PageTokens } from '#store/pages/tokens';
import { forgetDevice, shownDevice } from './device-cookie.ts';

export interface SignOutDeps extends AuthenticateDeps {
  readonly users: Pick<Users, 'get' | 'list'>;
  readonly devices: Pick<Devices, 'list' | 'end'>;
  readonly tokens: Pick<PageTokens, 'holderOf' | 'end'>;
  readonly ringPages: Pick<RingPages, 'sayBye'>;
}

/** `DELETE /v1/page-tokens`: the page signs out. Its token ends, and its device with all its tokens and sockets. */
export async function signOut(deps: SignOutDeps, request: HttpRequest): Promise<HttpResponse> {
  const asker = await authenticate(request, deps);
  const { account, page } = asker;
  if (!page) throw new RequestError(403, 'FORBIDDEN', 'An API key ends by DELETE /v1/account/keys/{keyId}');
  const { deviceId } = page;
  if (deviceId !== undefined) await deps.devices.end(account, deviceId);
  await deps.tokens.end(bearerOf(request) as string);
  await deps.ringPages.sayBye(account, nameOfBearer(request, asker));
  // Somebody else may have signed in in this browser since.
  const isShown = deviceId !== undefined && shownDevice(request)?.deviceId === deviceId;
  return { status: 200, body: {}, ...(isShown && { headers: forgetDevice() }) };
}

/** `GET /v1/devices`: a user's own devices; for the CRM and the page of settings those of all users. */
export async function listDevices(deps: SignOutDeps, request: HttpRequest): Promise<HttpResponse> {
  const { account, userId, page } = await authenticate(request, deps);
  const [all, users] = await Promise.all([deps.devices.list(account, userId), usersOf(deps, account, userId)]);
  const devices = all.filter((device) => users.some((user) => user.id === device.userId && isUserOf(device, user)));
  return { status: 200, body: { devices: devices.map((device) => presentDevice(device, page?.deviceId)) } };
}

async function usersOf({ users }: SignOutDeps, account: string, userId: string | undefined): Promise<User[]> {
  if (userId === undefined) return users.list(account);
  const user = await users.get(account, userId);
  return user ? [user] : [];
}

/** `DELETE /v1/devices/{deviceId}`: a device is signed out from elsewhere, after it was lost for example. */
export async function endDevice(deps: SignOutDeps, request: HttpRequest): Promise<HttpResponse> {
  const { account, userId } = await authenticate(request, deps);
  const { deviceId = '' } = request.params;
  const devices = await deps.devices.list(account, userId);
  if (!devices.some((device) => device.deviceId === deviceId)) {
    throw new RequestError(
      404,
      'DEVICE_NOT_FOUND',
      'There is no such device: GET /v1/devices lists those that there are',
    );
  }
  await deps.devices.end(account, deviceId);
  await deps.ringPages.sayBye(account, deviceId);
  return { status: 200, body: { deviceId } };
}
