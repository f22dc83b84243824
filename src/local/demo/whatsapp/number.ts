import type { Clock } from '#clock';
import { answerJson, splitTarget } from '#local/server/gateway';
import type { DemoMessenger } from '../kit/demo-messenger.ts';
import { openMediaFiles } from '../kit/media-files.ts';
import { readSent } from '../kit/read-sent.ts';
import { refuseNext } from '../kit/refusals.ts';
import { refusePages } from '../kit/refuse-pages.ts';
import { callGraph, refuseToken } from './graph.ts';
import { openNumberState } from './number-state.ts';
import { writeAsPerson } from './write-as-person.ts';

/** The path of the demo number. The server's address with this path is the `apiBaseUrl` of its channel. */
export const NUMBER_PATH = '/demo-messenger/whatsapp';

/** The file of its state, the folder of its files, and its secrets. */
export interface DemoNumberOptions {
  readonly file: string;
  readonly mediaFolder: string;
  readonly accessToken: string;
  readonly appSecret: string;
}

/**
 * Opens a stand-in for WhatsApp's Cloud API with the state of its last run: the Graph API for one number, and routes to
 * write as one of its clients and to read the messages.
 */
export async function openDemoNumber(options: DemoNumberOptions, clock: Clock): Promise<DemoMessenger> {
  const { accessToken, appSecret } = options;
  const state = await openNumberState(options.file, clock);
  const files = await openMediaFiles(options.mediaFolder);
  const stores = { state, files, appSecret };
  return {
    serves: (target) => `${splitTarget(target).path}/`.startsWith(`${NUMBER_PATH}/`),

    async answer(request) {
      const isKnown = request.headers.authorization === `Bearer ${accessToken}`;
      const refused = refusePages(request, isKnown);
      if (refused) return refused;
      const { method, headers } = request;
      const path = splitTarget(request.target).path.slice(NUMBER_PATH.length).replace(/\/$/, '');
      if (method === 'GET' && path === '/messages') return answerJson(200, { messages: state.messages() });
      if (method === 'POST' && path === '/write') return writeAsPerson(stores, await readSent(request));
      if (method === 'POST' && path === '/refuse-next') return refuseNext(state);
      if (!isKnown) return refuseToken();
      const call = { method, path: path.replace(/^\/v\d+\.\d+(?=\/)/, ''), sent: await readSent(request) };
      return callGraph(stores, clock, `http://${headers.host ?? ''}${NUMBER_PATH}`, call);
    },
  };
}
