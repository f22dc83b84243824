import type { Bells } from '#bells';
import type { Asked, Carrier, Crm, CrmMade, Keys, Session, Wanted } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { CrmContact } from '#domain/crm';
import { clientCard } from '#flows/sight/follow-profile';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createCrmConnections } from '#store/accounts/crms';
import { createChats } from '#store/chats/chats';
import type { Address } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { createConnectorRows } from '#store/outbox/connector-rows';
import type { RowOf } from '#store/outbox/row-item';
import type { CallCrm, Lost } from './calls.ts';
import { channelOf } from './channel-of.ts';
import { type Did, type Got, got, NEXT } from './connector-calls.ts';
import { firstThere } from './first-there.ts';
import { createPushFound, matchesOf } from './push-found.ts';
import { createRefusals } from './refusals.ts';
import { HEIR_MS } from './take-contacts.ts';

type Creation = RowOf<'creation'>;

/** How long after a call without an answer twins are looked for once more. */
const LOOKS_FOR_TWINS_MS = 10 * 60_000;

/** What the CRM answered, and the row as it was marked before it was asked. Without a mark nothing was asked. */
interface AskedToMake {
  readonly asked: Asked<CrmMade> | Lost;
  readonly marked: Creation;
}

/** What every way of making a client in a connected CRM needs. */
export function createClientParts(deps: StoreDeps & Pick<Crms, 'crmFor'> & { readonly bells: Bells<'news'> }) {
  const { clock } = deps;
  const chats = createChats(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const connections = createCrmConnections(deps);
  const marks = createConnectorRows(deps);
  const pushFound = createPushFound(deps);
  const { waitForField } = createRefusals(deps);

  /** A call without an answer may still come to pass for a while. The row waits, and holds up no other. */
  async function waitsForAnswer(row: Creation): Promise<Did | undefined> {
    if (row.sendingAt === undefined) return undefined;
    const connection = await connections.of(row.account);
    const unclearMs = connection ? (deps.crmFor(connection.crm)?.offers.unclearMs ?? 0) : 0;
    const until = row.sendingAt + unclearMs;
    if (until <= clock.now()) return undefined;
    await marks.putOff(row, until);
    return NEXT;
  }

  /** What carries the keys. Without Konvert's field nothing tells it, and the row waits until that is made again. */
  async function lookFor(row: Creation, keys: Keys, since: number, call: CallCrm): Promise<Got<readonly Carrier[]>> {
    const asked = await call((crm, session) => crm.look(session, keys, since));
    if (asked.kind === 'refused' && asked.code === 'FIELD_GONE') return { end: await waitForField(row, asked) };
    return got(asked);
  }

  /** What an earlier call may have made, as soon as that can be told, and the row, of which the outcome was unclear. */
  async function lookAfter(
    row: Creation,
    call: CallCrm,
  ): Promise<Got<{ readonly carriers: readonly Carrier[]; readonly unclear: Creation }>> {
    const waits = row.isKept ? undefined : await waitsForAnswer(row);
    if (waits) return { end: waits };
    const looked = await lookFor(row, row.ids, row.firstSendingAt ?? 0, call);
    if ('end' in looked) return looked;
    if (!row.isUnclear) await marks.noteUnclear(row);
    return { value: { carriers: looked.value, unclear: { ...row, isUnclear: true } } };
  }

  /** Asks the CRM to make something for that user. What became of the call is on the row, as far as it is known. */
  async function askToMake(
    row: Creation,
    user: string | undefined,
    make: (crm: Crm, session: Session) => Promise<Asked<CrmMade>>,
    call: CallCrm,
  ): Promise<AskedToMake> {
    let marked = row;
    const asked = await call(make, async () => {
      marked = await marks.markMaking(row, user);
    });
    // Nobody knows what became of the call.
    if (asked.kind === 'unreachable') await marks.noteUnclear(row);
    // The CRM has surely made nothing. Without the lease nothing is known: the next holder may be calling.
    else if (asked.kind !== 'ok' && asked.kind !== 'lost' && marked !== row) await marks.takeBack(row, marked);
    return { asked, marked };
  }

  /** Looks at the row for twins once more, some time after the last call. */
  async function lookForTwinsLater(row: Creation): Promise<Did> {
    await marks.putOff(row, (row.sendingAt ?? clock.now()) + LOOKS_FOR_TWINS_MS, true);
    return NEXT;
  }

  /** Stores a contact that the CRM has, with its deals: nothing is made, and its responsible user gets the client (D8). */
  async function adoptFound({ account }: Creation, contact: CrmContact, call: CallCrm): Promise<Did | undefined> {
    const deals = got(await call((crm, session) => crm.dealsOf(session, contact.id)));
    if ('end' in deals) return deals.end;
    await pushFound(account, contact, deals.value);
    return undefined;
  }

  /**
   * The contact that the CRM has under one of the person's addresses. If all that the search finds is gone, whoever
   * inherits the address is waited for, once.
   */
  async function findContact(row: Creation, address: Address, call: CallCrm): Promise<Got<CrmContact | undefined>> {
    let isStale = false;
    const { contactData } = clientCard(address, await chats.loadAll(address.chats));
    for (const data of contactData) {
      const found = got(await call((crm, session) => crm.find(session, data)));
      if ('end' in found) return found;
      const hits = matchesOf(address, found.value).map(({ id }) => id);
      const match = await firstThere(address, hits, (refs) => call((crm, session) => crm.read(session, refs)));
      if ('end' in match || match.value) return match;
      isStale ||= hits.length > 0;
    }
    if (!isStale) return { value: undefined };
    const waits = await waitsForHeir(row);
    return waits ? { end: waits } : { value: undefined };
  }

  /** Waits once for who inherits a contact that is gone: the search shows them a moment later. */
  async function waitsForHeir(row: Creation): Promise<Did | undefined> {
    if (row.heirUntil !== undefined) return undefined;
    await marks.waitForHeir(row, clock.now() + HEIR_MS);
    return NEXT;
  }

  /** What is asked for: by whom, in which pipeline and stage. Without `contactId` a contact too. */
  async function wantedOf(row: Creation, address: Address, contactId: string | undefined): Promise<Wanted> {
    const channelId = channelOf(row, address);
    const [{ settings: chosen }, channel, read] = await Promise.all([
      settings.read(channelId),
      channels.get(channelId),
      chats.loadAll(address.chats),
    ]);
    const card = clientCard(address, read);
    const { pipelineId, stageId } = chosen.newClients;
    const user = row.withoutUser ? undefined : (row.asked?.userId ?? address.owner);
    return {
      keys: row.ids,
      ...(contactId !== undefined && { contactId }),
      ...card,
      dealName: card.name,
      ...(user !== undefined && { responsibleUserId: user }),
      ...(pipelineId !== undefined && { pipelineId }),
      ...(stageId !== undefined && { stageId }),
      source: channel?.name ?? '',
    };
  }

  return { lookFor, lookAfter, askToMake, lookForTwinsLater, adoptFound, findContact, waitsForHeir, wantedOf };
}
