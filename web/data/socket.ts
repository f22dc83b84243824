import { SocketPace } from '../core/backoff.ts';
import type { ChatId } from '../models.ts';
import { createAlarm } from './alarm.ts';

/** A chat as the doorbell names it. */
export type Named = readonly [channelId: string, chatType: string, chatId: string];

/** What the server says. Of what it does not know, the page hears nothing. */
export type Said =
  | { readonly t: 'ring'; readonly chats: readonly (readonly [...Named, version: number, isGone?: true])[] }
  | { readonly t: 'ring'; readonly all: true }
  | { readonly t: 'pong' }
  | { readonly t: 'bye'; readonly why: 'signed-out' }
  | { readonly t: 'writing'; readonly chat: Named; readonly name: string };

/** The part of `WebSocket` that is used. */
export type Wire = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

/** What a socket needs, and what it tells. */
export interface SocketDeps {
  /** Asks for an address with a ticket. Undefined: there is none to be had now. */
  readonly address: () => Promise<string | undefined>;
  readonly connect: (url: string) => Wire;
  readonly now: () => number;
  readonly random: () => number;
  /** The socket is open: what changed before has to be fetched. */
  readonly opened: () => void;
  readonly heard: (said: Said) => void;
  /** There is no socket. `isPolling`: there will be none for a while. */
  readonly lost: (isPolling: boolean) => void;
}

/** The doorbell's wire, which is opened again whenever it is lost. */
export interface Socket {
  /** Asks whether it still lives, and tries at once if there is none. */
  check(): void;
  tellWriting(chat: ChatId): void;
  /** Somebody looks at the page of that push subscription, or does not any more. */
  tellVisible(id: string, is: boolean): void;
  /** Closes it until the next `check`. */
  rest(): void;
  end(): void;
}

const PING_MS = 240_000;
const PONG_MS = 4_000;
const OPEN_MS = 10_000;
/** API Gateway ends every socket after two hours. */
const OLD_MS = { least: 105 * 60_000, spread: 10 * 60_000 };

/** Opens the socket, and keeps one open. */
export function openSocket(deps: SocketDeps): Socket {
  const { now, random } = deps;
  const pace = new SocketPace();
  const setRetry = createAlarm(() => void open(), now);
  const setPing = createAlarm(() => ping(), now);
  const setPong = createAlarm(() => wire && lose(wire), now);
  const setOld = createAlarm(() => void open(), now);
  let wire: Wire | undefined;
  let isOpening = false;
  let isEnded = false;

  async function open(): Promise<void> {
    if (isOpening || isEnded) return;
    isOpening = true;
    setRetry(undefined);
    const made = await attempt();
    isOpening = false;
    if (isEnded) made?.close();
    else if (made) use(made);
    else if (!wire) failed();
  }

  /** Undefined: it could not be opened. */
  async function attempt(): Promise<Wire | undefined> {
    const url = await deps.address();
    if (url === undefined) return undefined;
    const made = deps.connect(url);
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => {
        made.onopen = made.onclose = null;
        made.close();
        resolve(undefined);
      }, OPEN_MS);
      const end = (outcome: Wire | undefined) => {
        clearTimeout(giveUp);
        resolve(outcome);
      };
      made.onopen = () => end(made);
      made.onclose = () => end(undefined);
    });
  }

  /** The new one takes the place of an old one, which rang until now. */
  function use(made: Wire): void {
    const old = wire;
    wire = made;
    if (old) drop(old);
    pace.opened(now());
    made.onclose = () => lose(made);
    made.onmessage = ({ data }) => {
      // Whatever is heard shows that it lives.
      setPong(undefined);
      const said = read(data);
      if (said) deps.heard(said);
    };
    setPing(now() + PING_MS);
    setOld(now() + OLD_MS.least + random() * OLD_MS.spread);
    deps.opened();
  }

  function lose(lost: Wire): void {
    if (lost !== wire) return;
    shut();
    failed();
  }

  function failed(): void {
    const delay = pace.failed(now(), random());
    deps.lost(pace.isPolling);
    setRetry(now() + delay);
  }

  function shut(): void {
    if (wire) drop(wire);
    wire = undefined;
    for (const set of [setPing, setPong, setOld, setRetry]) set(undefined);
  }

  function ping(): void {
    wire?.send(JSON.stringify({ t: 'ping' }));
    setPong(now() + PONG_MS);
    setPing(now() + PING_MS);
  }

  void open();
  return {
    check() {
      if (wire) ping();
      else void open();
    },
    tellWriting({ channelId, chatType, chatId }) {
      wire?.send(JSON.stringify({ t: 'writing', chat: [channelId, chatType, chatId] }));
    },
    tellVisible: (id, is) => wire?.send(JSON.stringify({ t: 'visible', id, is })),
    rest: shut,
    end() {
      isEnded = true;
      shut();
    },
  };
}

function drop(wire: Wire): void {
  wire.onclose = wire.onmessage = null;
  wire.close();
}

function read(data: unknown): Said | undefined {
  try {
    return JSON.parse(String(data)) as Said;
  } catch {
    return undefined;
  }
}
