import { addressKeys, addressOfChat } from '#domain/address';
import { addWorking, isOpen, workingMs } from '#domain/calendar';
import { drawsTurns, receiversOf, rosterOf } from '#domain/new-clients';
import { beginOf, isByTurn, type TimedWait } from '#domain/next-act';
import { hadSince } from '#domain/returns';
import { responsibleOf } from '#domain/sight';
import { scheduleOf } from '#domain/team';
import { waitOf } from '#domain/timer';
import { createReadContactOf } from '#flows/crm/contact-of';
import { namesOf } from '#flows/sight/give';
import { createAccountStates } from '#store/accounts/account-state';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createLooks } from '#store/accounts/looks';
import { createTeams } from '#store/accounts/teams';
import { type ChatRow, createChats, isChat, type Stub, waitIn } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createDispensers, type Dispenser } from '#store/clients/dispensers';
import { type ContactRow, createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';

/** A wait with all that its timer depends on, and what an act changes, as it was read. */
export interface FoundWait {
  readonly wait: TimedWait;
  /** The time of which all of it holds (epoch ms): who is on follows from it, so what is due must follow from the same. */
  readonly now: number;
  readonly row: ChatRow;
  readonly address: Address;
  readonly dispenser: Dispenser;
  /** How long the present responsible user has let the client wait, in working time. */
  readonly waitedMs: number;
  /** The client's chats, by key. */
  readonly chats: ReadonlyMap<string, ChatRow | Stub>;
  /** Their other chats in which they wait. */
  readonly beside: readonly ChatRow[];
}

/** Reads the wait of a chat; undefined if nobody minds it, because there is no timer or no channel any more. */
export type ReadWait = (row: ChatRow) => Promise<FoundWait | undefined>;

/** Makes `readWait`. Everything is read strongly and after the row, so an act on condition of the row's version is right. */
export function createReadWait(deps: StoreDeps): ReadWait {
  const { clock } = deps;
  const accounts = createAccountStates(deps);
  const settings = createSettings(deps);
  const channels = createChannels(deps);
  const teams = createTeams(deps);
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);
  const chats = createChats(deps);
  const dispensers = createDispensers(deps);
  const looks = createLooks(deps);
  const readContactOf = createReadContactOf(deps);

  /** The addresses of the client, who goes with all of them if Konvert keeps the contact. Mostly it is one. */
  async function addressesOf(account: string, address: Address, contact: ContactRow | undefined): Promise<Address[]> {
    const names = contact?.own === undefined ? [] : addressKeys(account, contact.card?.contactData ?? []);
    const own = namesOf(address);
    const others = names.filter((name) => !own.includes(name));
    if (others.length === 0) return [address];
    const known = new Map((await addresses.getAll(others)).map((one) => [one.key, one]));
    return [
      address,
      ...[...known.values()].filter((one) => one.contact?.id === contact?.id && one.key !== address.key),
    ];
  }

  return async function readWait(row) {
    const { account, channelId } = row;
    const [{ settings: chosen }, channel, { isDisabled, enabledAt }] = await Promise.all([
      settings.read(channelId),
      channels.get(channelId),
      accounts.stateOf(account),
    ]);
    if (!chosen.waiting || !channel || channel.deletedAt !== undefined) return undefined;
    const [address, { team }, dispenser, isUnmanned] = await Promise.all([
      addresses.get(addressOfChat(account, row.key)),
      teams.read(account),
      dispensers.load(channelId),
      looks.isStretch(channelId, row.key, waitOf(waitIn(row))),
    ]);
    const contact = address.contact && (await contacts.load(account, address.contact.id));
    const keys = (await addressesOf(account, address, contact)).flatMap((one) => one.chats);
    const known = (await chats.loadAll(keys)).set(row.key, row);
    const rows = [...known.values()].filter(isChat);
    const beside = rows.filter((one) => one.key !== row.key && one.chat.openKey !== undefined);
    const schedule = scheduleOf(team, chosen.schedule);
    const responsible = responsibleOf(row.viewers, chosen);
    const contactOf = await readContactOf({ address, contact });
    // After the last read: who acts by this time must not be late.
    const now = clock.now();
    const { eligible, passedOver } = rosterOf(chosen, team, now);
    const wait: TimedWait = {
      chat: waitIn(row),
      responsible,
      client: {
        since: address.since,
        isByTurn: isByTurn(address, responsible),
        isSpoken: rows.some(({ spoken }) => spoken === true),
        contact: contactOf,
        had: hadSince(address.had, oldestOf(rows)),
        guardedAt: guardedSince(beside),
      },
      channel: {
        waiting: chosen.waiting,
        isUp: !isDisabled && channel.state !== 'disabled' && channel.state !== 'unauthorized',
        upSince: Math.max(channel.upAt ?? 0, enabledAt),
        rotates: drawsTurns(chosen),
        users: { all: receiversOf(chosen), on: eligible, order: dispenser.returns, passedOver },
        isUnmanned,
      },
      hours: {
        add: (from, ms) => addWorking(schedule, from, ms),
        isOpen: (at) => isOpen(schedule, at),
      },
    };
    const waitedMs = workingMs(schedule, beginOf(wait), now);
    return { wait, now, row, address, dispenser, waitedMs, chats: known, beside };
  };
}

/** Since when all those chats have a guard; 0 if there are none, undefined while one has none. */
function guardedSince(rows: readonly ChatRow[]): number | undefined {
  const latest = Math.max(0, ...rows.map(({ guardedAt = Number.POSITIVE_INFINITY }) => guardedAt));
  return Number.isFinite(latest) ? latest : undefined;
}

/** When the oldest wait of the client began. */
function oldestOf(rows: readonly ChatRow[]): number {
  return Math.min(...rows.map((row) => waitOf(waitIn(row)) ?? Number.POSITIVE_INFINITY));
}
