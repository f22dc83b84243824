import { type StoreDeps, tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';
import { type Address, type Enquiry, keyOf } from './address-item.ts';

/** Nobody is responsible, and no request of this account of the CRM stands. */
const IS_FREE = [
  'attribute_not_exists(#root) AND attribute_not_exists(contact) AND attribute_not_exists(#owner)',
  '(attribute_not_exists(enquiry) OR enquiry.portal <> :portal)',
].join(' AND ');

export type Enquiries = ReturnType<typeof createEnquiries>;

/** The requests of new clients in the inboxes of connected CRMs, one for each generation of an address (D5, D7). */
export function createEnquiries(deps: StoreDeps) {
  const { client } = deps;
  const TableName = tableName(deps, 'addresses');

  /** Decides that the client becomes a request. False if somebody was made responsible meanwhile, or if one stands already. */
  function begin({ key, generation }: Address, enquiry: Enquiry): Promise<boolean> {
    const isSame = generation === 0 ? 'attribute_not_exists(gen)' : 'gen = :generation';
    return updateIf(client, {
      TableName,
      Key: keyOf(key),
      UpdateExpression: 'SET enquiry = :enquiry ADD av :one',
      ConditionExpression: `${IS_FREE} AND ${isSame}`,
      ExpressionAttributeValues: {
        ':enquiry': enquiry,
        ':portal': enquiry.portal,
        ':one': 1,
        ...(generation > 0 && { ':generation': generation }),
      },
    });
  }

  /** Notes what the CRM has made for the request. */
  function noteMade({ key }: Address, { ids }: Enquiry, made: NonNullable<Enquiry['made']>): Promise<boolean> {
    return note(key, 'enquiry.made = :noted', ids.contact, made);
  }

  /** Notes which user of the CRM accepted the request there, which cannot be read later. */
  function noteAccepted({ key }: Address, { ids }: Enquiry, userId: string): Promise<boolean> {
    return note(key, 'enquiry.acceptedBy = :noted', ids.contact, userId);
  }

  function note(key: string, set: string, id: string, noted: unknown): Promise<boolean> {
    return updateIf(client, {
      TableName,
      Key: keyOf(key),
      UpdateExpression: `SET ${set} ADD av :one`,
      ConditionExpression: 'enquiry.ids.contact = :id',
      ExpressionAttributeValues: { ':noted': noted, ':id': id, ':one': 1 },
    });
  }

  return { begin, noteMade, noteAccepted };
}
