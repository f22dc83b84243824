import type { DescribedRoutes } from '#api/described-route';

/** The routes that messengers call. Each messenger checks its own bodies, in its folder of `src/channels`. */
export const describedWebhookRoutes = {
  'GET /webhooks/{transport}/{channelId}': {
    operationId: 'answerMessenger',
    tag: 'Messenger webhooks',
    summary: 'Where a messenger asks whether an address is Konvert’s, before it sends anything there',
    status: 200,
    security: 'none',
    errors: [],
  },
  'POST /webhooks/{transport}/{channelId}': {
    operationId: 'receiveFromMessenger',
    tag: 'Messenger webhooks',
    summary: 'Where a messenger says what clients wrote; verified by the messenger’s own secret',
    status: 200,
    security: 'none',
    errors: [],
  },
} satisfies DescribedRoutes;
