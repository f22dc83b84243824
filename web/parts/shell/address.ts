import { effect } from '@preact/signals';
import { navigate } from 'wouter-preact/use-hash-location';
import { type App, keyOf } from '../../models.ts';
import { chatInAddress } from './chat-address.ts';

/**
 * Keeps the open chat in the address, and opens the one that the address names. In a window of its own each chat is a
 * step back; in a frame none is, because the CRM's Back button must not step through chats.
 */
export function followAddress(app: App, inFrame: boolean): () => void {
  const follow = () => {
    const wanted = chatInAddress(location.hash);
    const shown = app.thread.peek()?.active.peek().id;
    if (wanted === undefined) app.close();
    else if (shown === undefined || keyOf(shown) !== keyOf(wanted)) app.open(wanted);
  };
  if (app.thread.peek() === undefined && chatInAddress(location.hash)) follow();
  addEventListener('hashchange', follow);

  let threadKey = app.thread.peek()?.key;
  const stop = effect(() => {
    const thread = app.thread.value;
    const id = thread?.active.value.id;
    const isSameThread = thread?.key === threadKey;
    threadKey = thread?.key;
    // Nothing was open and nothing is: the address may name a chat that is still on its way.
    if (isSameThread && id === undefined) return;
    const address = id ? `/chat/${keyOf(id)}` : '/';
    if (`#${address}` === location.hash) return;
    const { state } = history;
    if (id === undefined && !inFrame && state?.isStep) history.back();
    else if (inFrame || isSameThread || id === undefined) navigate(address, { replace: true, state });
    else navigate(address, { state: { ...state, isStep: location.hash.length <= 2 } });
  });
  return () => {
    stop();
    removeEventListener('hashchange', follow);
  };
}
