import type { RouteExample } from '#api/examples/route-example';

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
