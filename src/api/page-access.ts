import type { DescribedRoutes } from '#api/described-route';

/** A route as `METHOD path`, as in `lib/routes.ts`. */
type RouteName = keyof DescribedRoutes;

/** Who may call a route with a token of the page: users on their own page, or the page of settings. */
export type PageKind = 'user' | 'settings';

const USER: readonly PageKind[] = ['user'];
const SETTINGS: readonly PageKind[] = ['settings'];
const BOTH: readonly PageKind[] = ['user', 'settings'];

/**
 * All that a token of the page may do. What is not here takes an API key, the operator's key or none. What a user may do
 * in which chat is decided by their role (R1), as everywhere.
 */
const PAGE_ACCESS: Readonly<Record<RouteName, readonly PageKind[]>> = {
  'GET /v1/me': BOTH,
  'DELETE /v1/page-tokens': BOTH,
  'GET /v1/devices': BOTH,
  'DELETE /v1/devices/{deviceId}': BOTH,
  'POST /v1/page-links': BOTH,

  'GET /v1/chats': USER,
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': USER,
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': USER,
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals': USER,
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': USER,
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': USER,
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': USER,
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': USER,
  'GET /v3/unanswered/{id}': USER,
  'POST /v3/message': USER,
  'PATCH /v3/message/{messageId}': USER,
  'DELETE /v3/message/{messageId}': USER,
  'GET /v3/templates/whatsapp': USER,
  'POST /v1/files': USER,
  'POST /v1/doorbells': USER,
  'GET /v1/drafts/{channelId}/{chatType}/{chatId}': USER,
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': USER,
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': USER,
  'GET /v1/quick-replies': USER,
  'PUT /v1/quick-replies': USER,
  'GET /v1/me/notices': USER,
  'PUT /v1/push-subscriptions/{id}': USER,
  'DELETE /v1/push-subscriptions/{id}': USER,
  'GET /v1/users': BOTH,
  'PUT /v1/users/{userId}/status': BOTH,
  'PUT /v1/users/{userId}/schedule': BOTH,
  'GET /v1/assignments': BOTH,
  'GET /v1/statistics': BOTH,
  'POST /v1/deliveries/{deliveryId}/retry': BOTH,

  'GET /v1/deliveries': SETTINGS,
  'POST /v1/deliveries/retry': SETTINGS,
  'POST /v1/deliveries/replay': SETTINGS,
  'GET /v1/settings': SETTINGS,
  'PATCH /v1/settings': SETTINGS,
  'PUT /v1/settings/channels/{channelId}': SETTINGS,
  'POST /v1/settings/channels/{channelId}/preview': SETTINGS,
  'GET /v1/settings/channels/{channelId}/would-return': SETTINGS,
  'GET /v3/users': SETTINGS,
  'POST /v3/users': SETTINGS,
  'GET /v3/users/{id}': SETTINGS,
  'DELETE /v3/users/{id}': SETTINGS,
  'GET /v3/pipelines': SETTINGS,
  'PUT /v1/pipelines': SETTINGS,
  'GET /v3/webhooks': SETTINGS,
  'PATCH /v3/webhooks': SETTINGS,
  'POST /v1/webhooks/secret': SETTINGS,
  'POST /v1/webhooks/test': SETTINGS,
  'GET /v1/webhooks/answers': SETTINGS,
  'GET /v1/crm': SETTINGS,
  'POST /v1/crm': SETTINGS,
  'PATCH /v1/crm': SETTINGS,
  'DELETE /v1/crm': SETTINGS,
  'POST /v1/crm/refresh': SETTINGS,
  'GET /v1/audit': SETTINGS,
  'GET /v1/people/{chatType}/{chatId}': SETTINGS,
  'DELETE /v1/people/{chatType}/{chatId}': SETTINGS,
  'GET /v1/erasures': SETTINGS,
  'GET /v1/erasures/{erasureId}': SETTINGS,
  'GET /v1/health': SETTINGS,
  'GET /v3/channels': SETTINGS,
  'POST /v1/channels': SETTINGS,
  'PATCH /v1/channels/{channelId}': SETTINGS,
  'POST /v1/channels/{channelId}/webhook-secret': SETTINGS,
  'GET /v1/channels/{channelId}/qr': SETTINGS,
  'DELETE /v1/channels/{channelId}': SETTINGS,
  'GET /v1/channels/{channelId}/newest-message': SETTINGS,
  'GET /v1/account/keys': SETTINGS,
  'POST /v1/account/keys': SETTINGS,
  'DELETE /v1/account/keys/{keyId}': SETTINGS,
};

/** The kinds of pages that may call the route with their tokens. */
export function pagesThatMay(method: string, route: string): readonly PageKind[] {
  return PAGE_ACCESS[`${method} ${route}` as RouteName] ?? [];
}
