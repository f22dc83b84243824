import { uuidOf } from './hash.ts';

const PREFIX = 'inbox-';

/**
 * The keys under which a request of a new client is made in the inbox of a CRM (D5). They follow from the decision to make it,
 * so that repeating it makes no twin, and they show what they are of.
 */
export function enquiryIds(addressKey: string, generation: number, at: number) {
  const decision = `${addressKey}#${generation}#${at}`;
  return { contact: `${PREFIX}${uuidOf(`contact#${decision}`)}`, deal: `${PREFIX}${uuidOf(`deal#${decision}`)}` };
}

/** Whether a key of a contact or a deal is of a request in the inbox. */
export function isEnquiryKey(key: string | undefined): boolean {
  return key?.startsWith(PREFIX) ?? false;
}
