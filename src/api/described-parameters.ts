import type { DescribedRoute } from '#api/described-route';
import type { DescribedSchemas, JsonSchema } from '#api/described-schemas';

/** A parameter of a path, a query or a header. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** What stands in a path. An `id` is that of the entity which the path names. */
const IN_PATH: Readonly<Record<string, string>> = {
  transport: 'The messenger, as a channel names it',
  channelId: 'The id of a channel',
  secret: 'The secret of the address, which only the CRM knows',
  chatType: 'The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`',
  chatId: 'The messenger’s own id of the person, percent-encoded',
  messageId: 'The id of a message',
  accountId: 'The id of an account',
  checkId: 'The id of a check',
  keyId: 'The id of an API key',
  deliveryId: 'The id of a delivery',
  deviceId: 'The id of a device',
  userId: 'The id of a user of the team, percent-encoded',
  erasureId: 'The id of an erasure',
  file: 'The id or name of a file',
  name: 'The name of the file; any will do',
  'users id': 'The id of a user in the CRM, percent-encoded',
  'unanswered id': 'The id of a user in the CRM, percent-encoded',
  'contacts id': 'The id of a contact in the CRM, percent-encoded',
  'deals id': 'The id of a deal in the CRM, percent-encoded',
  'push-subscriptions id': 'The id that the page made: letters, digits, `-` and `_`, 64 at most',
};

const IN_QUERY: Readonly<Record<string, string>> = {
  cursor: 'The `nextCursor` of the page before. It is opaque',
  before: 'The `before` of the newer page. It is opaque',
  limit: 'The most entries of a page',
  offset: 'How many entries to leave out',
  after: 'The `next` of the page before. It is opaque',
  find: 'Names clients: a phone in any spelling, an id, a username, else a part of the name. `view` has no say then',
  view: 'Which chats; `all` unless it is given',
  state: '`failed` unless it is given',
  kind: 'What leaves',
  target: '`webhook`, or the key of a chat: `channelId#chatType#chatId`, percent-encoded',
  channelId: 'The id of a channel',
  userId: 'A user: who became responsible, or who did what is counted',
  from: 'The first day, `YYYY-MM-DD`; a week ago unless it is given',
  to: 'The last day; today unless it is given',
  groupBy: 'A row for each; one row of all unless it is given',
  zone: 'The IANA name of the zone of these days; that of the account unless it is given',
  format: '`json` unless it is given',
  returnAfterMinutes: 'After so many minutes a client would go to the next user; never unless it is given',
  tellHeadsAfterMinutes: 'After so many minutes heads would be told; never unless it is given',
  returnsAtMost: 'So often at most, then into the pool; 3 unless it is given',
  days: 'Over how many days, up to 90; 7 unless it is given',
  rule: 'By which rule',
  chatType: 'With `channelId` and `chatId`: the records of the client of that chat',
  chatId: 'The messenger’s own id of the person',
};

const KONVERT_USER: Parameter = {
  name: 'Konvert-User',
  in: 'header',
  required: false,
  description:
    'The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page',
  schema: { type: 'string' },
};

/** The parameters of a route: those of its path, those of its query, and the header that names the acting user. */
export function parametersOf(path: string, route: DescribedRoute, schemas: DescribedSchemas): readonly Parameter[] {
  return [...inPath(path), ...inQuery(route, schemas), ...(route.asUser ? [KONVERT_USER] : [])];
}

/** The name of a parameter that several routes have, in the components. An `id` is named by what it is the id of. */
export function nameOfParameter({ name, in: place, description }: Parameter): string {
  // `user-id` is the `id` of a path.
  if (name === 'userId' && place === 'path') return 'TeamUserId';
  const whole = name === 'id' ? `${/^The id of a (\w+) in the CRM/.exec(description)?.[1] ?? 'subscription'}-id` : name;
  const words = whole.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join('');
}

function inPath(path: string): Parameter[] {
  return [...path.matchAll(/([\w-]+)?\/\{(\w+)\}/g)].map(([, before, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    description: IN_PATH[name === 'id' ? `${before} id` : name!] ?? '',
    schema: { type: 'string' },
  }));
}

function inQuery({ query }: DescribedRoute, schemas: DescribedSchemas): Parameter[] {
  if (!query) return [];
  const { properties = {} } = schemas.of(query, 'input') as { properties?: Readonly<Record<string, JsonSchema>> };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    description: IN_QUERY[name] ?? '',
    schema,
  }));
}
