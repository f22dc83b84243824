import type { Messengers } from '#channels/registry/messengers';
import { createRoots } from '#flows/identity/roots';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import { newFileId } from '#media/new-file-id';
import { createChannelStates } from '#store/accounts/channel-states';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createRoutes } from '#store/accounts/routes';
import { createTemplateNews } from '#store/accounts/template-news';
import { createFacts } from '#store/chats/facts';
import { createOutcomes } from '#store/chats/outcomes';
import { createOwnEchoes } from '#store/chats/own-echoes';
import type { StoreDeps } from '#store/dynamo/client';
import type { ReceiveMessageDeps } from './handler.ts';

/** What receive-message is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & { readonly cipher: Cipher; readonly log: Log; readonly newFile?: (() => string) | undefined },
): ReceiveMessageDeps {
  return {
    ...given,
    newFile: given.newFile ?? newFileId,
    nameInLog: createNameInLog(given),
    channels: createOpenChannels(given),
    routes: createRoutes(given),
    roots: createRoots(given),
    states: createChannelStates(given),
    templates: createTemplateNews(given),
    facts: createFacts(given),
    outcomes: createOutcomes(given),
    ownEchoes: createOwnEchoes(given),
  };
}
