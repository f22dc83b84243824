import type * as z from 'zod/mini';
import type { ErrorCode, ErrorShape } from '#http/error-codes';

/** What a route belongs to in the reference. */
export type Tag =
  | 'Messages'
  | 'Templates'
  | 'Files'
  | 'Chats'
  | 'Desk'
  | 'Channels'
  | 'Users'
  | 'Contacts'
  | 'Deals'
  | 'Pipelines'
  | 'CRM'
  | 'Events'
  | 'Deliveries'
  | 'Assignments'
  | 'Statistics'
  | 'Settings'
  | 'Accounts'
  | 'People'
  | 'Page'
  | 'Messenger webhooks'
  | 'Service';

/** An error of a route: a code with its usual status, or the status before it: `400 CHANNEL_NOT_FOUND`. */
export type RouteError = ErrorCode | `${number} ${ErrorCode}`;

/**
 * The description of a route: its purpose, what it takes and answers, its status on success, and which key it needs.
 */
export interface DescribedRoute {
  /** A verb first: `sendMessage`. It names the call in clients that are generated. */
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  /** What the summary leaves out, in Markdown. */
  readonly description?: string;
  readonly body?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly answer?: z.ZodMiniType;
  /**
   * The errors that this route adds. The description itself adds what follows from a key, a user, a path with parameters
   * or a body.
   */
  readonly errors: readonly RouteError[];
  /** The shape of its errors; `plain` unless it is given. */
  readonly shape?: ErrorShape;
  readonly status: number;
  readonly security: 'apiKey' | 'operatorKey' | 'anyKey' | 'pageToken' | 'device' | 'none';
  /** It takes the header `Konvert-User`. */
  readonly asUser?: true;
}

/**
 * Described routes by `METHOD path`, as in `lib/routes.ts`. A table names schemas and makes none, so that the bundle of
 * a function that imports one of these schemas leaves the table out.
 */
export type DescribedRoutes = Readonly<Record<`${string} /${string}`, DescribedRoute>>;
