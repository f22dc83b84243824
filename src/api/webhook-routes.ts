import type { DescribedRoutes } from '#api/described-route';

/** The routes that messengers call. Each messenger checks its own bodies, in its folder of `src/channels`. */
export const describedWebhookRoutes = {
  'GET /webhooks/{transport}/{channelId}': {
    operationId: 'answerMessenger',
    tag: 'Messenger webhooks',
    summary: 'Where a messenger asks whether an address is Konvert’s, before it sends anything there',
    description:
      'Meta asks before it sends anything. A right verify token is answered with the challenge as text; a messenger that asks nothing has no such address (404).',
    status: 200,
    security: 'none',
    errors: ['CHANNEL_NOT_FOUND', 'UNAUTHORIZED', 'NOT_FOUND'],
  },
  'POST /webhooks/{transport}/{channelId}': {
    operationId: 'receiveFromMessenger',
    tag: 'Messenger webhooks',
    summary: 'Where a messenger says what clients wrote; verified by the messenger’s own secret',
    description:
      'Everything that is verified is 200 with the text `ok`, or what else the messenger wants to read: stored, known already, and ignored on purpose. A 5xx asks the messenger to deliver again; what was stored before is then recognised.',
    status: 200,
    security: 'none',
    errors: [
      'UNREADABLE_WEBHOOK',
      'INVALID_JSON',
      'INVALID_BODY',
      'UNAUTHORIZED',
      'CHANNEL_NOT_FOUND',
      'TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
    ],
  },
} satisfies DescribedRoutes;
