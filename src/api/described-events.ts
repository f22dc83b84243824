import * as z from 'zod/mini';
import { contact } from '#api/contact-routes';
import { directoryId } from '#api/crm-fields';
import { deal } from '#api/deal-routes';
import { createContactBody, createDealBody, eventBody } from '#api/event-bodies';

/** The description of one kind of call that Konvert makes to the address of a CRM. */
interface DescribedEvent {
  readonly operationId: string;
  readonly summary: string;
  readonly body: z.ZodMiniType;
  /** What the CRM answers, if Konvert reads it. */
  readonly answer?: z.ZodMiniType;
}

/** The body of the call that asks whether an address takes events. */
export const probeBody = z.object({ test: z.literal(true) });

/** The contact that the CRM made. Only the id is needed; what is left out is as it was asked for. */
export const madeContact = z.extend(z.partial(contact), { id: directoryId });

/** The deal that the CRM made, as a contact is told. */
export const madeDeal = z.extend(z.partial(deal), { id: directoryId });

const describedEvents: Readonly<Record<string, DescribedEvent>> = {
  probe: {
    operationId: 'onProbe',
    summary: 'An address is being registered, and has to answer 200',
    body: probeBody,
  },
  event: {
    operationId: 'onEvent',
    summary: 'Messages and statuses, states of channels, or the status of a template',
    body: eventBody,
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

/** The calls that Konvert makes, as `webhooks` of OpenAPI. `schemaOf` writes a schema down. */
export function webhooks(schemaOf: (schema: z.ZodMiniType, io: 'input' | 'output') => object) {
  const content = (schema: z.ZodMiniType, io: 'input' | 'output') => ({
    content: { 'application/json': { schema: schemaOf(schema, io) } },
  });
  return Object.fromEntries(
    Object.entries(describedEvents).map(([name, { operationId, summary, body, answer }]) => {
      const taken = { description: 'It was taken', ...(answer && content(answer, 'input')) };
      const responses = {
        '200': taken,
        '410': { description: 'Nothing is sent to this address any more' },
        default: { description: 'It was not taken, and comes again later' },
      };
      const requestBody = { required: true, ...content(body, 'output') };
      const post = {
        operationId,
        tags: ['Events'],
        summary,
        security: [],
        parameters: HEADERS,
        requestBody,
        responses,
      };
      return [name, { post }];
    }),
  );
}

const HEADERS = [
  { name: 'webhook-id', description: 'The same whenever the same is sent again' },
  { name: 'webhook-timestamp', description: 'When it was sent, in seconds' },
  { name: 'webhook-signature', description: 'The signatures of Standard Webhooks, with spaces between them' },
].map((header) => ({ ...header, in: 'header', required: true, schema: { type: 'string' } }));
