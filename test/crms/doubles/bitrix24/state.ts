import type { Clock } from '#clock';

export type Kind = 'contact' | 'deal';

export const TYPES: Readonly<Record<string, Kind>> = { 2: 'deal', 3: 'contact' };

/** A contact or a deal with the fields of `crm.item`. Times are epoch ms here. */
export interface Item {
  id: number;
  kind: Kind;
  fields: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  activityAt: number;
  fm: { id: number; typeId: string; valueType: string; value: string }[];
  contactIds: number[];
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly lastName: string;
  readonly phone: string;
  readonly type: 'employee' | 'extranet' | 'email';
  isActive: boolean;
  isAdmin: boolean;
}

export interface Status {
  readonly id: string;
  readonly list: string;
  name: string;
  readonly semantics: 'S' | 'F' | null;
  readonly sort: number;
}

/** A portal: all that is kept there. */
export interface PortalState {
  readonly clock: Pick<Clock, 'now'>;
  host: string;
  readonly oldHosts: Set<string>;
  readonly memberId: string;
  readonly app: { readonly code: string; readonly secret: string; isInstalled: boolean; token: string };
  isClassic: boolean;
  readonly users: Map<string, User>;
  readonly items: Map<string, Item>;
  /** The contacts of leads, by the ids of these. */
  readonly leads: Map<string, readonly number[]>;
  readonly categories: Map<string, { name: string }>;
  statuses: Status[];
  readonly comments: { readonly kind: Kind; readonly id: number; readonly text: string; readonly author: string }[];
  handlers: { readonly event: string; readonly handler: string }[];
  places: { readonly placement: string; readonly handler: string }[];
  /** Hooks that went out, the oldest first. */
  readonly sent: { readonly handler: string; readonly body: string }[];
  /** The titles of fields that an administrator made required. */
  readonly required: Set<string>;
  next(): number;
}

/** Moscow's, as most portals. */
const ZONE_MS = 3 * 3_600_000;

/** A time as Bitrix24 writes it: in seconds, in the portal's zone, with the zone. */
export function timeText(at: number): string {
  return `${new Date(at + ZONE_MS).toISOString().slice(0, 19)}+03:00`;
}

/** A time as Bitrix24 reads it. Without a zone it is the portal's. */
export function timeOf(text: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}+03:00`);
}

export function keyOf(kind: Kind, id: number | string): string {
  return `${kind}#${id}`;
}

/** Sends a hook to all who are bound to it. Until its installation is finished, an application gets none. */
export function ring(state: PortalState, event: string, fields: Readonly<Record<string, string>>, byUser = true): void {
  if (!state.app.isInstalled) return;
  for (const { handler } of state.handlers.filter((one) => one.event === event)) {
    state.sent.push({ handler, body: hookBody(state, event, fields, byUser) });
  }
}

/** A hook as it goes out: a form with brackets. */
export function hookBody(
  state: PortalState,
  event: string,
  fields: Readonly<Record<string, string>>,
  withTokens = false,
): string {
  const form = new URLSearchParams({ event, event_handler_id: '12' });
  for (const [name, value] of Object.entries(fields)) form.set(`data[FIELDS][${name}]`, value);
  form.set('ts', String(Math.floor(state.clock.now() / 1000)));
  if (withTokens) form.set('auth[access_token]', 'token-of-who-did-it');
  form.set('auth[domain]', state.host);
  form.set('auth[client_endpoint]', `https://${state.host}/rest/`);
  form.set('auth[server_endpoint]', 'https://oauth.bitrix.info/rest/');
  form.set('auth[member_id]', state.memberId);
  form.set('auth[application_token]', state.app.token);
  return form.toString();
}

export function createState(clock: Pick<Clock, 'now'>, host: string): PortalState {
  let last = 100;
  const state: PortalState = {
    clock,
    host,
    oldHosts: new Set(),
    memberId: 'a223c6b3710f85df22e9377d6c4f7553',
    app: {
      code: 'local.5c8bb1b0891cf2.87252039',
      secret: 'secret-of-the-app',
      isInstalled: true,
      token: '51856fefc120afa4',
    },
    isClassic: false,
    users: new Map(),
    items: new Map(),
    leads: new Map(),
    categories: new Map([['0', { name: 'Общая' }]]),
    statuses: [],
    comments: [],
    handlers: [],
    places: [],
    sent: [],
    required: new Set(),
    next: () => {
      last += 1;
      return last;
    },
  };
  state.users.set('1', {
    id: '1',
    name: 'Anna',
    lastName: 'K',
    phone: '',
    type: 'employee',
    isActive: true,
    isAdmin: true,
  });
  state.users.set('2', {
    id: '2',
    name: 'Guest',
    lastName: '',
    phone: '',
    type: 'extranet',
    isActive: true,
    isAdmin: false,
  });
  const stages = [
    ['NEW', 'Новая', null],
    ['PREPARATION', 'Подготовка', null],
    ['WON', 'Сделка успешна', 'S'],
    ['LOSE', 'Сделка провалена', 'F'],
  ] as const;
  for (const [at, [id, name, semantics]] of stages.entries()) {
    state.statuses.push({ id, list: 'DEAL_STAGE', name, semantics, sort: (at + 1) * 10 });
  }
  return state;
}
