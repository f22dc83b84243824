import type { routes } from '#lib/routes';

type Served = (typeof routes)[number];

/** A route by its method and path, as the description names it. */
export type RouteName = { [R in Served as R['path']]: `${R['method']} ${R['path']}` }[Served['path']];

/** One of several bodies that a route takes, or answers that it gives, and when. */
export interface NamedExample {
  readonly summary: string;
  readonly value: unknown;
}

/**
 * A request that a route takes, and what it answers, as JSON holds it. A route of several forms has `bodies` in the
 * place of `body`, the usual one first, and may have an answer of the same name for each.
 */
export interface RouteExample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly bodies?: Readonly<Record<string, NamedExample>>;
  readonly answer?: unknown;
  readonly answers?: Readonly<Record<string, NamedExample>>;
}

/** Examples of some routes. */
export type RouteExamples = { readonly [R in RouteName]?: RouteExample };
