import { addressKeys } from '#domain/address';
import type { Contact } from '#domain/directory';
import { createContactChanges } from '#flows/sight/push-contact';
import { createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import type { TaskOf } from '#store/outbox/tasks';

type EraseTask = TaskOf<'erase'>;

/** The person with what more is theirs. With a `place` it goes on from there. */
export interface ErasedCards {
  readonly person: EraseTask['person'];
  readonly erased: { readonly contacts: number };
  readonly place: string | undefined;
}

/** Takes the ids of a person out of contacts that are not theirs. A contact of nobody else is added to the person. */
export type EraseCards = (task: EraseTask, until: number) => Promise<ErasedCards>;

/**
 * Makes `eraseCards`. An id is in the cards of two contacts if a CRM has the person twice, and belongs to the one that was
 * pushed last. Only this leads to the other.
 */
export function createEraseCards(deps: StoreDeps): EraseCards {
  const { clock } = deps;
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);
  const { updateContact } = createContactChanges(deps);

  return async function eraseCards({ account, person, place }, until) {
    const theirs = new Set(person.addresses);
    const isTheirs = (one: Contact['contactData'][number]) =>
      addressKeys(account, [one]).some((key) => theirs.has(key));
    const withoutThem = ({ contactData }: Pick<Contact, 'contactData'>) => contactData.filter((one) => !isTheirs(one));
    const emptied: string[] = [];

    /** Whether the person has written again meanwhile, and that is the contact of the new client. */
    async function isNew({ id, contactData }: Pick<Contact, 'id' | 'contactData'>): Promise<boolean> {
      const keys = addressKeys(account, contactData).filter((key) => theirs.has(key));
      return (await addresses.getAll(keys)).some(({ contact }) => contact?.id === id);
    }

    function done(next?: string): ErasedCards {
      const grown = { ...person, contacts: [...new Set([...person.contacts, ...emptied])] };
      return { person: grown, erased: { contacts: grown.contacts.length - person.contacts.length }, place: next };
    }

    for await (const cards of contacts.cardPages(account, place)) {
      for (const card of cards.filter(({ contactData }) => contactData.some(isTheirs))) {
        if (await isNew(card)) continue;
        if (withoutThem(card).length === 0) emptied.push(card.id);
        else await updateContact(account, card.id, (now) => ({ ...now, contactData: withoutThem(now) }));
      }
      const last = cards.at(-1);
      if (last && clock.now() >= until) return done(last.id);
    }
    return done();
  };
}
