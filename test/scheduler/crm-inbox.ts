import type { Asked, Crm, CrmMade, CrmNews } from '#crms/crm';
import type { CrmModel } from './crm-model.ts';

/** A request in the inbox of a CRM. It is `open` until somebody accepts or declines it. */
interface Request {
  readonly uid: string;
  readonly contact: string;
  readonly deal: string;
  isOpen: boolean;
  /** Accepted by a person at the CRM, and not by Konvert. */
  isAcceptedThere?: boolean;
}

/** The user whom the CRM makes responsible for what stands in its inbox. */
const ROBOT = 'robot';

/** Gives a model of a CRM an inbox (D5): what stands in it is in no list, and whoever accepts first gets it. */
export class CrmInbox {
  readonly requests: Request[] = [];
  /** Told of who accepted or declined there. */
  told: (news: CrmNews) => void = () => undefined;
  readonly #model: CrmModel;

  constructor(model: CrmModel) {
    this.#model = model;
  }

  get open(): Request[] {
    return this.requests.filter(({ isOpen }) => isOpen);
  }

  /** Whether the contact or deal stands in the inbox. */
  hides(id: string): boolean {
    return this.open.some(({ contact, deal }) => contact === id || deal === id);
  }

  /** Whether a person at the CRM accepted the request that the contact is of. */
  isAcceptedThere(contactId: string): boolean {
    return this.requests.some(({ contact, isAcceptedThere }) => contact === contactId && isAcceptedThere);
  }

  /** Somebody at the CRM accepts the request. */
  acceptThere(uid: string, userId: string): void {
    const request = this.open.find((one) => one.uid === uid);
    if (request) request.isAcceptedThere = true;
    this.accept(uid, userId);
  }

  /** Accepts the request: the user gets its deal. False if somebody was faster. */
  accept(uid: string, userId: string): boolean {
    const request = this.open.find((one) => one.uid === uid);
    if (!request) return false;
    request.isOpen = false;
    this.#model.changeDeal(request.deal, { responsibleUserId: userId });
    this.told({ kind: 'accepted', uid, dealId: request.deal, userId });
    return true;
  }

  /** Somebody declines the request: contact and deal are gone. */
  decline(uid: string): void {
    const request = this.open.find((one) => one.uid === uid);
    if (!request) return;
    request.isOpen = false;
    this.#model.removeContact(request.contact);
    this.#model.deals.delete(request.deal);
    this.told({ kind: 'declined', uid });
  }

  /** The CRM with its inbox. */
  of(crm: Crm): Crm {
    const model = this.#model;
    const ask = <T>(call: string, session: Parameters<Crm['find']>[0], act: () => Asked<T>) => {
      model.calls.push(call);
      return model.carry(call, session, act);
    };
    return {
      ...crm,
      offers: { ...crm.offers, unsorted: true },
      find: async (session, data) => visible(await crm.find(session, data), ({ id }) => !this.hides(id)),
      changedSince: async (session, since, cursor) => {
        const asked = await crm.changedSince(session, since, cursor);
        if (asked.kind !== 'ok') return asked;
        return { kind: 'ok', value: { ...asked.value, refs: asked.value.refs.filter(({ id }) => !this.hides(id)) } };
      },
      look: async (session, keys, since) => {
        const asked = await crm.look(session, keys, since);
        if (asked.kind !== 'ok') return asked;
        const uidOf = (id: string) => this.open.find(({ contact, deal }) => contact === id || deal === id)?.uid;
        const named = asked.value.map((one) => ({ ...one, uid: uidOf(one.id) }));
        return { kind: 'ok', value: named.map(({ uid, ...one }) => (uid === undefined ? one : { ...one, uid })) };
      },
      unsorted: {
        add: (session, { keys, name, contactData, dealName }) =>
          ask<CrmMade>('make', session, () => {
            const card = { name, contactData, responsibleUserId: ROBOT, key: keys.contact };
            const { id: contactId } = model.addContact(card);
            const about = { name: dealName, responsibleUserId: ROBOT, closed: false, key: keys.deal };
            const { id: dealId } = model.addDeal({ ...about, contacts: [contactId] });
            const uid = `uid-${this.requests.length + 1}`;
            this.requests.push({ uid, contact: contactId, deal: dealId, isOpen: true });
            return { kind: 'ok', value: { contactId, dealId, uid } };
          }),
        accept: (session, uid, userId = ROBOT) =>
          ask<CrmMade>('accept', session, () => {
            const request = this.requests.find((one) => one.uid === uid);
            if (!request || !this.accept(uid, userId)) return { kind: 'taken' };
            model.changeContact(request.contact, { responsibleUserId: userId });
            return {
              kind: 'ok',
              value: { uid, contactId: request.contact, dealId: request.deal, responsibleUserId: userId },
            };
          }),
        isOpen: (session, uid) =>
          ask('isOpen', session, () => ({ kind: 'ok', value: this.open.some((one) => one.uid === uid) })),
      },
    };
  }
}

function visible<T>(asked: Asked<readonly T[]>, isShown: (one: T) => boolean): Asked<readonly T[]> {
  return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.filter(isShown) } : asked;
}
