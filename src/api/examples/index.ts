import { accountExamples } from './accounts.ts';
import { channelExamples } from './channels.ts';
import { chatExamples } from './chats.ts';
import { deliveryExamples } from './deliveries.ts';
import { directoryExamples } from './directory.ts';
import { messageExamples } from './messages.ts';
import { pageExamples } from './pages.ts';
import type { RouteExample, RouteExamples } from './route-example.ts';

export type { NamedExample, RouteExample } from './route-example.ts';

const all = {
  ...messageExamples,
  ...channelExamples,
  ...directoryExamples,
  ...chatExamples,
  ...accountExamples,
  ...deliveryExamples,
  ...pageExamples,
} satisfies RouteExamples;

/** A route by its method and path, as in `lib/routes.ts`. */
export type RouteName = keyof typeof all;

/** An example of each route, as one story: see `story.ts`. Only the description of the API imports it. */
export const examples: Readonly<Record<RouteName, RouteExample>> = all;

/** The bodies of a route by name; its only one is called `body`. Empty for a route that takes none. */
export function bodiesOf({ body, bodies }: RouteExample): Readonly<Record<string, unknown>> {
  if (bodies) return valuesOf(bodies);
  return body === undefined ? {} : { body };
}

/** The answers of a route by name; its only one is called `answer`. */
export function answersOf({ answer, answers }: RouteExample): Readonly<Record<string, unknown>> {
  if (answers) return valuesOf(answers);
  return answer === undefined ? {} : { answer };
}

function valuesOf(named: NonNullable<RouteExample['bodies']>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(named).map(([name, { value }]) => [name, value]));
}
