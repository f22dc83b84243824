import * as z from 'zod/mini';

/** Takes one call of Konvert: its `webhook-id`, and its body. Returns the body of the answer. */
export type Receiver = (id: string, body: unknown) => object;

const message = z.object({
  messageId: z.string(),
  isEcho: z.boolean(),
  contact: z.exactOptional(z.object({ name: z.exactOptional(z.string()) })),
  authorName: z.exactOptional(z.string()),
  text: z.exactOptional(z.string()),
  isDeleted: z.exactOptional(z.boolean()),
  oldInfo: z.exactOptional(z.object({ oldText: z.exactOptional(z.string()) })),
});

const status = z.object({ messageId: z.string(), status: z.string(), text: z.exactOptional(z.string()) });

const wanted = { responsibleUserId: z.string() };

const call = z.object({
  messages: z._default(z.array(message), []),
  statuses: z._default(z.array(status), []),
  createContact: z.exactOptional(z.looseObject({ ...wanted, name: z.string() })),
  createDeal: z.exactOptional(z.looseObject({ ...wanted, contacts: z.array(z.string()) })),
});

/**
 * Makes a receiver that prints each event once, as a CRM takes it once. A call that is repeated has the same
 * `webhook-id`, and gets the same answer.
 */
export function createReceiver(print: (line: string) => void): Receiver {
  const taken = new Set<string>();
  return (id, body) => {
    const isNew = !taken.has(id);
    const { messages, statuses, createContact, createDeal } = call.parse(body);
    if (id !== '') taken.add(id);
    const say = (line: string) => isNew && print(line);
    for (const one of messages) say(wordsOfMessage(one));
    for (const one of statuses) say(wordsOfStatus(one));
    if (createContact) {
      // The id follows from that of the call: whatever crashes, one client becomes one contact.
      const made = { ...createContact, id: `contact-${id.slice(0, 8)}` };
      say(`createContact  ${made.name}, ${made.responsibleUserId} is responsible: made ${made.id}`);
      return made;
    }
    if (createDeal) {
      const made = { ...createDeal, id: `deal-${id.slice(0, 8)}` };
      say(`createDeal     of ${made.contacts.join(', ')}, ${made.responsibleUserId} is responsible: made ${made.id}`);
      return made;
    }
    return {};
  };
}

function wordsOfMessage(one: z.infer<typeof message>): string {
  const by = one.isEcho ? (one.authorName ?? 'the team') : (one.contact?.name ?? 'the client');
  const words = one.isDeleted ? `deleted: ${one.oldInfo?.oldText ?? ''}` : (one.text ?? '');
  return `${one.isEcho ? 'answer ' : 'message'}        ${by}: ${words}`;
}

function wordsOfStatus({ messageId, status: state, text }: z.infer<typeof status>): string {
  return `status         ${messageId.slice(0, 8)} ${state}${text === undefined ? '' : `: ${text}`}`;
}
