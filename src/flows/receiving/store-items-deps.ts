import type { Messengers } from '#channels/registry/messengers';
import { createRoots } from '#flows/identity/roots';
import { createNameInLog } from '#flows/name-in-log';
import { newFileId } from '#media/new-file-id';
import { createChannelStates } from '#store/accounts/channel-states';
import { createTemplateNews } from '#store/accounts/template-news';
import { createFacts } from '#store/chats/facts';
import { createOutcomes } from '#store/chats/outcomes';
import { createOwnEchoes } from '#store/chats/own-echoes';
import type { StoreDeps } from '#store/dynamo/client';
import type { StoreItemsDeps } from './store-items.ts';

/** Builds what `storeItems` needs. */
export function createStoreItemsDeps(
  given: Parameters<typeof createNameInLog>[0] &
    StoreDeps &
    Messengers & { readonly newFile?: (() => string) | undefined },
) {
  return {
    ...given,
    newFile: given.newFile ?? newFileId,
    nameInLog: createNameInLog(given),
    roots: createRoots(given),
    states: createChannelStates(given),
    templates: createTemplateNews(given),
    facts: createFacts(given),
    outcomes: createOutcomes(given),
    ownEchoes: createOwnEchoes(given),
  } satisfies StoreItemsDeps;
}
