import { type ReadonlySignal, signal } from '@preact/signals';
import { reloadPage } from '../kit/reload.ts';
import type { PageState } from '../models.ts';
import { answerOf } from './api.ts';
import { createApp } from './app.ts';
import { linkByKey } from './link-by-key.ts';
import { parentOf } from './parent.ts';
import { isLink, type Surroundings, signIn, takeLink } from './session.ts';
import { tabShelf } from './storage.ts';

/** Opens the page: takes the link out of the address first of all, signs in, and says what there is to show. */
export function openPage(): ReadonlySignal<PageState> {
  const state = signal<PageState>({ kind: 'signing-in' });
  const inFrame = window.parent !== window;
  const around: Surroundings = { location, history, inFrame, shelf: tabShelf };
  const link = takeLink(around);
  openNextLinks();

  let running: { stop(): void } | undefined;

  const expired = () => {
    state.value = { kind: 'link-expired', inFrame };
    parentOf(window)?.tell({ type: 'KONVERT_LINK_EXPIRED' });
  };
  const noLink = (hasEnded = false) => {
    state.value = { kind: 'no-link', linkByKey, ...(hasEnded && { hasEnded }) };
  };
  const ended = (why: 'expired' | 'signed-out') => {
    running?.stop();
    // The document of an account is opened by links of its users. This one is that of the settings, which the key opens.
    const isOfSettings = location.pathname.endsWith('/chat/-');
    if (inFrame || (why === 'expired' && !isOfSettings)) expired();
    else noLink(why === 'expired');
  };
  const failed = (description?: string) => {
    state.value = { kind: 'failed', ...(description && { description }), retry: () => void open() };
  };
  const open = async () => {
    state.value = { kind: 'signing-in' };
    const session = await signIn(around, link, ended);
    if (!('api' in session)) {
      if (session.kind === 'lost') failed();
      else if (session.kind === 'link-expired') expired();
      else noLink();
      return;
    }
    const answer = await answerOf(session.api.GET('/v1/me'));
    if (answer.kind === 'ok') {
      const { body: me } = answer;
      // A settings link belongs to nobody, so it has no chats.
      if (me.user === null) {
        const loaded = await import('./settings/settings.ts').catch(() => undefined);
        if (loaded === undefined) {
          state.value = { kind: 'failed', retry: () => void reloadPage() };
          return;
        }
        const settings = loaded.createSettings(session, me);
        running = settings;
        state.value = { kind: 'settings', settings };
      } else {
        const app = createApp(session, me);
        running = app;
        state.value = { kind: 'signed-in', app };
      }
    } else if (state.value.kind === 'signing-in') failed(answer.kind === 'refused' ? answer.description : undefined);
  };
  void open();
  return state;
}

/**
 * Another link that is opened where the page already is, such as by a CRM in its frame, changes no more than the part of
 * the address after its `#`. Nobody else may take it for the address of a chat.
 */
function openNextLinks(): void {
  addEventListener('hashchange', (event) => {
    if (!isLink(location.hash)) return;
    event.stopImmediatePropagation();
    location.reload();
  });
}
