import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#clock';
import { answerJson, type PlainAnswer, type PlainRequest, splitTarget } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient } from './clients.ts';
import type { DemoKind, Desk, KindCall, Own, Posted, Reply } from './demo-kind.ts';
import type { DemoMessenger } from './demo-messenger.ts';
import { type DemoMessage, type KindState, openKindState } from './kind-state.ts';
import { aboutFile, type DemoFile, type MediaFiles, openMediaFiles } from './media-files.ts';
import { postWebhook, type WebhookOutcome } from './post-webhook.ts';
import { readSent } from './read-sent.ts';
import { refuseNext } from './refusals.ts';
import { refusePages } from './refuse-pages.ts';
import { readWritten, WRITE_THIS } from './written.ts';

/** The path below which all demo messengers of the kit are. */
const ROOT = '/demo-messenger';
/** How long a client takes to read a reply. */
const READ_MS = 150;
const FETCH_MS = 15_000;
const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** The file of its state, the folder of its files, its secret, and the address of the server it is behind. */
export interface KindPlace {
  readonly file: string;
  readonly mediaFolder: string;
  readonly secret: string;
  readonly serverUrl: string;
}

/** A demo messenger that can be connected. */
export interface OpenedKind extends DemoMessenger {
  readonly kind: DemoKind;
  /** What its channel is connected with. */
  readonly wanted: Readonly<Record<'transport' | 'name', string>> & { readonly credentials: Record<string, string> };
  /** Whether it calls that address already. */
  calls(url: string): boolean;
  /** Types in the address of the webhook by hand, with the secret if there is one. */
  typeIn(url: string, secret?: string): Promise<void>;
}

/** The path of a demo messenger of the kit. */
export function pathOf({ name }: Pick<DemoKind, 'name'>): string {
  return `${ROOT}/${name}`;
}

/** Opens a messenger of the demo company with the state of its last run. */
export async function openKind(kind: DemoKind, place: KindPlace, clock: Clock): Promise<OpenedKind> {
  const root = pathOf(kind);
  const own = { secret: place.secret, base: place.serverUrl + root };
  const state = await openKindState(place.file, clock);
  const files = await openMediaFiles(place.mediaFolder);
  const desk = createDesk(kind, own, state, files);

  return {
    kind,
    wanted: {
      transport: kind.transport,
      name: kind.channelName,
      credentials: { ...kind.credentials(own), [kind.addressField ?? 'apiBaseUrl']: own.base },
    },
    serves: (target) => `${splitTarget(target).path}/`.startsWith(`${root}/`),
    // Some messengers have the secret in the address.
    calls: (url) => state.webhook()?.url.split('?', 1)[0] === url,
    typeIn: (url, secret = '') => state.setWebhook({ url, secret }),

    async answer(request) {
      const call = await readCall(request, root);
      const isKnown = kind.isKnown(call, own);
      const refused = refusePages(request, isKnown);
      if (refused) return refused;
      switch (`${call.method} ${call.path}`) {
        case 'GET /messages':
          return answerJson(200, { messages: state.messages() });
        case 'POST /write':
          return write(kind, desk, state, call.sent);
        case 'POST /refuse-next':
          return refuseNext(state);
        default:
          if (call.method === 'GET' && call.path.startsWith('/files/')) return download(files, call.path);
          return (await kind.play?.(call, desk)) ?? (isKnown ? kind.answer(call, desk) : kind.stranger);
      }
    },
  };
}

function createDesk(kind: DemoKind, own: Own, state: KindState, files: MediaFiles): Desk {
  const desk: Desk = {
    ...own,
    files,
    fileUrl: ({ id, name }) => `${own.base}/files/${id}/${encodeURIComponent(name)}`,
    webhook: state.webhook,
    setWebhook: state.setWebhook,
    messages: state.messages,
    post,

    async deliver({ chatId, text, file: given, buttons }) {
      const client = clientOf(kind, chatId);
      const file = given && (await fileOf(files, given));
      if (client === undefined || (given && !file)) return 'nobody';
      if (await state.takeRefusal()) return 'refused';
      const message = await state.add({
        from: 'company',
        client,
        text,
        ...(file && { file: aboutFile(file) }),
        ...(buttons && { buttons: [...buttons] }),
      });
      void tell(kind, desk, message);
      return message;
    },
  };
  return desk;
}

async function write(kind: DemoKind, desk: Desk, state: KindState, sent: unknown): Promise<PlainAnswer> {
  const to = state.webhook();
  if (!to) return answerJson(409, { error: 'NO_WEBHOOK', description: 'No address is registered at this messenger' });
  const written = await readWritten(desk.files, sent);
  if (!written) return answerJson(400, { error: 'INVALID_REQUEST', description: WRITE_THIS });
  const { client, text, file } = written;
  const message = await state.add({ from: 'client', client, text, ...(file && { file: aboutFile(file) }) });
  const webhook = await post(to.url, kind.said(message, { ...desk, to }));
  return answerJson(200, { message: { ...message, date: Math.floor(message.at / 1000) }, webhook });
}

/** Tells what became of a reply, a moment after it was taken. */
async function tell(kind: DemoKind, desk: Desk, message: DemoMessage): Promise<void> {
  const to = desk.webhook();
  if (!to) return;
  for (const posted of kind.told?.(message, { ...desk, to }) ?? []) {
    await sleep(READ_MS, undefined, { ref: false });
    await post(to.url, posted);
  }
}

function post(url: string, { headers = {}, body }: Posted): Promise<WebhookOutcome> {
  return postWebhook(url, headers, body);
}

function clientOf(kind: DemoKind, chatId: string): DemoClient | undefined {
  return (Object.keys(DEMO_CLIENTS) as DemoClient[]).find((client) => kind.chatOf(client) === chatId);
}

async function fileOf(files: MediaFiles, given: NonNullable<Reply['file']>): Promise<DemoFile | undefined> {
  if ('id' in given) return files.get(given.id);
  const answer = await fetch(given.url, { signal: AbortSignal.timeout(FETCH_MS) }).catch(() => undefined);
  if (!answer?.ok || Number(answer.headers.get('content-length') ?? 0) > MAX_FILE_BYTES) return undefined;
  const name = decodeURIComponent(new URL(given.url).pathname.split('/').at(-1) || 'file');
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  return files.add({ name, type, bytes: new Uint8Array(await answer.arrayBuffer()) });
}

/** The bytes of a file at `/files/{id}/{name}`. */
async function download(files: MediaFiles, path: string): Promise<PlainAnswer> {
  const file = await files.get(path.split('/')[2] ?? '');
  if (!file) return answerJson(404, { error: 'NOT_FOUND', description: 'There is no such file' });
  return { status: 200, headers: { 'content-type': file.type }, body: file.bytes };
}

async function readCall(request: PlainRequest, root: string): Promise<KindCall> {
  const { path, query } = splitTarget(request.target);
  const { method, headers, body } = request;
  return {
    method,
    path: decoded(path.slice(root.length)).replace(/(?<=.)\/$/, ''),
    query: new URLSearchParams(query),
    headers,
    sent: await readSent(request),
    body,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
