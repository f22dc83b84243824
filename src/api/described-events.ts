import * as z from 'zod/mini';
import { contact } from '#api/contact-routes';
import { directoryId } from '#api/crm-fields';
import { deal } from '#api/deal-routes';
import type { DescribedSchemas } from '#api/described-schemas';
import {
  assignmentsBody,
  channelsBody,
  createContactBody,
  createDealBody,
  messagesBody,
  templateBody,
  waitingBody,
} from '#api/event-bodies';
import { eventExamples } from '#api/examples/event-bodies';
import type { RouteExample } from '#api/examples/route-example';

/** The description of one kind of call that Konvert makes to the address of a CRM. */
interface DescribedEvent {
  readonly operationId: string;
  readonly summary: string;
  readonly body: z.ZodMiniType;
  /** What the CRM answers, if Konvert reads it. */
  readonly answer?: z.ZodMiniType;
}

/** The body of the call that asks whether an address takes events. */
export const testBody = z.object({ test: z.literal(true) });

/** The contact that the CRM made. Only the id is needed; what is left out is as it was asked for. */
export const madeContact = z.extend(z.partial(contact), { id: directoryId });

/** The deal that the CRM made, as a contact is told. */
export const madeDeal = z.extend(z.partial(deal), { id: directoryId });

const describedEvents: Readonly<Record<keyof typeof eventExamples, DescribedEvent>> = {
  test: {
    operationId: 'onTest',
    summary: 'An address is being registered, and has to answer 200',
    body: testBody,
  },
  messages: {
    operationId: 'onMessages',
    summary: 'Somebody wrote, or what became of a message',
    body: messagesBody,
  },
  channelsUpdates: {
    operationId: 'onChannelsUpdates',
    summary: 'The state of a channel changed, or its tier',
    body: channelsBody,
  },
  templateStatus: {
    operationId: 'onTemplateStatus',
    summary: 'A messenger decided about a template',
    body: templateBody,
  },
  assignments: {
    operationId: 'onAssignments',
    summary: 'Somebody became responsible for a client, and why',
    body: assignmentsBody,
  },
  waiting: {
    operationId: 'onWaiting',
    summary: 'A client has waited so long that heads are told',
    body: waitingBody,
  },
  createContact: {
    operationId: 'onCreateContact',
    summary: 'A new client has a responsible user, and needs a contact in the CRM',
    body: createContactBody,
    answer: madeContact,
  },
  createDeal: {
    operationId: 'onCreateDeal',
    summary: 'A client needs a deal in the CRM',
    body: createDealBody,
    answer: madeDeal,
  },
};

const HEADERS = [
  header('webhook-id', 'The id of the call, the same when the same is sent again'),
  header('webhook-timestamp', 'When it was sent, in seconds'),
  header('webhook-signature', 'One signature for each secret that signs, with spaces between them', false),
];

function header(name: string, description: string, required = true) {
  return { name, in: 'header', required, description, schema: { type: 'string' } };
}

/** The calls that Konvert makes, as `webhooks` of OpenAPI, and what they want to be answered. */
export function webhooks(schemas: DescribedSchemas): Readonly<Record<string, { readonly post: object }>> {
  return Object.fromEntries(
    (Object.keys(describedEvents) as (keyof typeof eventExamples)[]).map((name) => [
      name,
      { post: operation(name, describedEvents[name], schemas) },
    ]),
  );
}

function operation(
  name: keyof typeof eventExamples,
  { operationId, summary, body, answer }: DescribedEvent,
  schemas: DescribedSchemas,
) {
  const { body: one, bodies: several, answer: made }: RouteExample = eventExamples[name];
  const content = { schema: schemas.of(body, 'output'), ...(several ? { examples: several } : { example: one }) };
  const wanted = answer && { schema: schemas.of(answer, 'input'), example: made };
  return {
    operationId,
    tags: ['Events'],
    summary,
    security: [{}, { crmKey: [] }],
    parameters: HEADERS,
    requestBody: { required: true, content: { 'application/json': content } },
    responses: {
      200: {
        description: answer ? 'It was made' : 'Taken, as by any 2xx',
        ...(wanted && { content: { 'application/json': wanted } }),
      },
      410: { description: 'Ends the registration' },
      default: { description: 'Tried again after 5 seconds, then after twice as long each time, for 24 hours' },
    },
  };
}
