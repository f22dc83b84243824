import { expect } from 'vitest';
import type { CrmCredentials } from '#crms/crm';
import type { CrmName } from '#domain/crm';
import { openAmocrm } from '#test/crms/doubles/amocrm/rig';
import { openBitrix24 } from '#test/crms/doubles/bitrix24/rig';
import { hookBody } from '#test/crms/doubles/bitrix24/state';
import { openHubspot } from '#test/crms/doubles/hubspot/rig';
import type { VirtualClock } from '#test/doubles/virtual-clock';
import { type Desk, deskOf } from '#test/functions/company';
import { type CallOptions, createWorld, START, type World } from '#test/world';
import type { CrmRig } from './rig.ts';

/** A hook on its way. */
export type Hook = Pick<CallOptions, 'body' | 'headers'> & { readonly method?: string; readonly query?: string };

/** A rig whose hooks can be had. */
export interface HookedRig extends CrmRig {
  /** The hooks that the CRM would post now to that address, the oldest first. They are taken away. */
  take(targetUrl: string): Promise<readonly Hook[]>;
  /** From now on the limits of the CRM count. How many calls were beyond them since then. */
  count(): () => number;
  /** What connects the account beside its credentials: an installation. */
  install?(): Hook;
}

/** What becomes of hooks on their way. */
export interface OnTheWay {
  readonly twice?: boolean;
  readonly reversed?: boolean;
  readonly lost?: boolean;
}

/** Konvert with a connected CRM, two sellers of it, and a channel that gives new clients to the first. */
export interface HookedWorld {
  readonly world: World;
  readonly rig: HookedRig;
  readonly desk: Desk;
  readonly anna: string;
  readonly boris: string;
  readonly hooksUrl: string;
  /** The CRM posts its hooks, and Konvert does what they ring for. The statuses of the answers. */
  post(onTheWay?: OnTheWay): Promise<readonly number[]>;
  hook(hook: Hook): Promise<number>;
  /** So much time passes, in steps of five seconds. */
  wait(ms: number): Promise<void>;
  /** The schedule runs, and what is due is done. */
  refresh(): Promise<void>;
  /** A client writes. The CRM has contact and deal after that. */
  client(chatId: number): Promise<{ readonly contactId: string; readonly dealId: string }>;
  /** New clients of the channel are given to Anna, with a deal there. */
  giveToAnna(place: { readonly pipelineId: string; readonly stageId: string }): Promise<void>;
  connection(): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const STEP_MS = 5_000;

const rigs: Readonly<Record<CrmName, ((clock: VirtualClock) => Promise<HookedRig>) | undefined>> = {
  async hubspot(clock) {
    const rig = await openHubspot(clock);
    return Object.assign(rig, {
      async take(targetUrl: string) {
        const hooks: Hook[] = [];
        const fetch = async (_url: unknown, init: RequestInit = {}) => {
          hooks.push({ headers: init.headers as Record<string, string>, body: init.body });
          return new Response('ok');
        };
        await rig.deliver(targetUrl, {}, fetch as typeof globalThis.fetch);
        return hooks;
      },
      count() {
        const refused = () => rig.limits.calls.refused + rig.limits.searches.refused;
        const before = refused();
        return () => refused() - before;
      },
    });
  },
  async amocrm(clock) {
    const rig = openAmocrm(clock);
    const take = async () => rig.double.hooks.splice(0).map(({ body }) => ({ headers: FORM, body }));
    const count = () => {
      rig.double.isLimited = true;
      return () => rig.double.limit.refused;
    };
    return Object.assign(rig, { take, count });
  },
  async bitrix24(clock) {
    const rig = openBitrix24(clock);
    const { state, oauth } = rig.double;
    const take = async () => state.sent.splice(0).map(({ body }) => ({ headers: FORM, body }));
    const install = () => {
      const { accessToken, refreshToken } = oauth.install('1');
      const form = new URLSearchParams(hookBody(state, 'ONAPPINSTALL', {}));
      form.set('auth[access_token]', accessToken);
      form.set('auth[refresh_token]', refreshToken);
      form.set('auth[expires_in]', '3600');
      return { headers: FORM, body: form.toString() };
    };
    const count = () => {
      const before = rig.double.refused;
      return () => rig.double.refused - before;
    };
    return Object.assign(rig, { take, install, count });
  },
};

/** The CRMs that Konvert has a connector for. */
export const VENDORS = (Object.keys(rigs) as CrmName[]).filter((name) => rigs[name]);

/** Opens a world whose CRM is the double of that vendor. */
export async function openHookedWorld(vendor: CrmName, credentials?: CrmCredentials): Promise<HookedWorld> {
  let world: World | undefined;
  const clock: VirtualClock = {
    now: () => world?.clock.now() ?? START,
    deadline: (ms) => (world as World).clock.deadline(ms),
    pass: (ms) => (world as World).clock.advance(ms),
  };
  const rig = await (rigs[vendor] as (clock: VirtualClock) => Promise<HookedRig>)(clock);
  world = await createWorld({ crm: rig.crm, pausesPass: true });
  return openIn(world, Object.assign(rig, { credentials: credentials ?? rig.credentials }), vendor);
}

async function openIn(world: World, rig: HookedRig, crm: CrmName): Promise<HookedWorld> {
  const desk = deskOf(world);
  const [anna, boris] = ['Anna Orlova', 'Boris Titov'].map((name) => rig.hands.addUser({ name })) as [string, string];
  const { body } = await must(desk, 'POST', '/v1/crm', { crm, credentials: rig.credentials }, 201);
  const { hooksUrl } = body as { hooksUrl: string };

  async function hook({ method = 'POST', query = '', ...options }: Hook): Promise<number> {
    const { pathname } = new URL(hooksUrl);
    return (await world.call(method, `${pathname}${query}`, options)).status;
  }

  async function post({ twice = false, reversed = false, lost = false }: OnTheWay = {}) {
    const hooks = [...(await rig.take(hooksUrl))];
    if (lost) return [];
    if (reversed) hooks.reverse();
    const statuses: number[] = [];
    for (const one of twice ? [...hooks, ...hooks] : hooks) statuses.push(await hook(one));
    await world.drain();
    return statuses;
  }

  async function wait(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) await world.pass(STEP_MS);
  }

  async function contactOf(chatId: number): Promise<string | undefined> {
    const { data } = await world.store.contacts.page(world.account.accountId, 0, 100);
    return data.find((one) => one.contactData.some((address) => address.chatId === String(chatId)))?.id;
  }

  const hooked: HookedWorld = {
    world,
    rig,
    desk,
    anna,
    boris,
    hooksUrl,
    post,
    hook,
    wait,
    async refresh() {
      await world.app.listeners['refresh-crm']();
      await wait(STEP_MS);
    },
    async client(chatId) {
      await world.say(chatId, 'Hello');
      await wait(STEP_MS);
      const contactId = (await contactOf(chatId)) ?? '';
      const { data } = await world.store.deals.page(world.account.accountId, 0, 100);
      const dealId = data.find(({ contacts }) => contacts.includes(contactId))?.id ?? '';
      await rig.take(hooksUrl);
      return { contactId, dealId };
    },
    connection: async () => (await must(desk, 'GET', '/v1/crm')).body as Record<string, unknown>,
    async giveToAnna(place) {
      const newClients = { mode: 'round-robin', ...place };
      const userRoles = [anna, boris].map((userId) => ({
        userId,
        role: 'seller',
        allowGetNewClients: userId === anna,
      }));
      await must(desk, 'PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
      await world.drain();
    },
    async stop() {
      await rig.stop();
      await world.stop();
    },
  };
  if (rig.install) {
    expect(await hook(rig.install())).toBe(200);
    await world.drain();
  }
  const [pipeline] = (await must(desk, 'GET', '/v3/pipelines')).body as { id: string; stages: { id: string }[] }[];
  await hooked.giveToAnna({ pipelineId: String(pipeline?.id), stageId: String(pipeline?.stages[0]?.id) });
  return hooked;
}

async function must(desk: Desk, method: string, path: string, body?: unknown, status = 200) {
  const answer = await desk.ask(method, path, body);
  if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer;
}
