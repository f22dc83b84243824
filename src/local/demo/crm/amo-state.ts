import * as z from 'zod/mini';

const value = z.object({ value: z.string(), enum_code: z.optional(z.string()) });
const fieldValue = z.object({
  field_id: z.number(),
  field_code: z.optional(z.string()),
  values: z.array(value),
});

const user = z.object({ id: z.number(), name: z.string(), isAdmin: z.boolean(), isActive: z.boolean() });
const stage = z.object({ id: z.number(), name: z.string(), sort: z.number(), type: z.number() });
const pipeline = z.object({ id: z.number(), name: z.string(), isMain: z.boolean(), stages: z.array(stage) });
const field = z.object({ id: z.number(), name: z.string(), type: z.string(), code: z.optional(z.string()) });

const entity = {
  id: z.number(),
  name: z.string(),
  responsibleUserId: z.number(),
  /** Seconds, as everywhere in amoCRM. */
  createdAt: z.number(),
  updatedAt: z.number(),
  fields: z.array(fieldValue),
};
const contact = z.object(entity);
const lead = z.object({
  ...entity,
  pipelineId: z.number(),
  statusId: z.number(),
  contacts: z.array(z.number()),
  closedAt: z.optional(z.number()),
});
const note = z.object({
  id: z.number(),
  type: z.enum(['leads', 'contacts']),
  entityId: z.number(),
  text: z.string(),
  createdAt: z.number(),
});
const hook = z.object({ id: z.number(), destination: z.string(), settings: z.array(z.string()) });
const unsorted = z.object({
  uid: z.string(),
  sourceUid: z.string(),
  sourceName: z.string(),
  pipelineId: z.number(),
  leadId: z.number(),
  contactId: z.number(),
  createdAt: z.number(),
});

/** What an account of amoCRM holds. */
export const amoStateSchema = z.object({
  account: z.object({ id: z.number(), name: z.string(), subdomain: z.string() }),
  nextId: z.number(),
  users: z.array(user),
  pipelines: z.array(pipeline),
  /** Fields of its own, beside those that every account has. */
  fields: z.object({ contacts: z.array(field), leads: z.array(field) }),
  contacts: z.array(contact),
  leads: z.array(lead),
  notes: z.array(note),
  hooks: z.array(hook),
  unsorted: z.array(unsorted),
});

export type AmoState = z.infer<typeof amoStateSchema>;
export type AmoContact = z.infer<typeof contact>;
export type AmoLead = z.infer<typeof lead>;
export type AmoUnsorted = z.infer<typeof unsorted>;

/** The stage in which enquiries lie, and those that close a deal: 142 and 143 are the same in every pipeline. */
export const UNSORTED_TYPE = 1;
export const [WON, LOST] = [142, 143];

/** The ids of the fields that every account has. */
export const [PHONE, EMAIL] = [11, 12];

/** An account without clients: four users, of whom the first is an administrator, and one pipeline. */
export function newAmoState(subdomain: string): AmoState {
  const names = ['Olga', 'Ivan', 'Maria', 'Pavel'];
  return {
    account: { id: 31_000_001, name: 'Demo', subdomain },
    nextId: 1001,
    users: names.map((name, index) => ({ id: 9001 + index, name, isAdmin: index === 0, isActive: true })),
    pipelines: [
      {
        id: 620_011,
        name: 'Sales',
        isMain: true,
        stages: [
          { id: 7_400_101, name: 'Incoming leads', sort: 10, type: UNSORTED_TYPE },
          { id: 7_400_102, name: 'First contact', sort: 20, type: 0 },
          { id: 7_400_103, name: 'Offer made', sort: 30, type: 0 },
          { id: WON, name: 'Won', sort: 10_000, type: 0 },
          { id: LOST, name: 'Lost', sort: 11_000, type: 0 },
        ],
      },
    ],
    fields: { contacts: [], leads: [] },
    contacts: [],
    leads: [],
    notes: [],
    hooks: [],
    unsorted: [],
  };
}

/** An id that nothing had before. */
export function takeId(state: AmoState): number {
  state.nextId += 1;
  return state.nextId;
}
