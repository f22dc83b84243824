import { itemMethods, paged } from './items.ts';
import { listOf, type Method, mapOf, type Params, RestError, textOf } from './rest.ts';
import { keyOf, type PortalState, type User } from './state.ts';

/** All methods that the double knows. Names are in lower case, as Bitrix24 reads them. */
export function methodsOf(state: PortalState): Readonly<Record<string, Method>> {
  return { ...itemMethods(state), ...readMethods(state), ...userMethods(state), ...appMethods(state) };
}

function readMethods(state: PortalState): Record<string, Method> {
  const contacts = () => [...state.items.values()].filter(({ kind }) => kind === 'contact');
  return {
    /** The whole text is compared: https://apidocs.bitrix24.com/api-reference/crm/duplicates/crm-duplicate-find-by-comm.html */
    'crm.duplicate.findbycomm': (params) => {
      const values = listOf(params.values).map(textOf);
      if (!params.type) throw new RestError(400, 'Communication type is not defined', "Parameter 'type' is required.");
      if (values.length > 20) throw new RestError(400, 'Communication values limit is exceeded', '');
      const found = contacts().filter(({ fm }) =>
        fm.some(({ typeId, value }) => typeId === params.type && values.includes(value)),
      );
      return { result: found.length === 0 ? [] : { CONTACT: found.slice(0, 20).map(({ id }) => id) } };
    },
    'crm.contact.list': (params) => {
      const { IM } = mapOf(params.filter);
      const found = contacts().filter(
        ({ fm }) => IM === undefined || fm.some(({ typeId, value }) => typeId === 'IM' && value === IM),
      );
      return paged(
        found.map(({ id }) => ({ ID: String(id) })),
        params.start,
      );
    },
    'crm.category.list': () => ({
      result: {
        categories: [...state.categories].map(([id, { name }], at) => ({
          id: Number(id),
          name,
          sort: (at + 1) * 100,
          entityTypeId: 2,
          isDefault: id === '0' ? 'Y' : 'N',
          originId: '',
          originatorId: '',
        })),
      },
      total: state.categories.size,
    }),
    'crm.status.list': (params) => {
      const list = mapOf(params.filter).ENTITY_ID;
      const rows = state.statuses
        .filter((one) => one.list === list)
        .map(({ id, name, semantics, sort }) => ({
          ID: id,
          ENTITY_ID: list,
          STATUS_ID: id,
          NAME: name,
          SORT: String(sort),
          SYSTEM: 'N',
          SEMANTICS: semantics,
        }));
      return { result: rows, total: rows.length };
    },
    'crm.settings.mode.get': () => ({ result: state.isClassic ? 1 : 2 }),
    /** Only `fields` in lower case is read. */
    'crm.timeline.comment.add': (params) => {
      const { ENTITY_TYPE, ENTITY_ID, COMMENT, AUTHOR_ID } = mapOf(params.fields);
      if (!COMMENT) throw new RestError(400, 'INVALID_ARG_VALUE', 'Empty comment');
      const kind = ENTITY_TYPE === 'deal' ? 'deal' : 'contact';
      const item = state.items.get(keyOf(kind, textOf(ENTITY_ID)));
      if (!item) throw new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found');
      item.activityAt = state.clock.now();
      state.comments.push({ kind, id: item.id, text: textOf(COMMENT), author: textOf(AUTHOR_ID) });
      return { result: state.comments.length };
    },
  };
}

function userMethods(state: PortalState): Record<string, Method> {
  return {
    'user.get': (params) => {
      const filter: Params = {
        ...mapOf(params.FILTER),
        ...mapOf(params.filter),
        ...(params.ID !== undefined && { ID: params.ID }),
      };
      const isAll = textOf(params.ADMIN_MODE).toLowerCase() === 'true' || 'ID' in filter;
      const found = [...state.users.values()].filter(
        (user) =>
          (filter.ID === undefined || user.id === textOf(filter.ID)) &&
          (filter.USER_TYPE === undefined || user.type === filter.USER_TYPE) &&
          (isAll || user.isActive),
      );
      return paged(found.map(shownUser), params.start);
    },
    'user.current': (_params, userId) => ({ result: shownUser(userOf(state, userId)) }),
    profile: (_params, userId) => {
      const { id, isAdmin, name, lastName } = userOf(state, userId);
      return {
        result: { ID: id, ADMIN: isAdmin, NAME: name, LAST_NAME: lastName, PERSONAL_GENDER: '', TIME_ZONE: '' },
      };
    },
  };
}

function userOf(state: PortalState, id: string): User {
  const user = state.users.get(id);
  if (!user) throw new RestError(401, 'user_access_error', 'The user does not have access to the application');
  return user;
}

function shownUser({ id, name, lastName, phone, type, isActive }: User) {
  return {
    ID: id,
    ACTIVE: isActive,
    NAME: name,
    LAST_NAME: lastName,
    SECOND_NAME: '',
    EMAIL: `u${id}@ex.test`,
    TIMESTAMP_X: {},
    PERSONAL_MOBILE: phone,
    WORK_POSITION: '',
    UF_DEPARTMENT: [1],
    USER_TYPE: type,
  };
}

function appMethods(state: PortalState): Record<string, Method> {
  function adminOnly(userId: string) {
    if (!userOf(state, userId).isAdmin) throw new RestError(403, 'ACCESS_DENIED', 'Access denied!');
  }
  const isSame = (one: Params, event: unknown, handler: unknown) => one.event === event && one.handler === handler;
  return {
    'app.info': () => ({
      result: {
        ID: 5,
        CODE: state.app.code,
        VERSION: 1,
        STATUS: 'L',
        INSTALLED: state.app.isInstalled,
        PAYMENT_EXPIRED: 'N',
        DAYS: null,
        LANGUAGE_ID: 'ru',
        LICENSE: 'ru_std',
        LICENSE_TYPE: 'std',
        LICENSE_FAMILY: 'std',
      },
    }),
    'event.get': () => ({ result: state.handlers.map((one) => ({ ...one, auth_type: '0', offline: 0 })) }),
    'event.bind': (params) => {
      const event = textOf(params.event).toUpperCase();
      if (!/^ON[A-Z]+$/.test(event)) throw new RestError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found');
      if (state.handlers.some((one) => isSame(one, event, params.handler))) {
        throw new RestError(400, 'ERROR_EVENT_BINDING_EXISTS', 'Handler already binded');
      }
      state.handlers.push({ event, handler: textOf(params.handler) });
      return { result: true };
    },
    'event.unbind': (params, userId) => {
      adminOnly(userId);
      const before = state.handlers.length;
      state.handlers = state.handlers.filter((one) => !isSame(one, textOf(params.event).toUpperCase(), params.handler));
      return { result: { count: before - state.handlers.length } };
    },
    'placement.get': (_params, userId) => {
      adminOnly(userId);
      return {
        result: state.places.map((one) => ({ ...one, userId: 0, options: [], title: 'Konvert', description: '' })),
      };
    },
    'placement.bind': (params, userId) => {
      adminOnly(userId);
      const [placement, handler] = [textOf(params.PLACEMENT), textOf(params.HANDLER)];
      if (state.places.some((one) => one.placement === placement && one.handler === handler)) {
        throw new RestError(400, 'ERROR_CORE', 'Unable to set placement handler: Handler already binded');
      }
      state.places.push({ placement, handler });
      return { result: true };
    },
    'placement.unbind': (params, userId) => {
      adminOnly(userId);
      const before = state.places.length;
      state.places = state.places.filter((one) => one.placement !== params.PLACEMENT || one.handler !== params.HANDLER);
      return { result: { count: before - state.places.length } };
    },
  };
}
