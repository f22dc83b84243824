import type { Asked, Crm, Failed, Tokens } from '#crms/crm';
import type { CrmContact, CrmDeal, CrmPipeline, CrmUser, Portal } from '#domain/crm';
import { cut } from '#domain/cut';
import type { ContactData } from '#domain/directory';

/** The most characters of what is kept of a CRM, as of what a CRM may push (docs/http.md). */
const LONGEST = { name: 200, userId: 64, id: 100, chatType: 40, chatId: 256, phone: 20, description: 500 } as const;
/** More addresses than a contact may have here, because those of clients are kept of them. */
const MOST_ADDRESSES_READ = 1_000;
/** No CRM asks to wait for longer than its day. */
const LONGEST_PAUSE_SECONDS = 86_400;
/** A limit that names no time. */
const PAUSE_SECONDS = 60;
/** What ends later has no end, and no date that everybody can read. */
const LAST_TIME = Date.UTC(9999, 0);
/** What a CRM has made under an id that cannot be kept is looked for by its key. */
const UNREADABLE: Failed = { kind: 'unreachable', reason: 'an id that is too long' };

/**
 * The connector, of whose answers only what can be kept is told. Too long names and words are cut; users, stages and
 * addresses with ids that no CRM has are left out. So one strange card holds up nobody else.
 */
export function withinLimits(crm: Crm): Crm {
  const { oauth, unsorted } = crm;
  return {
    ...crm,
    tokensOf(credentials) {
      const tokens = crm.tokensOf(credentials);
      return tokens && tokensOf(tokens);
    },
    ...(oauth && {
      oauth: {
        ...oauth,
        exchange: async (...given) => told(await oauth.exchange(...given), tokensOf),
        refresh: async (...given) => told(await oauth.refresh(...given), tokensOf),
      },
    }),
    identify: async (...given) => told(await crm.identify(...given), portalOf),
    prepare: async (...given) => told(await crm.prepare(...given), same),
    leave: async (...given) => told(await crm.leave(...given), same),
    users: async (...given) => told(await crm.users(...given), usersOf),
    pipelines: async (...given) => told(await crm.pipelines(...given), pipelinesOf),
    find: async (...given) => told(await crm.find(...given), (found) => found.filter(hasId).map(contactOf)),
    read: async (...given) => told(await crm.read(...given), (read) => read.map((one) => told(one, entityOf))),
    dealsOf: async (...given) => told(await crm.dealsOf(...given), (deals) => deals.filter(hasId).map(dealOf)),
    changedSince: async (...given) =>
      told(await crm.changedSince(...given), (page) => ({ ...page, refs: page.refs.filter(hasId) })),
    look: async (...given) => told(await crm.look(...given), (carriers) => carriers.filter(hasId)),
    make: async (...given) => madeOf(await crm.make(...given)),
    remove: async (...given) => told(await crm.remove(...given), same),
    assign: async (...given) => told(await crm.assign(...given), same),
    ...(crm.carry && { carry: async (...given) => told((await crm.carry?.(...given)) ?? UNREADABLE, same) }),
    note: async (...given) => told(await crm.note(...given), (all) => all.map((one) => told(one, same))),
    ...(unsorted && {
      unsorted: {
        add: async (...given) => madeOf(await unsorted.add(...given)),
        accept: async (...given) => madeOf(await unsorted.accept(...given)),
        isOpen: async (...given) => told(await unsorted.isOpen(...given), same),
      },
    }),
  };
}

function told<T, U>(asked: Asked<T>, keep: (value: T) => U): Asked<U> {
  return asked.kind === 'ok' ? { kind: 'ok', value: keep(asked.value) } : failedOf(asked);
}

function same<T>(value: T): T {
  return value;
}

function failedOf(failed: Failed): Failed {
  switch (failed.kind) {
    case 'throttled': {
      const { retryAfterSeconds: seconds, description } = failed;
      return {
        ...failed,
        retryAfterSeconds: seconds >= 1 ? Math.min(Math.ceil(seconds), LONGEST_PAUSE_SECONDS) : PAUSE_SECONDS,
        ...(description !== undefined && { description: said(description) }),
      };
    }
    case 'refused': {
      const { description, about } = failed;
      return {
        ...failed,
        description: said(description),
        ...(about !== undefined && { about: cut(about, LONGEST.name) }),
      };
    }
    case 'unauthorized':
      return { ...failed, code: cut(failed.code, LONGEST.name), description: said(failed.description) };
    case 'unreachable':
      return { ...failed, reason: said(failed.reason) };
    default:
      return failed;
  }
}

function said(text: string): string {
  return cut(text, LONGEST.description);
}

function tokensOf({ goodUntil, ...tokens }: Tokens): Tokens {
  const isTime = goodUntil !== undefined && Math.abs(goodUntil) <= LAST_TIME;
  return { ...tokens, ...(isTime && { goodUntil: Math.floor(goodUntil) }) };
}

function portalOf({ name, connectedAs, ...portal }: Portal): Portal {
  return { ...portal, name: cut(name, LONGEST.name), connectedAs: cut(connectedAs, LONGEST.name) };
}

function usersOf(users: readonly CrmUser[]): CrmUser[] {
  return users
    .filter(({ id }) => isText(id, LONGEST.userId))
    .map(({ name, phone, ...user }) => ({
      ...user,
      name: cut(name, LONGEST.name) || user.id,
      ...(isText(phone, LONGEST.phone) && { phone }),
    }));
}

function pipelinesOf(pipelines: readonly CrmPipeline[]): CrmPipeline[] {
  return pipelines.filter(hasId).map(({ stages, ...pipeline }) => ({
    ...pipeline,
    name: cut(pipeline.name, LONGEST.name),
    stages: stages.filter(hasId).map((stage) => ({ ...stage, name: cut(stage.name, LONGEST.name) })),
  }));
}

function contactOf(contact: CrmContact): CrmContact {
  return {
    ...contact,
    ...cardOf(contact),
    contactData: contact.contactData.slice(0, MOST_ADDRESSES_READ).filter(isAddress),
  };
}

function dealOf(deal: CrmDeal): CrmDeal {
  return { ...deal, ...cardOf(deal), contacts: deal.contacts.filter((id) => isText(id, LONGEST.id)) };
}

function entityOf(entity: CrmContact | CrmDeal): CrmContact | CrmDeal {
  return entity.type === 'contact' ? contactOf(entity) : dealOf(entity);
}

/** A user whom nobody could be is nobody. */
function cardOf({ id, name, responsibleUserId }: CrmContact | CrmDeal) {
  return {
    name: cut(name, LONGEST.name) || id,
    responsibleUserId: isText(responsibleUserId, LONGEST.userId) ? responsibleUserId : '',
  };
}

function isAddress({ chatType, chatId = '', username = '', phone = '' }: ContactData): boolean {
  const texts = [chatId, username, phone];
  return isText(chatType, LONGEST.chatType) && texts.every((text) => text === '' || isText(text, LONGEST.chatId));
}

function madeOf<T extends { readonly contactId: string; readonly dealId?: string }>(asked: Asked<T>): Asked<T> {
  if (asked.kind !== 'ok') return failedOf(asked);
  const { contactId, dealId = contactId } = asked.value;
  return [contactId, dealId].every((id) => isText(id, LONGEST.id)) ? asked : UNREADABLE;
}

function hasId({ id }: { readonly id: string }): boolean {
  return isText(id, LONGEST.id);
}

function isText(text: string | undefined, longest: number): text is string {
  return text !== undefined && text !== '' && text.length <= longest && text.isWellFormed();
}
