import { signal } from '@preact/signals';
import { sha256 } from '../core/sha256.ts';
import type { PushModel } from '../models.ts';
import { answerOf } from './api.ts';
import type { Context } from './context.ts';

/** The worker lies beside the files of the page, and serves what lies below `chat/`. */
const WORKER = '../page/sw.js';

/** Makes what turns notifications on and off. In a frame no browser allows them. */
export function createPush({ api, me }: Context, failed: () => void): PushModel {
  const { pushKey } = me;
  const isPossible =
    pushKey !== undefined && window.parent === window && 'serviceWorker' in navigator && 'PushManager' in window;
  const state = signal<'off' | 'on' | 'denied' | 'impossible'>(isPossible ? 'off' : 'impossible');
  if (isPossible) void look();

  async function look(): Promise<void> {
    if (Notification.permission === 'denied') state.value = 'denied';
    else {
      const made = await subscription();
      if (made && (await store(made.endpoint))) state.value = 'on';
    }
  }

  /** The server learns it again with each page: who signed in here last is woken. */
  async function store(endpoint: string): Promise<boolean> {
    const params = { path: { id: idOf(endpoint) } };
    const answer = await answerOf(api.PUT('/v1/push-subscriptions/{id}', { params, body: { endpoint } }));
    return answer.kind === 'ok';
  }

  return {
    state,
    async turnOn() {
      if (!isPossible) return;
      if ((await Notification.requestPermission()) !== 'granted') {
        state.value = Notification.permission === 'denied' ? 'denied' : 'off';
        return;
      }
      // The browser's push service may be out of reach, or switched off by its owner.
      const made = await subscribe(pushKey).catch(() => undefined);
      if (made && (await store(made.endpoint))) state.value = 'on';
      else {
        await made?.unsubscribe();
        failed();
      }
    },
    async turnOff() {
      if (!isPossible) return;
      const made = await subscription();
      if (!made) return;
      await answerOf(api.DELETE('/v1/push-subscriptions/{id}', { params: { path: { id: idOf(made.endpoint) } } }));
      await made.unsubscribe();
      state.value = 'off';
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
function idOf(endpoint: string): string {
  return sha256(endpoint).slice(0, 32);
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
