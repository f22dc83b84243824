import type { Bells, Doorbells } from '#bells';
import type { Platform } from '#functions/app';
import type { FileAction, FunctionDefinition, SecretUse } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import type { BlobStore } from '#media/blob-store';
import { crmContext, crmTokensContext, INSTALLATION, receiverContext } from '#store/accounts/keys';
import { type Asked, askedBy, type Input, wordsOf } from '#test/grants/asked';
import { allowing } from '#test/grants/given';
import { noteNeeded } from '#test/grants/needed';

/** What a function gets that needs a grant in AWS. */
type Granted = Pick<Platform, 'client' | 'bells' | 'cipher' | 'blobs' | 'doorbells'>;

/**
 * The platform of a function, which lets it do what `lib/functions.ts` grants it and nothing else. What AWS would
 * refuse is an error here, so every test finds a forgotten grant, not only a deployment. Tables are named by their ids.
 * What a call needed is noted for `npm run test:grants`, which finds the grants that none needs.
 */
export function onlyGranted<P extends Granted>(name: FunctionName, platform: P): P {
  const ask = (asked: Asked) => {
    const [first, ...others] = allowing(name, asked);
    if (!first) throw new Error(`${name} may not ${wordsOf(asked)}`);
    // A part that only one of several statements gives is not needed for this call.
    noteNeeded(
      name,
      first.filter((part) => others.every((parts) => parts.includes(part))),
    );
  };
  const send = (command: { constructor: { name: string }; input: Input }, ...options: unknown[]) => {
    for (const asked of askedBy(command.constructor.name, command.input)) ask(asked);
    return (platform.client.send as (...of: unknown[]) => unknown)(command, ...options);
  };
  const bells: Bells = {
    async ring(queue, ...message) {
      ask({ action: 'SendMessage', place: queue });
      await platform.bells.ring(queue, ...message);
    },
  };
  const use = (kind: 'open' | 'seal') => async (text: string, context: string) => {
    ask({ action: neededFor(kind, context), place: 'secrets' });
    return platform.cipher[kind](text, context);
  };
  const may = (action: FileAction, key: string) => {
    ask({ action, place: key.slice(0, key.indexOf('/') + 1) });
    return platform.blobs;
  };
  const blobs: BlobStore = {
    put: async (key, ...given) => may('PutObject', key).put(key, ...given),
    get: async (key, ...given) => may('GetObject', key).get(key, ...given),
    linkTo: async (key, ...given) => may('GetObject', key).linkTo(key, ...given),
    uploadTo: async (key, ...given) => may('PutObject', key).uploadTo(key, ...given),
    remove: async (key) => may('DeleteObject', key).remove(key),
  };
  const { doorbell }: FunctionDefinition = functions[name];
  const doorbells = platform.doorbells && doorbell && doorbellsFor(platform.doorbells, ask);
  const cipher = { open: use('open'), seal: use('seal') };
  return { ...platform, client: { send }, bells, blobs, doorbells, cipher };
}

function doorbellsFor({ addressFor, post }: Doorbells, ask: (asked: Asked) => void): Doorbells {
  return {
    addressFor,
    async post(...message) {
      ask({ action: 'ManageConnections', place: 'sockets' });
      return post(...message);
    },
  };
}

function neededFor(kind: 'open' | 'seal', context: string): SecretUse {
  if (context === INSTALLATION) return kind === 'open' ? 'sign' : 'found';
  if (context.startsWith(receiverContext(''))) return `${kind}Receiver`;
  if (context.startsWith(crmTokensContext(''))) return `${kind}CrmTokens`;
  return context.startsWith(crmContext('')) ? `${kind}Crm` : kind;
}
