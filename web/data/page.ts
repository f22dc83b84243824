import { type ReadonlySignal, signal } from '@preact/signals';
import type { PageState } from '../models.ts';
import { answerOf } from './api.ts';
import { createApp, type RunningApp } from './app.ts';
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

  let running: RunningApp | undefined;

  const expired = () => {
    state.value = { kind: 'link-expired', inFrame };
    parentOf(window)?.tell({ type: 'KONVERT_LINK_EXPIRED' });
  };
  const noLink = () => {
    state.value = { kind: 'no-link', linkByKey };
  };
  const ended = (why: 'expired' | 'signed-out') => {
    running?.stop();
    if (why === 'expired' || inFrame) expired();
    else noLink();
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
        const { createSettings } = await import('./settings/settings.ts');
        state.value = { kind: 'settings', settings: createSettings(session, me) };
      } else {
        running = createApp(session, me);
        state.value = { kind: 'signed-in', app: running };
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
