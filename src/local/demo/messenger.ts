import type { Clock } from '#clock';
import { answerJson, type Gateway, type PlainRequest, splitTarget } from '#local/server/gateway';
import { callBotMethod, refuseToken } from './bot-methods.ts';
import { openMessengerState } from './messenger-state.ts';
import { refusePages } from './refuse-pages.ts';
import { writeAsClient } from './write-as-client.ts';

/** The path of the demo messenger. The server's address with this path is the `apiBaseUrl` of the first channel. */
export const DEMO_PATH = '/demo-messenger';

/** The path of the messenger of the demo company's second channel, which gives its new clients out in turn. */
export const IN_TURN_PATH = `${DEMO_PATH}/in-turn`;

/**
 * A stand-in for Telegram: the Bot API for one bot, and routes to write as one of its clients and to read the messages.
 */
export interface DemoMessenger {
  /** Whether a request to this target is for this demo messenger. */
  readonly serves: (target: string) => boolean;
  readonly answer: Gateway;
}

/** What a demo messenger is opened with: the file of its state, its path, and the token of its bot. */
export interface DemoBot {
  readonly file: string;
  readonly path: string;
  readonly botToken: string;
}

/** Opens a demo messenger with the state of its last run. */
export async function openDemoMessenger({ file, path: root, botToken }: DemoBot, clock: Clock): Promise<DemoMessenger> {
  const state = await openMessengerState(file, clock);
  return {
    serves: (target) => `${splitTarget(target).path}/`.startsWith(`${root}/`),

    async answer(request) {
      const refused = refusePages(request);
      if (refused) return refused;
      const path = splitTarget(request.target).path.slice(root.length).replace(/\/$/, '');
      if (request.method === 'GET' && path === '/messages') return answerJson(200, { messages: state.messages() });
      if (request.method === 'POST' && path === '/write') return writeAsClient(state, readJson(request));
      const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
      if (method === undefined || request.method !== 'POST')
        return answerJson(404, { error: 'NOT_FOUND', description: 'There is no such route' });
      if (token !== botToken) return refuseToken();
      return callBotMethod(state, botToken, method, readJson(request));
    },
  };
}

function readJson({ body }: PlainRequest): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
