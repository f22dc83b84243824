import type { Asked, Crm, Session } from '#crms/crm';
import type { CrmTodo, Portal } from '#domain/crm';
import { type Bitrix24Api, MOST_COMMANDS, partOf } from './client.ts';
import { nameOf } from './map.ts';
import { commandOf, type Value } from './query.ts';
import { appSchema, handlersSchema, isYes, placementsSchema, profileSchema, readAs } from './schema.ts';

/** What rings Konvert. `ONAPPINSTALL` comes to the address of the installation, and is not bound. */
export const EVENTS = [
  'ONCRMDEALADD',
  'ONCRMDEALUPDATE',
  'ONCRMDEALDELETE',
  'ONCRMDEALMOVETOCATEGORY',
  'ONCRMCONTACTADD',
  'ONCRMCONTACTUPDATE',
  'ONCRMCONTACTDELETE',
  'ONUSERADD',
  'ONAPPUNINSTALL',
];

/** Where Konvert's page is a tab. https://apidocs.bitrix24.com/api-reference/widgets/crm/detail-tab.html */
const PLACEMENTS = ['CRM_DEAL_DETAIL_TAB', 'CRM_CONTACT_DETAIL_TAB', 'CRM_LEAD_DETAIL_TAB'];

/** The answer of `crm.settings.mode.get` of a portal in which enquiries become leads. */
const CLASSIC_MODE = 1;
/** A person has to change the mode of the CRM, or live with leads that open lines and forms make beside Konvert. */
const LEADS_TODO = 'BITRIX24_LEADS';

/** What ends the address of hooks is the connection and its secret; that of the page, the connection. */
const HOOK_PARTS = 2;
const FRAME_PARTS = 1;

type Handler = { readonly event: string; readonly handler: string };

/** Names the portal, and makes there what Konvert needs. */
export function createPreparing(api: Bitrix24Api): Pick<Crm, 'identify' | 'prepare' | 'leave'> {
  async function bound(session: Session) {
    const asked = await api.batch(session, {
      events: commandOf('event.get', {}),
      places: commandOf('placement.get', {}),
      app: commandOf('app.info', {}),
      mode: commandOf('crm.settings.mode.get', {}),
    });
    if (asked.kind !== 'ok') return asked;
    const events = readAs(handlersSchema, partOf(asked.value, 'events'));
    if (events.kind !== 'ok') return events;
    const places = readAs(placementsSchema, partOf(asked.value, 'places'));
    if (places.kind !== 'ok' && places.kind !== 'refused') return places;
    const app = readAs(appSchema, partOf(asked.value, 'app'));
    const mode = partOf(asked.value, 'mode');
    return {
      kind: 'ok',
      value: {
        events: events.value.filter(({ offline }) => !isYes(offline)).map(upper),
        places: places.kind === 'ok' ? places.value : undefined,
        isInstalled: app.kind !== 'ok' || app.value.INSTALLED === undefined || isYes(app.value.INSTALLED),
        isClassic: mode.kind === 'ok' && Number(mode.value) === CLASSIC_MODE,
      },
    } as const;
  }

  async function run(
    session: Session,
    commands: Readonly<Record<string, string>>,
  ): Promise<Asked<readonly Asked<unknown>[]>> {
    const all = Object.entries(commands);
    const done: Asked<unknown>[] = [];
    for (let from = 0; from < all.length; from += MOST_COMMANDS) {
      const some = all.slice(from, from + MOST_COMMANDS);
      const asked = await api.batch(session, Object.fromEntries(some));
      if (asked.kind !== 'ok') return asked;
      for (const [name] of some) {
        const part = partOf(asked.value, name);
        if (part.kind === 'throttled' || part.kind === 'unreachable') return part;
        done.push(isThereAlready(part) ? { kind: 'ok', value: true } : part);
      }
    }
    return { kind: 'ok', value: done };
  }

  return {
    /**
     * The code of a local application names its portal for ever, whatever the portal is called: it is known in no other.
     * https://apidocs.bitrix24.com/settings/oauth/index.html
     */
    async identify(session) {
      const asked = await api.batch(session, { user: commandOf('profile', {}), app: commandOf('app.info', {}) });
      if (asked.kind !== 'ok') return asked;
      const user = readAs(profileSchema, partOf(asked.value, 'user'));
      if (user.kind !== 'ok') return user;
      const app = readAs(appSchema, partOf(asked.value, 'app'));
      if (app.kind !== 'ok') return app;
      const { host } = asked.value;
      const portal: Portal = {
        accountId: app.value.CODE,
        host,
        name: host,
        connectedAs: nameOf(user.value.NAME, user.value.LAST_NAME) || `#${user.value.ID}`,
        isAdmin: isYes(user.value.ADMIN),
      };
      return { kind: 'ok', value: portal };
    },
    /**
     * Lists what is bound, binds what is missing, and takes away what Konvert bound for addresses that it no longer has. An
     * update of the application takes all of it away, so it is made again here.
     */
    async prepare(session, hooksUrl, frameUrl) {
      const found = await bound(session);
      if (found.kind !== 'ok') return found;
      const { events, places, isInstalled, isClassic } = found.value;
      const missing = EVENTS.filter((event) => !events.some((one) => one.event === event && one.handler === hooksUrl));
      const strays = events.filter(
        ({ event, handler }) =>
          isOurs(handler, hooksUrl, HOOK_PARTS) && (handler !== hooksUrl || !EVENTS.includes(event)),
      );
      const missingPlaces = places
        ? PLACEMENTS.filter(
            (placement) => !places.some((one) => one.placement === placement && one.handler === frameUrl),
          )
        : [];
      const strayPlaces = (places ?? []).filter(
        ({ placement, handler }) =>
          isOurs(handler, frameUrl, FRAME_PARTS) && (handler !== frameUrl || !PLACEMENTS.includes(placement)),
      );
      const done = await run(session, {
        ...named(
          'bind',
          missing.map((event) => commandOf('event.bind', { event, handler: hooksUrl })),
        ),
        ...named(
          'unbind',
          strays.map(({ event, handler }) => commandOf('event.unbind', { event, handler })),
        ),
        ...named(
          'place',
          missingPlaces.map((placement) => commandOf('placement.bind', placeOf(placement, frameUrl))),
        ),
        ...named(
          'unplace',
          strayPlaces.map(({ placement, handler }) =>
            commandOf('placement.unbind', { PLACEMENT: placement, HANDLER: handler }),
          ),
        ),
      });
      if (done.kind !== 'ok') return done;
      const isBound = done.value.slice(0, missing.length).every(({ kind }) => kind === 'ok');
      const arePlaced = places !== undefined && done.value.every(({ kind }) => kind === 'ok');
      const todo: CrmTodo[] = isClassic ? [{ code: LEADS_TODO }] : [];
      return {
        kind: 'ok',
        value: {
          fields: {},
          todo,
          problems: [
            // Until its installation is finished, an application gets no events, whatever is bound.
            ...(isBound && isInstalled ? [] : [{ code: 'HOOKS_MISSING' } as const]),
            ...(arePlaced || !isBound ? [] : [{ code: 'NOT_ADMIN', about: 'placement' } as const]),
          ],
        },
      };
    },
    async leave(session, hooksUrl) {
      const found = await bound(session);
      if (found.kind !== 'ok') return found;
      const { events, places } = found.value;
      const done = await run(session, {
        ...named(
          'unbind',
          events
            .filter(({ handler }) => isOurs(handler, hooksUrl, HOOK_PARTS))
            .map(({ event, handler }) => commandOf('event.unbind', { event, handler })),
        ),
        // All places of an application are its own.
        ...named(
          'unplace',
          (places ?? [])
            .filter(({ placement }) => PLACEMENTS.includes(placement))
            .map(({ placement, handler }) => commandOf('placement.unbind', { PLACEMENT: placement, HANDLER: handler })),
        ),
      });
      return done.kind === 'ok' ? { kind: 'ok', value: undefined } : done;
    },
  };
}

/** Somebody else has bound it a moment ago. */
function isThereAlready(asked: Asked<unknown>): boolean {
  return asked.kind === 'refused' && asked.code === 'INVALID' && /already/i.test(asked.description);
}

function upper({ event, handler }: Handler): Handler {
  return { event: event.toUpperCase(), handler };
}

/** An address of this deployment for this CRM: of another connection, or with another secret. */
function isOurs(handler: string, url: string, own: number): boolean {
  const [one, other] = [URL.parse(handler), URL.parse(url)];
  const prefix = other?.pathname.split('/').slice(0, -own).join('/');
  return !!one && !!other && one.origin === other.origin && one.pathname.startsWith(`${prefix}/`);
}

function named(prefix: string, commands: readonly string[]): Record<string, string> {
  return Object.fromEntries(commands.map((command, at) => [`${prefix}${at}`, command]));
}

function placeOf(placement: string, handler: string): Record<string, Value> {
  return {
    PLACEMENT: placement,
    HANDLER: handler,
    TITLE: 'Konvert',
    LANG_ALL: { ru: { TITLE: 'Переписка' }, en: { TITLE: 'Messages' } },
  };
}
