/**
 * The clients of the demo messengers, by their names on the command line. Anna is meant if none is named. `phone` is
 * what WhatsApp knows them by.
 */
export const DEMO_CLIENTS = {
  anna: { id: 1001, first_name: 'Anna', last_name: 'Demo', username: 'anna_demo', phone: '79005550101' },
  bob: { id: 1002, first_name: 'Bob', last_name: 'Demo', username: 'bob_demo', phone: '79005550102' },
  carol: { id: 1003, first_name: 'Carol', last_name: 'Demo', username: 'carol_demo', phone: '79005550103' },
  dan: { id: 1004, first_name: 'Dan', last_name: 'Demo', username: 'dan_demo', phone: '79005550104' },
  eva: { id: 1005, first_name: 'Eva', last_name: 'Demo', username: 'eva_demo', phone: '79005550105' },
  frank: { id: 1006, first_name: 'Frank', last_name: 'Demo', username: 'frank_demo', phone: '79005550106' },
} as const;

/** The name of a client on the command line. */
export type DemoClient = keyof typeof DEMO_CLIENTS;

/** Whether there is a client of that name. */
export function isDemoClient(name: string): name is DemoClient {
  return Object.hasOwn(DEMO_CLIENTS, name);
}

/** What the client of that chat is called, as each messenger divides it; undefined if there is none. */
export function namesOf(chatId: string, chatOf: (client: DemoClient) => string) {
  const client = Object.keys(DEMO_CLIENTS).find((name) => isDemoClient(name) && chatOf(name) === chatId);
  if (client === undefined || !isDemoClient(client)) return undefined;
  const { first_name, last_name, username } = DEMO_CLIENTS[client];
  return { first_name, last_name, name: `${first_name} ${last_name}`, username };
}
