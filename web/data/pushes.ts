import type { Signal } from '@preact/signals';
import type { KonvertClient } from '../../clients/typescript/index.ts';
import { namesShown } from '../core/notice-names.ts';
import type { PushChoice, PushState } from '../models.ts';
import { answerOf } from './api.ts';

/** Tells the server that somebody looks at the page of that subscription, or does not any more. */
export type TellVisible = (id: string, isVisible: boolean) => void;

/** What turns notifications on and off, once it is loaded. */
export interface Pushes {
  turnOn(): Promise<true>;
  turnOff(): Promise<void>;
  /** False if it was not saved. */
  choose(wanted: Partial<PushChoice>): Promise<boolean>;
}

interface PushesDeps {
  readonly api: KonvertClient;
  readonly pushKey: string;
  readonly state: Signal<PushState>;
  readonly choice: Signal<PushChoice | undefined>;
  readonly tellVisible: TellVisible;
  readonly failed: () => void;
}

/** The worker lies beside the files of the page, and serves what lies below `chat/`. */
const WORKER = '../page/sw.js';
/** The server leaves the device alone for a minute after it was told. */
const TOLD_EVERY_MS = 45_000;

/** Starts it: a browser that has subscribed is told to the server with each page. */
export function startPushes({ api, pushKey, state, choice, tellVisible, failed }: PushesDeps): Pushes {
  const names = namesShown(new URL('../page/', location.href).href);
  /** The id of the subscription while notifications are on. */
  let id: string | undefined;
  let lastStored: Promise<unknown> = Promise.resolve();
  void look();
  setInterval(() => tellLook(true), TOLD_EVERY_MS);
  document.addEventListener('visibilitychange', () => tellLook(false));

  async function look(): Promise<void> {
    if (Notification.permission === 'denied') state.value = 'denied';
    else {
      const made = await subscription();
      if (made && (await store(made.endpoint))) state.value = 'on';
    }
  }

  /** One after the other: each answer tells all that is chosen, and an older one would take back what was chosen since. */
  function store(endpoint: string, wanted: Partial<PushChoice> = {}): Promise<boolean> {
    const stored = lastStored.then(() => storeNow(endpoint, wanted));
    lastStored = stored.catch(() => undefined);
    return stored;
  }

  /** The server learns it again with each page: who signed in here last is woken. It keeps what was chosen before. */
  async function storeNow(endpoint: string, wanted: Partial<PushChoice>): Promise<boolean> {
    const { notices, outsideHours } = wanted;
    const body = { endpoint, ...(notices && { notices }), ...(outsideHours !== undefined && { outsideHours }) };
    const params = { path: { id: await idOf(endpoint) } };
    const answer = await answerOf(api.PUT('/v1/push-subscriptions/{id}', { params, body }));
    if (answer.kind !== 'ok') return false;
    id = answer.body.id;
    choice.value = {
      notices: answer.body.notices ?? 'all',
      outsideHours: answer.body.outsideHours ?? false,
      names: await names.isOn(),
    };
    tellLook(true);
    return true;
  }

  /** Tells that somebody looks. `isStill`: that nobody does was told when it began. */
  function tellLook(isStill: boolean): void {
    const isVisible = document.visibilityState === 'visible';
    if (id !== undefined && (isVisible || !isStill)) tellVisible(id, isVisible);
  }

  return {
    async turnOn() {
      if ((await Notification.requestPermission()) !== 'granted') {
        state.value = Notification.permission === 'denied' ? 'denied' : 'off';
        return true;
      }
      // The browser's push service may be out of reach, or switched off by its owner.
      const made = await subscribe(pushKey).catch(() => undefined);
      if (made && (await store(made.endpoint))) state.value = 'on';
      else {
        await made?.unsubscribe();
        failed();
      }
      return true;
    },
    async turnOff() {
      const made = await subscription();
      id = undefined;
      if (!made) return;
      const params = { path: { id: await idOf(made.endpoint) } };
      await answerOf(api.DELETE('/v1/push-subscriptions/{id}', { params }));
      await made.unsubscribe();
      state.value = 'off';
    },
    async choose({ names: isShown, ...wanted }) {
      const made = await subscription();
      if (!made) return false;
      if (isShown !== undefined) await names.set(isShown);
      return store(made.endpoint, wanted);
    },
  };
}

async function subscribe(pushKey: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register(workerUrl(), { scope: '../chat/' });
  // A worker that is still being installed has no subscriptions.
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
}

async function subscription(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration('../chat/');
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** The same browser subscribes under the same id again. */
async function idOf(endpoint: string): Promise<string> {
  // Where there are subscriptions, the browser can do this.
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)));
  return [...hash.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

let worker: string | undefined;

/** With Trusted Types, an address of a script has to be vouched for. This is the one policy of the page. */
function workerUrl(): string {
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypes };
  // A policy cannot be made twice.
  worker ??= (trustedTypes
    ?.createPolicy('konvert', { createScriptURL: (url) => (url === WORKER ? url : '') })
    .createScriptURL(WORKER) ?? WORKER) as string;
  return worker;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}
