import type { Bells } from '#bells';
import { createCallUsers } from '#flows/call-users';
import type { StoreDeps } from '#store/dynamo/client';
import type { NotifyUsersDeps } from './handler.ts';

/** What notify-users is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly bells: Bells<'pushes'> }): NotifyUsersDeps {
  return { callUsers: createCallUsers(given) };
}
