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
  /** The user who acts (`Konvert-User`). Without one the CRM acts. */
  readonly actingAs?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly bodies?: Readonly<Record<string, NamedExample>>;
  readonly answer?: unknown;
  readonly answers?: Readonly<Record<string, NamedExample>>;
}

/** Examples by `METHOD path`, as in `lib/routes.ts`. */
export type RouteExamples = Readonly<Record<`${string} /${string}`, RouteExample>>;
