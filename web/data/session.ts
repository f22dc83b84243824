import type { KonvertClient } from '../../clients/typescript/index.ts';
import { sha256 } from '../core/sha256.ts';
import { answerOf, type Bearer, baseOf, createApi, type Lost } from './api.ts';
import type { Shelf } from './storage.ts';

/** Somebody who is signed in, for as long as the tab lives. */
export interface Session {
  readonly api: KonvertClient;
  /** The page shows what is that user's from now on, so the session is never renewed as another's. */
  isOf(userId: string): void;
  /** It is that of the settings, so it is never renewed as that of somebody who is signed in on this device. */
  isOfNobody(): void;
  /** Forgets it here, because it was ended. */
  forget(): void;
  /** Ends the session at the server and forgets it here. */
  signOut(): Promise<void>;
}

/** What a session needs of the browser. */
export interface Surroundings {
  readonly location: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
  readonly inFrame: boolean;
  readonly shelf: Shelf;
  readonly send?: typeof fetch;
}

/** Why nobody is signed in. `lost`: the server could not be asked. */
export type NoSession = { readonly kind: 'link-expired' } | { readonly kind: 'no-link' } | Lost;

const LINK = /^#k=([\w-]{43})$/;
const SETTINGS = /^#\/settings\b/;
/** Outside frames: the link of the last session, because a reload has none in its address. */
const LAST = 'konvert/last-link';
/** In the place of the user of a page of settings. No user has that id. */
const NOBODY = '';

/** Whether the part of an address after its `#` is the secret of a link. */
export function isLink(hash: string): boolean {
  return LINK.test(hash);
}

/** Takes the secret of a link out of the address, so that it stays in no history and no copied address. */
export function takeLink({ location, history }: Surroundings): string | undefined {
  const link = LINK.exec(location.hash)?.[1];
  if (link === undefined) return undefined;
  // In a frame, a reload by the browser has only this to find its token again.
  history.replaceState({ link: nameOf(link) }, '', location.pathname + location.search);
  return link;
}

/** Signs in by the token that the tab kept, by the link, or by the device. `ended` is called once it is over. */
export async function signIn(
  around: Surroundings,
  link: string | undefined,
  ended: (why: 'expired' | 'signed-out') => void,
): Promise<Session | NoSession> {
  const { shelf, inFrame } = around;
  const anonymous = createApi(
    baseOf(around.location),
    { token: () => undefined, renew: async () => false },
    around.send,
  );
  let name = link === undefined ? lastName(around) : nameOf(link);
  const accountId = decodeURIComponent(around.location.pathname.split('/chat/')[1] ?? '');
  // Kept beside the token: a window that is reloaded after its token has ended is still that person's.
  let userId = name === undefined ? undefined : shelf.get(userOf(name));
  // An address in the settings is that of nobody, also if it was kept longer than its session.
  if (SETTINGS.test(around.location.hash)) userId = NOBODY;
  let token = name === undefined ? undefined : shelf.get(name);

  const keep = (by: string, next: string) => {
    name = by;
    token = next;
    shelf.set(by, next);
    if (!inFrame) shelf.set(LAST, by);
  };
  const renewByDevice = async () => {
    // In a frame there is no cookie, so that no request of another page can do anything (CSRF).
    if (inFrame || userId === NOBODY) return 'refused';
    // A page must not become that of somebody else who has signed in on this device since.
    const body = { ...(accountId && accountId !== '-' && { accountId }), ...(userId !== undefined && { userId }) };
    const answer = await answerOf(anonymous.POST('/v1/page-tokens/renew', { body }));
    if (answer.kind === 'ok') keep(name ?? 'konvert/token/device', answer.body.token);
    return answer.kind;
  };

  if (token === undefined && link !== undefined) {
    const answer = await answerOf(anonymous.POST('/v1/page-tokens', { body: { link, device: !inFrame } }));
    if (answer.kind === 'lost') return answer;
    if (answer.kind === 'ok') keep(nameOf(link), answer.body.token);
  }
  if (token === undefined) {
    const renewed = await renewByDevice();
    if (renewed === 'lost') return { kind: 'lost' };
    if (renewed === 'refused') return { kind: link === undefined && !inFrame ? 'no-link' : 'link-expired' };
  }

  let isOver = false;
  let isLeaving = false;
  let renewing: Promise<boolean> | undefined;
  const bearer: Bearer = {
    token: () => token,
    renew(spent) {
      if (isOver) return Promise.resolve(false);
      if (spent !== token) return Promise.resolve(token !== undefined);
      renewing ??= renewByDevice().then((outcome) => {
        renewing = undefined;
        // While the user signs out, other requests may learn first that the session is over.
        if (outcome === 'refused' && !isLeaving) forget('expired');
        return outcome === 'ok';
      });
      return renewing;
    },
  };
  const forget = (why: 'expired' | 'signed-out') => {
    isOver = true;
    if (name !== undefined) for (const kept of [name, userOf(name)]) shelf.remove(kept);
    shelf.remove(LAST);
    token = undefined;
    ended(why);
  };
  const api = createApi(baseOf(around.location), bearer, around.send);
  const isOf = (id: string) => {
    userId = id;
    if (name !== undefined) shelf.set(userOf(name), id);
  };
  return {
    api,
    forget: () => forget('signed-out'),
    isOf,
    isOfNobody: () => isOf(NOBODY),
    async signOut() {
      isLeaving = true;
      await answerOf(api.DELETE('/v1/page-tokens'));
      forget('signed-out');
    },
  };
}

/** Two frames of one tab share their storage, so each keeps its token under its own link. */
function nameOf(link: string): string {
  return `konvert/token/${sha256(link).slice(0, 16)}`;
}

function userOf(name: string): string {
  return `${name}/user`;
}

function lastName({ history, inFrame, shelf }: Surroundings): string | undefined {
  const own = (history.state as { link?: unknown } | null)?.link;
  if (typeof own === 'string') return own;
  return inFrame ? undefined : shelf.get(LAST);
}
