import type { Clock } from '#clock';
import { answerJson, splitTarget } from '#local/server/gateway';
import { callBotMethod, downloadFile, refuseToken } from './bot-methods.ts';
import type { DemoMessenger } from './kit/demo-messenger.ts';
import { openMediaFiles } from './kit/media-files.ts';
import { readSent } from './kit/read-sent.ts';
import { refuseNext } from './kit/refusals.ts';
import { refusePages } from './kit/refuse-pages.ts';
import { openMessengerState } from './messenger-state.ts';
import { writeAsClient } from './write-as-client.ts';

/** The path of the demo messenger. The server's address with this path is the `apiBaseUrl` of the first channel. */
export const DEMO_PATH = '/demo-messenger';

/** The path of the messenger of the demo company's second channel, which gives its new clients out in turn. */
export const IN_TURN_PATH = `${DEMO_PATH}/in-turn`;

/** What a demo messenger is opened with: the file of its state, the folder of its files, its path, its bot's token. */
export interface DemoBot {
  readonly file: string;
  readonly mediaFolder: string;
  readonly path: string;
  readonly botToken: string;
}

/**
 * Opens a stand-in for Telegram with the state of its last run: the Bot API for one bot, and routes to write as one of
 * its clients and to read the messages.
 */
export async function openDemoMessenger(bot: DemoBot, clock: Clock): Promise<DemoMessenger> {
  const { path: root, botToken } = bot;
  const state = await openMessengerState(bot.file, clock);
  const files = await openMediaFiles(bot.mediaFolder);
  const stores = { state, files };
  return {
    serves: (target) => `${splitTarget(target).path}/`.startsWith(`${root}/`),

    async answer(request) {
      const path = splitTarget(request.target).path.slice(root.length).replace(/\/$/, '');
      const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
      const sendsFile = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
      const refused = refusePages(request, sendsFile && token === botToken);
      if (refused) return refused;
      if (request.method === 'GET' && path === '/messages') return answerJson(200, { messages: state.messages() });
      if (request.method === 'POST' && path === '/write') return writeAsClient(stores, await readSent(request));
      if (request.method === 'POST' && path === '/refuse-next') return refuseNext(state);
      const [, ofFile, fileId = ''] = /^\/file\/bot([^/]+)\/(\d+)$/.exec(path) ?? [];
      if (request.method === 'GET' && ofFile !== undefined)
        return ofFile === botToken ? downloadFile(files, fileId) : refuseToken();
      if (method === undefined || request.method !== 'POST')
        return answerJson(404, { error: 'NOT_FOUND', description: 'There is no such route' });
      if (token !== botToken) return refuseToken();
      return callBotMethod(stores, botToken, method, await readSent(request));
    },
  };
}
