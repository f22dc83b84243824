import type { Answer } from '#test/crms/kit/frame';
import { createRecords, type Records } from '#test/crms/kit/records';
import type { VirtualClock } from '#test/doubles/virtual-clock';
import type { HubspotHook } from './delivery.ts';

/** A record as HubSpot keeps it. Values of properties are texts. */
export interface Stored {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  archived: boolean;
}

export interface Stage {
  readonly id: string;
  label: string;
  readonly displayOrder: number;
  readonly isClosed: boolean;
  readonly probability: string;
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  stages: Stage[];
}

export interface Engagement {
  readonly id: string;
  readonly body: string;
  readonly at: string;
  readonly to: readonly string[];
}

export type Kind = 'contacts' | 'deals';

/** All that a portal has. */
export interface World {
  readonly clock: VirtualClock;
  readonly records: Readonly<Record<Kind, Records<Stored>>>;
  /** Ids of records that were merged, with what they went into. */
  readonly heirs: Map<string, string>;
  readonly owners: Owner[];
  readonly pipelines: Pipeline[];
  /** The properties that were made, by object. */
  readonly properties: Readonly<Record<Kind, Map<string, { readonly hasUniqueValue: boolean }>>>;
  /** The contacts of each deal. */
  readonly contactsOf: Map<string, readonly string[]>;
  readonly engagements: Engagement[];
  /** Properties that the portal's own rules require of new records. */
  readonly required: Record<Kind, string[]>;
  readonly tokens: Set<string>;
  /** Hooks that wait to be delivered, the oldest first. */
  readonly hooks: HubspotHook[];
  nextId(): string;
}

export const PORTAL_ID = 700001;

/** Tells of a change to whom it concerns. */
export function tell(world: World, kind: Kind, act: string, fields: object): void {
  world.hooks.push({
    appId: 1,
    eventId: world.hooks.length,
    subscriptionId: 7,
    portalId: PORTAL_ID,
    occurredAt: world.clock.now(),
    attemptNumber: 0,
    subscriptionType: `${kind === 'contacts' ? 'contact' : 'deal'}.${act}`,
    ...fields,
  });
}

export function createWorld(clock: VirtualClock, token: string): World {
  let last = 1_000;
  const lagMs = 10_000;
  return {
    clock,
    records: { contacts: createRecords(clock, lagMs), deals: createRecords(clock, lagMs) },
    heirs: new Map(),
    owners: [],
    pipelines: [
      {
        id: 'default',
        label: 'Sales',
        displayOrder: 0,
        stages: [
          { id: 'appointmentscheduled', label: 'Appointment', displayOrder: 0, isClosed: false, probability: '0.2' },
          { id: 'closedwon', label: 'Won', displayOrder: 1, isClosed: true, probability: '1.0' },
          { id: 'closedlost', label: 'Lost', displayOrder: 2, isClosed: true, probability: '0.0' },
        ],
      },
    ],
    properties: { contacts: new Map(), deals: new Map() },
    contactsOf: new Map(),
    engagements: [],
    required: { contacts: [], deals: [] },
    tokens: new Set([token]),
    hooks: [],
    nextId: () => String(++last),
  };
}

/** The record of that id, or what it was merged into. */
export function held(world: World, kind: Kind, id: string): Stored | undefined {
  const heir = world.heirs.get(`${kind}/${id}`);
  return heir === undefined ? world.records[kind].get(id) : held(world, kind, heir);
}

/** An error as HubSpot writes it. */
export function wrong(status: number, category: string, message: string, errors?: readonly object[]): Answer {
  const body = { status: 'error', message, category, correlationId: 'a-1', ...(errors && { errors }) };
  return { status, body };
}

/** A value of a property that is not taken. */
export function invalid(property: string, code: string): Answer {
  const error = { message: `${property} is not valid`, code, context: { propertyName: [property] } };
  return wrong(400, 'VALIDATION_ERROR', 'Property values were not valid', [error]);
}
