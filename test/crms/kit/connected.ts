import { expect } from 'vitest';
import type { AskCrm, Asked, CrmMade, Session, Wanted } from '#crms/crm';
import { addressKeys } from '#domain/address';
import type { CrmContact } from '#domain/crm';
import type { CrmRig } from './rig.ts';

/** What every test of the suite starts from: a CRM that is connected and prepared. */
export interface Connected {
  readonly rig: CrmRig;
  readonly session: Session;
}

export const HOOKS_URL = 'https://konvert.example/webhooks/crm/x/1/secret';
export const FRAME_URL = 'https://konvert.example/webhooks/frame/x/1';

/** Of a frame whose proof needs no call with the tokens of the connection. */
export const unasked: AskCrm = () => Promise.reject(new Error('The CRM is asked'));

/** The value of an outcome that has to be good. */
export function told<T>(asked: Asked<T>): T {
  expect(asked).toMatchObject({ kind: 'ok' });
  return (asked as Extract<Asked<T>, { kind: 'ok' }>).value;
}

/** A session of the rig with what `prepare` made. */
export async function connect(rig: CrmRig): Promise<Session> {
  const session = sessionOf(rig);
  const { fields } = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));
  return { ...session, fields };
}

/** A session before `prepare`. */
export function sessionOf(rig: CrmRig, signal = new AbortController().signal): Session {
  return { ...rig.session, fields: {}, signal };
}

/** What a new client of WhatsApp needs. */
export function wantedOf(responsibleUserId: string, more: Partial<Wanted> = {}): Wanted {
  return {
    keys: { contact: '0d4b5c6e-0000-4000-8000-000000000001', deal: '0d4b5c6e-0000-4000-8000-000000000002' },
    name: 'Dana Кузнецова',
    contactData: [{ chatType: 'whatsapp', chatId: '79991234567' }],
    dealName: 'WhatsApp: Dana',
    responsibleUserId,
    source: 'Sales',
    ...more,
  };
}

/** Makes contact and deal, in as many steps as the CRM takes. */
export async function makeBoth(
  { rig, session }: Connected,
  wanted: Wanted,
): Promise<Required<Pick<CrmMade, 'contactId' | 'dealId'>>> {
  const made = told(await rig.crm.make(session, wanted));
  expect(made.dealId !== undefined).toBe(rig.traits.makesBoth);
  const { contactId } = made;
  const dealId = made.dealId ?? told(await rig.crm.make(session, { ...wanted, contactId })).dealId;
  return { contactId, dealId: dealId as string };
}

/** The keys of a card's addresses, in account `a`. */
export function keysOf({ contactData }: Pick<CrmContact, 'contactData'>): string[] {
  return addressKeys('a', contactData);
}
