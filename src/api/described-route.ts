import type * as z from 'zod/mini';

/**
 * The description of a route: its purpose, what it takes and answers, its status on success, and which key it needs.
 */
export interface DescribedRoute {
  readonly summary: string;
  readonly body?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly answer?: z.ZodMiniType;
  /** The body of an error, if it is not that of all other routes. */
  readonly errors?: z.ZodMiniType;
  readonly status: number;
  readonly security: 'apiKey' | 'operatorKey' | 'anyKey' | 'none';
}

/**
 * Described routes by `METHOD path`, as in `lib/routes.ts`. A table names schemas and makes none, so that the bundle of
 * a function that imports one of these schemas leaves the table out.
 */
export type DescribedRoutes = Readonly<Record<`${string} /${string}`, DescribedRoute>>;
