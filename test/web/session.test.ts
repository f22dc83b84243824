import { expect, test, vi } from 'vitest';
import { signIn, takeLink } from '../../web/data/session.ts';
import { type Shelf, shelfOf } from '../../web/data/storage.ts';

const LINK = 'a'.repeat(43);
const OTHER_LINK = 'b'.repeat(43);
const URL_OF_PAGE = { origin: 'https://konvert.test', pathname: '/prod/chat/acc', search: '?lang=ru' };

/** A browser and a server: links that were not spent yet, tokens that live, and a device if it was signed in. */
class Fakes {
  readonly links = new Set([LINK, OTHER_LINK]);
  readonly tokens = new Set<string>();
  readonly asked: string[] = [];
  /** What the page asked to renew. */
  readonly renewedFor: unknown[] = [];
  device = false;
  isDown = false;
  /** What the page asks for before it knows that it is signed out. */
  whileSigningOut: (() => Promise<unknown>) | undefined;
  readonly shelf: Shelf;

  constructor(storage?: Storage) {
    this.shelf = shelfOf(() => storage ?? fakeStorage());
  }

  around(hash: string, inFrame = true, state: unknown = null) {
    const history = {
      state,
      replaceState(next: unknown) {
        this.state = next;
      },
    };
    return { location: { ...URL_OF_PAGE, hash }, history, inFrame, shelf: this.shelf, send: this.#send };
  }

  readonly #send = async (input: RequestInfo | URL): Promise<Response> => {
    if (this.isDown) throw new TypeError('offline');
    const request = input as Request;
    const { pathname } = new URL(request.url);
    this.asked.push(`${request.method} ${pathname}`);
    if (request.method === 'DELETE') {
      this.tokens.clear();
      this.device = false;
      await this.whileSigningOut?.();
      return Response.json({});
    }
    if (pathname === '/prod/v1/page-tokens') {
      const { link, device } = (await request.json()) as { link: string; device?: boolean };
      if (!this.links.delete(link)) return Response.json({ error: 'LINK_USED', description: '' }, { status: 410 });
      if (device) this.device = true;
      return this.#token(`of ${link[0]}`);
    }
    if (pathname === '/prod/v1/page-tokens/renew') {
      this.renewedFor.push(await request.json());
      return this.device ? this.#token('renewed') : Response.json({ error: 'UNAUTHORIZED' }, { status: 401 });
    }
    const token = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
    if (!this.tokens.has(token)) return Response.json({ error: 'UNAUTHORIZED', description: '' }, { status: 401 });
    return Response.json({ token });
  };

  #token(token: string): Response {
    this.tokens.add(token);
    return Response.json({ token, expiresAt: '', scope: { kind: 'global' } }, { status: 201 });
  }
}

async function open(fakes: Fakes, hash: string, inFrame = true, state: unknown = null) {
  const around = fakes.around(hash, inFrame, state);
  const link = takeLink(around);
  const ended = vi.fn();
  const session = await signIn(around, link, ended);
  const me = async () => ('api' in session ? (await session.api.GET('/v1/me')).data : session.kind);
  return { me, ended, around, session };
}

test('the link leaves the address before anything is sent, and no address holds its secret', async () => {
  const fakes = new Fakes();
  const replaced = vi.fn();
  const around = { ...fakes.around(`#k=${LINK}`), history: { state: null, replaceState: replaced } };

  expect(takeLink(around)).toBe(LINK);

  expect(replaced).toHaveBeenCalledOnce();
  expect(JSON.stringify(replaced.mock.calls)).not.toContain(LINK);
  expect(replaced.mock.calls[0]?.[2]).toBe('/prod/chat/acc?lang=ru');
});

test.each(['', '#/chat/1', '#k=short', `#k=${LINK}x`])('an address without a link stays as it is: %j', (hash) => {
  const around = new Fakes().around(hash);

  expect(takeLink(around)).toBeUndefined();
  expect(around.history.state).toBeNull();
});

test('a link signs in, and a reload of the frame with the spent link goes on with the kept token', async () => {
  const fakes = new Fakes();
  expect(await (await open(fakes, `#k=${LINK}`)).me()).toEqual({ token: 'of a' });

  expect(await (await open(fakes, `#k=${LINK}`)).me()).toEqual({ token: 'of a' });
  expect(fakes.asked.filter((asked) => asked === 'POST /prod/v1/page-tokens').length).toBe(1);
});

test('two frames of one tab keep their own tokens, and a new link wins over what is kept', async () => {
  const fakes = new Fakes();
  const one = await open(fakes, `#k=${LINK}`);
  const other = await open(fakes, `#k=${OTHER_LINK}`);

  expect([await one.me(), await other.me()]).toEqual([{ token: 'of a' }, { token: 'of b' }]);
  expect(await (await open(fakes, `#k=${LINK}`)).me()).toEqual({ token: 'of a' });
});

test('a reload of the frame by its own menu finds its token by the state of its history', async () => {
  const fakes = new Fakes();
  const { around } = await open(fakes, `#k=${LINK}`);

  expect(await (await open(fakes, '', true, around.history.state)).me()).toEqual({ token: 'of a' });
});

test.each([
  ['a spent link in a frame', `#k=${'c'.repeat(43)}`, true, 'link-expired'],
  ['no link in a frame', '', true, 'link-expired'],
  ['a spent link in a window', `#k=${'c'.repeat(43)}`, false, 'link-expired'],
  ['no link in a window', '', false, 'no-link'],
])('without a session: %s', async (_, hash, inFrame, kind) => {
  expect(await (await open(new Fakes(), hash, inFrame)).me()).toBe(kind);
});

test.each([
  ['a window without a link', ''],
  ['a window with a spent link', `#k=${'c'.repeat(43)}`],
])('%s is signed in by its device', async (_, hash) => {
  const fakes = new Fakes();
  fakes.device = true;

  expect(await (await open(fakes, hash, false)).me()).toEqual({ token: 'renewed' });
});

test('a reload of a window goes on with the kept token, for which nothing is asked', async () => {
  const fakes = new Fakes();
  await open(fakes, `#k=${LINK}`, false);
  const asked = fakes.asked.length;

  const { me } = await open(fakes, '', false);

  expect(fakes.asked.length).toBe(asked);
  expect(await me()).toEqual({ token: 'of a' });
});

test('a window keeps its device signed in, a frame has none', async () => {
  const fakes = new Fakes();
  await open(fakes, `#k=${LINK}`, true);
  expect(fakes.device).toBe(false);

  await open(fakes, `#k=${OTHER_LINK}`, false);
  expect(fakes.device).toBe(true);
});

test('a frame never asks for the device, which is a cookie', async () => {
  const fakes = new Fakes();
  fakes.device = true;

  await open(fakes, '', true);

  expect(fakes.asked).toEqual([]);
});

test('a token that ended is renewed by the device once for all requests, and each is sent again', async () => {
  const fakes = new Fakes();
  const { me, ended } = await open(fakes, `#k=${LINK}`, false);
  fakes.tokens.clear();
  fakes.device = true;

  expect(await Promise.all([me(), me(), me()])).toEqual(Array(3).fill({ token: 'renewed' }));

  expect(fakes.asked.filter((asked) => asked.endsWith('renew')).length).toBe(1);
  expect(ended).not.toHaveBeenCalled();
});

test('a window that is reloaded after its token has ended is renewed for its own user and nobody else', async () => {
  const fakes = new Fakes();
  const { session } = await open(fakes, `#k=${LINK}`, false);
  if ('isOf' in session) session.isOf('olga');
  fakes.tokens.clear();

  await (await open(fakes, '', false)).me();

  expect(fakes.renewedFor).toEqual([{ accountId: 'acc', userId: 'olga' }]);
});

test('a session that cannot be renewed is over; one that could not be asked for is not', async () => {
  const fakes = new Fakes();
  const { me, ended } = await open(fakes, `#k=${LINK}`, false);

  fakes.isDown = true;
  await expect(me()).rejects.toThrow('offline');
  expect(ended).not.toHaveBeenCalled();
  fakes.isDown = false;
  fakes.tokens.clear();
  fakes.device = false;
  await me();
  expect(ended).toHaveBeenCalledOnce();
  const asked = fakes.asked.length;
  await me();
  expect(fakes.asked.slice(asked)).toEqual(['GET /prod/v1/me']);
  expect(ended).toHaveBeenCalledOnce();
  expect(await (await open(fakes, '', false)).me()).toBe('no-link');
});

test('where storage throws, a link signs in all the same', async () => {
  const refusing = {
    getItem: refuse,
    setItem: refuse,
    removeItem: refuse,
  } as unknown as Storage;

  expect(await (await open(new Fakes(refusing), `#k=${LINK}`)).me()).toEqual({ token: 'of a' });
});

test('where the server cannot be asked, the link is not lost', async () => {
  const fakes = new Fakes();
  fakes.isDown = true;
  const around = fakes.around(`#k=${LINK}`);
  const link = takeLink(around);
  expect(await signIn(around, link, () => {})).toMatchObject({ kind: 'lost' });

  fakes.isDown = false;
  expect('api' in (await signIn(around, link, () => {}))).toBe(true);
});

test.each([
  ['refuses everything', () => refuse() as never],
  ['is full', () => ({ ...fakeStorage(), setItem: refuse }) as Storage],
])('a shelf over a storage that %s keeps things as long as the page lives', (_, open) => {
  const shelf = shelfOf(open);

  shelf.set('a/1', 'one');
  shelf.set('b', 'two');
  shelf.remove('b');

  expect(shelf.get('a/1')).toBe('one');
  expect(shelf.get('b')).toBeUndefined();
  expect(shelf.names('a/')).toEqual(['a/1']);
});

function refuse(): void {
  throw new DOMException('The operation is insecure', 'SecurityError');
}

/** Like the browser's: what is stored are properties of its own. */
function fakeStorage(): Storage {
  const storage = Object.create({
    getItem: (name: string) => (Object.hasOwn(storage, name) ? storage[name] : null),
    setItem: (name: string, text: string) => {
      storage[name] = text;
    },
    removeItem: (name: string) => {
      delete storage[name];
    },
  });
  return storage;
}

test('who signs out is not told that a link has ended, whatever is asked for meanwhile', async () => {
  const fakes = new Fakes();
  const { me, ended, session } = await open(fakes, `#k=${LINK}`, false);
  if (!('api' in session)) throw new Error('Nobody is signed in');
  fakes.whileSigningOut = me;

  await session.signOut();

  expect(ended.mock.calls).toEqual([['signed-out']]);
});

test('the settings never become the page of who is signed in on the device, also after a reload', async () => {
  const fakes = new Fakes();
  fakes.device = true;
  const first = await signIn(fakes.around('', false), LINK, vi.fn());
  if (!('isOfNobody' in first)) throw new Error('It has not signed in');
  first.isOfNobody();
  fakes.tokens.clear();
  const ended = vi.fn();

  const reloaded = await signIn(fakes.around('', false), undefined, ended);
  if (!('api' in reloaded)) throw new Error('It has not signed in');
  const { response } = await reloaded.api.GET('/v1/settings');

  expect([response.status, ended.mock.calls, fakes.renewedFor]).toEqual([401, [['expired']], []]);
});

test('an address in the settings does not become the page of who is signed in on the device', async () => {
  const fakes = new Fakes();
  fakes.device = true;

  expect(await signIn(fakes.around('#/settings/people', false), undefined, vi.fn())).toEqual({ kind: 'no-link' });
  expect(fakes.asked).toEqual([]);
});
