/** One route of the HTTP API: the method, the path as a template, and the function folder that serves it. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly function: string;
}

/** Every route. CDK makes the gateway from it, and the local mode its server. */
export const routes = [
  { method: 'GET', path: '/webhooks/{transport}/{channelId}', function: 'receive-message' },
  { method: 'POST', path: '/webhooks/{transport}/{channelId}', function: 'receive-message' },
  { method: 'GET', path: '/webhooks/frame/{crm}/{connectionId}', function: 'open-frame' },
  { method: 'POST', path: '/webhooks/frame/{crm}/{connectionId}', function: 'open-frame' },
  { method: 'OPTIONS', path: '/webhooks/frame/{crm}/{connectionId}', function: 'open-frame' },
  { method: 'GET', path: '/webhooks/crm/{crm}/{connectionId}/{secret}', function: 'receive-crm-event' },
  { method: 'POST', path: '/webhooks/crm/{crm}/{connectionId}/{secret}', function: 'receive-crm-event' },

  { method: 'POST', path: '/v3/iframe', function: 'open-page' },
  { method: 'POST', path: '/v3/message', function: 'record-reply' },
  { method: 'PATCH', path: '/v3/message/{messageId}', function: 'change-message' },
  { method: 'DELETE', path: '/v3/message/{messageId}', function: 'change-message' },
  { method: 'GET', path: '/v3/channels', function: 'manage-channels' },
  { method: 'GET', path: '/v3/templates/whatsapp', function: 'manage-templates' },
  { method: 'GET', path: '/v3/unanswered/{id}', function: 'read-chats' },
  { method: 'GET', path: '/v3/users', function: 'sync-directory' },
  { method: 'POST', path: '/v3/users', function: 'sync-directory' },
  { method: 'GET', path: '/v3/users/{id}', function: 'sync-directory' },
  { method: 'DELETE', path: '/v3/users/{id}', function: 'sync-directory' },
  { method: 'PATCH', path: '/v3/users/bulk_delete', function: 'sync-directory' },
  { method: 'GET', path: '/v3/contacts', function: 'sync-directory' },
  { method: 'POST', path: '/v3/contacts', function: 'sync-directory' },
  { method: 'GET', path: '/v3/contacts/{id}', function: 'sync-directory' },
  { method: 'PUT', path: '/v3/contacts/{id}', function: 'sync-directory' },
  { method: 'DELETE', path: '/v3/contacts/{id}', function: 'sync-directory' },
  { method: 'PATCH', path: '/v3/contacts/bulk_delete', function: 'sync-directory' },
  { method: 'GET', path: '/v3/deals', function: 'sync-directory' },
  { method: 'POST', path: '/v3/deals', function: 'sync-directory' },
  { method: 'GET', path: '/v3/deals/{id}', function: 'sync-directory' },
  { method: 'DELETE', path: '/v3/deals/{id}', function: 'sync-directory' },
  { method: 'PATCH', path: '/v3/deals/bulk_delete', function: 'sync-directory' },
  { method: 'GET', path: '/v3/pipelines', function: 'sync-directory' },
  { method: 'POST', path: '/v3/pipelines', function: 'sync-directory' },
  { method: 'GET', path: '/v3/webhooks', function: 'manage-webhooks' },
  { method: 'PATCH', path: '/v3/webhooks', function: 'manage-webhooks' },
  { method: 'POST', path: '/v3/webhooks', function: 'manage-webhooks' },

  { method: 'POST', path: '/v1/accounts', function: 'manage-accounts' },
  { method: 'PATCH', path: '/v1/accounts/{accountId}', function: 'manage-accounts' },
  { method: 'DELETE', path: '/v1/accounts/{accountId}', function: 'manage-accounts' },
  { method: 'POST', path: '/v1/accounts/{accountId}/keys', function: 'manage-accounts' },
  { method: 'GET', path: '/v1/account/keys', function: 'manage-accounts' },
  { method: 'POST', path: '/v1/account/keys', function: 'manage-accounts' },
  { method: 'DELETE', path: '/v1/account/keys/{keyId}', function: 'manage-accounts' },
  { method: 'GET', path: '/v1/audit', function: 'manage-accounts' },
  { method: 'POST', path: '/v1/checks', function: 'manage-accounts' },
  { method: 'GET', path: '/v1/checks/{checkId}', function: 'manage-accounts' },
  { method: 'POST', path: '/v1/channels', function: 'manage-channels' },
  { method: 'PATCH', path: '/v1/channels/{channelId}', function: 'manage-channels' },
  { method: 'POST', path: '/v1/channels/{channelId}/webhook-secret', function: 'manage-channels' },
  { method: 'DELETE', path: '/v1/channels/{channelId}', function: 'manage-channels' },
  { method: 'GET', path: '/v1/channels/{channelId}/qr', function: 'manage-channels' },
  { method: 'GET', path: '/v1/channels/{channelId}/newest-message', function: 'read-chats' },
  { method: 'GET', path: '/v1/settings', function: 'manage-settings' },
  { method: 'PATCH', path: '/v1/settings', function: 'manage-settings' },
  { method: 'PUT', path: '/v1/settings/channels/{channelId}', function: 'manage-settings' },
  { method: 'POST', path: '/v1/settings/channels/{channelId}/preview', function: 'manage-settings' },
  { method: 'POST', path: '/v1/webhooks/secret', function: 'manage-webhooks' },
  { method: 'POST', path: '/v1/webhooks/test', function: 'manage-webhooks' },
  { method: 'GET', path: '/v1/webhooks/answers', function: 'manage-webhooks' },
  { method: 'GET', path: '/v1/crm', function: 'manage-crm' },
  { method: 'POST', path: '/v1/crm', function: 'manage-crm' },
  { method: 'PATCH', path: '/v1/crm', function: 'manage-crm' },
  { method: 'DELETE', path: '/v1/crm', function: 'manage-crm' },
  { method: 'POST', path: '/v1/crm/refresh', function: 'manage-crm' },
  { method: 'GET', path: '/v1/crm/callback/{crm}', function: 'manage-crm' },
  { method: 'PUT', path: '/v1/pipelines', function: 'sync-directory' },
  { method: 'GET', path: '/v1/chats', function: 'read-chats' },
  { method: 'GET', path: '/v1/chats/{channelId}/{chatType}/{chatId}', function: 'read-chats' },
  { method: 'GET', path: '/v1/chats/{channelId}/{chatType}/{chatId}/messages', function: 'read-chats' },
  {
    method: 'PUT',
    path: '/v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed',
    function: 'set-no-reply-needed',
  },
  {
    method: 'PUT',
    path: '/v1/chats/{channelId}/{chatType}/{chatId}/still-owed',
    function: 'set-no-reply-needed',
  },
  { method: 'PUT', path: '/v1/chats/{channelId}/{chatType}/{chatId}/responsible', function: 'hand-over' },
  { method: 'GET', path: '/v1/chats/{channelId}/{chatType}/{chatId}/deals', function: 'read-deals' },
  { method: 'POST', path: '/v1/chats/{channelId}/{chatType}/{chatId}/deals', function: 'ask-deal' },
  { method: 'GET', path: '/v1/health', function: 'read-health' },
  { method: 'GET', path: '/v1/assignments', function: 'read-assignments' },
  { method: 'GET', path: '/v1/statistics', function: 'read-statistics' },
  { method: 'GET', path: '/v1/settings/channels/{channelId}/would-return', function: 'read-statistics' },
  { method: 'GET', path: '/v1/deliveries', function: 'manage-deliveries' },
  { method: 'POST', path: '/v1/deliveries/retry', function: 'manage-deliveries' },
  { method: 'POST', path: '/v1/deliveries/replay', function: 'manage-deliveries' },
  { method: 'POST', path: '/v1/deliveries/{deliveryId}/retry', function: 'manage-deliveries' },
  { method: 'GET', path: '/v1/drafts/{channelId}/{chatType}/{chatId}', function: 'keep-drafts' },
  { method: 'PUT', path: '/v1/drafts/{channelId}/{chatType}/{chatId}', function: 'keep-drafts' },
  { method: 'DELETE', path: '/v1/drafts/{channelId}/{chatType}/{chatId}', function: 'keep-drafts' },
  { method: 'PUT', path: '/v1/push-subscriptions/{id}', function: 'manage-push' },
  { method: 'DELETE', path: '/v1/push-subscriptions/{id}', function: 'manage-push' },
  { method: 'GET', path: '/v1/people/{chatType}/{chatId}', function: 'manage-people' },
  { method: 'DELETE', path: '/v1/people/{chatType}/{chatId}', function: 'manage-people' },
  { method: 'GET', path: '/v1/erasures', function: 'manage-people' },
  { method: 'GET', path: '/v1/erasures/{erasureId}', function: 'manage-people' },
  { method: 'GET', path: '/v1/quick-replies', function: 'manage-quick-replies' },
  { method: 'PUT', path: '/v1/quick-replies', function: 'manage-quick-replies' },

  { method: 'GET', path: '/v1/users', function: 'manage-team' },
  { method: 'PUT', path: '/v1/users/{userId}/status', function: 'manage-team' },
  { method: 'PUT', path: '/v1/users/{userId}/schedule', function: 'manage-team' },

  { method: 'POST', path: '/v1/page-links', function: 'open-page' },
  { method: 'POST', path: '/v1/page-tokens', function: 'open-page' },
  { method: 'POST', path: '/v1/page-tokens/renew', function: 'open-page' },
  { method: 'DELETE', path: '/v1/page-tokens', function: 'open-page' },
  { method: 'GET', path: '/v1/devices', function: 'open-page' },
  { method: 'DELETE', path: '/v1/devices/{deviceId}', function: 'open-page' },
  { method: 'GET', path: '/v1/me', function: 'open-page' },
  { method: 'GET', path: '/v1/me/notices', function: 'read-chats' },

  { method: 'POST', path: '/v1/doorbells', function: 'answer-doorbell' },

  { method: 'GET', path: '/files/{file}/{name}', function: 'serve-file' },
  { method: 'HEAD', path: '/files/{file}/{name}', function: 'serve-file' },
  { method: 'POST', path: '/v1/files', function: 'take-upload' },

  { method: 'GET', path: '/', function: 'serve-page' },
  { method: 'GET', path: '/chat/{accountId}', function: 'serve-page' },
  { method: 'GET', path: '/page/{file}', function: 'serve-page' },

  { method: 'GET', path: '/healthz', function: 'serve-docs' },
  { method: 'GET', path: '/openapi.json', function: 'serve-docs' },
  { method: 'GET', path: '/docs', function: 'serve-docs' },
  { method: 'GET', path: '/docs/{file}', function: 'serve-docs' },
] as const satisfies readonly Route[];

/**
 * Behind an HTTP API, what begins so and has no route of its own: no key of a route may end with a slash there (ADR 11).
 */
export const SLASH_ROUTE = { path: '/v3/{proxy+}', function: 'strip-slash' } as const;

/** A function that serves routes. */
export type RoutedName = (typeof routes)[number]['function'];

/** The routes that `strip-slash` answers for. An id at the end of a path takes a slash behind it, so such routes are not here. */
export const slashRoutes = routes.filter(({ path }) => path.startsWith('/v3/') && !path.endsWith('{id}'));

/** The functions that serve these routes. */
export const compatibleFunctions: readonly RoutedName[] = [...new Set(slashRoutes.map((route) => route.function))];
