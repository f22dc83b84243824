import { isDeepStrictEqual } from 'node:util';
import { accountOfKey } from '#domain/address';
import type { WriteRecord } from './memory-dynamo.ts';

/** The users who were passed over, with the reasons. */
type PassedOver = readonly (readonly [userId: string, reason: string])[];

/** Who receives the new clients of a channel, by one version of its settings. */
interface ChannelSettings {
  readonly mode: string;
  readonly eligible: readonly string[];
  readonly passedOver: PassedOver;
  /** The users who may write, and those of them who are sellers with the switch on. */
  readonly writers: readonly string[];
  readonly sellers: readonly string[];
}

interface StoredRole {
  readonly userId: string;
  readonly role: string;
  readonly allowGetNewClients: boolean;
  readonly gone: boolean;
}

/** A turn as it was drawn for an address, in the generation that `of` names. */
interface Turn {
  readonly channelId: string;
  readonly of: string;
  readonly userId: string;
  readonly place: number;
  readonly passedOver: PassedOver;
  /** Whether the run that drew it had read an older generation of the address. Such a turn is used up (D3). */
  readonly isLate: boolean;
}

/** Who became responsible for an address in a generation, and why. */
interface Decision {
  readonly address: string;
  readonly of: string;
  readonly generation: number;
  readonly at: number;
  readonly why: Why;
}

interface Why {
  readonly userId: string;
  readonly rule: string;
  readonly place: number | null;
  readonly passedOver: readonly { readonly userId: string; readonly reason: string }[];
}

/** The attributes of an address that are read here. */
export interface AddressItem {
  readonly a: string;
  readonly viewers: readonly string[];
  readonly contact?: { readonly id: string };
  readonly owner?: string;
  readonly decidedAt?: number;
  readonly why?: Why;
  readonly gen?: number;
  readonly dispenser?: string;
  readonly wrote?: ReadonlySet<string>;
}

interface Roster {
  readonly at: number;
  readonly o: readonly string[];
  readonly x: PassedOver;
}

interface Played {
  /** The settings in the order of their versions, from 1 on. */
  readonly settings: ChannelSettings[];
  /** The last version that was acknowledged. A request that begins now may follow no older one. */
  acknowledged: number;
  /** For each two users who were eligible all along, the one who had the last turn. */
  readonly had: Map<string, string>;
}

const NO_SETTINGS: ChannelSettings = { mode: 'first-reply', eligible: [], passedOver: [], writers: [], sellers: [] };

/** Follows every write about new clients, in order, and reports at once what is wrong. */
export class ClientsLedger {
  readonly #broken: (what: string) => void;
  readonly #channels = new Map<string, Played>();
  readonly #addresses = new Map<string, AddressItem>();
  readonly #turns: Turn[] = [];
  readonly #decisions: Decision[] = [];
  /** Addresses, each with a generation, that moved to the dispenser of another channel. */
  readonly #moved = new Set<string>();
  /** The contacts that Konvert made, by address and generation. */
  readonly #contacts = new Map<string, string>();

  constructor(broken: (what: string) => void) {
    this.#broken = broken;
  }

  get decisions(): readonly Decision[] {
    return this.#decisions;
  }

  get turns(): readonly Turn[] {
    return this.#turns;
  }

  /** The address as it was written last. */
  address(key: string): AddressItem | undefined {
    return this.#addresses.get(key);
  }

  /** The settings that a run may follow now: from those acknowledged last to those stored last. */
  settingsOf(channelId: string, from = this.#channel(channelId).acknowledged): readonly ChannelSettings[] {
    const { settings } = this.#channel(channelId);
    return from === 0 ? [NO_SETTINGS, ...settings] : settings.slice(from - 1);
  }

  /** The oldest version of the settings that a request may follow that begins now. */
  acknowledgedOf(channelId: string): number {
    return this.#channel(channelId).acknowledged;
  }

  /** After a 2xx every request that begins follows this version or a later one. */
  acknowledge(channelId: string, version: number): void {
    const channel = this.#channel(channelId);
    channel.acknowledged = Math.max(channel.acknowledged, version);
  }

  /** Notes a write. `by` is the function that wrote, `read` holds the generations in which it read addresses. */
  note(record: WriteRecord, by: string, read: ReadonlyMap<string, number> = new Map()): void {
    if (record.tableId === 'accounts') this.#noteSettings(record);
    if (record.tableId === 'dispensers') this.#noteDispenser(record, read);
    if (record.tableId === 'addresses') this.#noteAddress(record, by);
    if (record.tableId === 'directory') this.#noteDirectory(record, by);
    if (record.tableId === 'assignments') this.#noteRecord(record);
  }

  #channel(channelId: string): Played {
    const known = this.#channels.get(channelId);
    if (known) return known;
    const channel = { settings: [], acknowledged: 0, had: new Map() };
    this.#channels.set(channelId, channel);
    return channel;
  }

  #noteSettings({ newImage }: WriteRecord): void {
    if (newImage?.s !== 'settings') return;
    const channel = this.#channel(String(newImage.p).slice('channel#'.length));
    const settings = readSettings(String(newImage.mode), newImage.roles as StoredRole[]);
    channel.settings.push(settings);
    // A user who is left out, if only for a moment, may come back at the end.
    for (const pair of channel.had.keys()) {
      if (!pair.split(' ').every((userId) => settings.eligible.includes(userId))) channel.had.delete(pair);
    }
  }

  #noteDispenser({ oldImage = {}, newImage = {} }: WriteRecord, read: ReadonlyMap<string, number>): void {
    const channelId = String(newImage.ch);
    const [before] = (oldImage.r ?? []) as Roster[];
    const [roster] = (newImage.r ?? []) as Roster[];
    if (!roster) return;
    if (before && roster.at !== before.at) this.#checkPlaces(channelId, before, roster);
    for (const [name, turn] of Object.entries(newImage)) {
      if (name.includes('#') && typeof turn === 'number' && oldImage[name] === undefined) {
        this.#noteTurn(channelId, name, turn, roster, read);
      }
    }
  }

  /** Newcomers stand at the end of the order. */
  #checkPlaces(channelId: string, before: Roster, { o: order }: Roster): void {
    const firstNew = order.findIndex((userId) => !before.o.includes(userId));
    if (firstNew >= 0 && order.slice(firstNew).some((userId) => before.o.includes(userId))) {
      this.#broken(`${order} is the order of ${channelId} after ${before.o}: a newcomer is not last`);
    }
  }

  #noteTurn(channelId: string, name: string, turn: number, roster: Roster, read: ReadonlyMap<string, number>): void {
    const address = [...this.#addresses.keys()].find((key) => key.slice(accountOfKey(key).length + 1) === name);
    const of = nameOf(address === undefined ? undefined : this.#addresses.get(address), address ?? name);
    const index = (turn - roster.at) % roster.o.length;
    const userId = roster.o[index] ?? '';
    const isLate =
      address !== undefined &&
      (read.get(address) ?? Number.POSITIVE_INFINITY) < (this.#addresses.get(address)?.gen ?? 0);
    const drawn = { channelId, of, userId, place: index + 1, passedOver: sorted(roster.x), isLate };
    for (const other of this.#turns.filter((one) => one.of === of)) this.#checkSecondTurn(other, drawn);
    this.#turns.push(drawn);
    this.#checkRoster(channelId, roster);
    this.#checkAlternate(channelId, userId);
  }

  /** One client draws once (D7), except if the dispenser moved to another channel and a run had not read that yet. */
  #checkSecondTurn({ channelId, isLate }: Turn, drawn: Turn): void {
    if (isLate || drawn.isLate) return;
    if (channelId === drawn.channelId || !this.#moved.has(drawn.of)) {
      this.#broken(`${drawn.of} drew a second turn, in ${drawn.channelId} after ${channelId}`);
    }
  }

  /** A turn is drawn by settings that may still be followed, and passes over the same users as these. */
  #checkRoster(channelId: string, { o, x }: Roster): void {
    const possible = this.settingsOf(channelId);
    const fits = possible.some(
      ({ eligible, passedOver }) =>
        isDeepStrictEqual([...o].sort(), eligible) && isDeepStrictEqual(sorted(x), passedOver),
    );
    if (!fits) {
      const known = possible.map(({ eligible }) => `[${eligible}]`).join(' or ');
      this.#broken(`a turn of ${channelId} was drawn among [${o}], passing over [${x}], and ${known} receive clients`);
    }
  }

  /** I5: of two users who are eligible all along none gets two in a row, which is a difference of at most one. */
  #checkAlternate(channelId: string, userId: string): void {
    const { had } = this.#channel(channelId);
    const possible = this.settingsOf(channelId);
    for (const other of possible[0]?.eligible ?? []) {
      if (other === userId) continue;
      const pair = [userId, other].sort().join(' ');
      const allAlong = possible.every(({ eligible }) => eligible.includes(userId) && eligible.includes(other));
      if (!allAlong) had.delete(pair);
      else if (had.get(pair) === userId) this.#broken(`${userId} got two of ${channelId} in a row, and ${other} none`);
      else had.set(pair, userId);
    }
  }

  #noteAddress({ oldImage, newImage }: WriteRecord, by: string): void {
    const address = newImage as unknown as AddressItem;
    const before = oldImage as unknown as AddressItem | undefined;
    this.#addresses.set(address.a, address);
    const { why, dispenser, decidedAt = 0 } = address;
    const assigns = by === 'assign-contact' || by === 'do-tasks';
    if (assigns && dispenser && before?.dispenser && before.dispenser !== dispenser)
      this.#moved.add(nameOf(address, address.a));
    if (!why || (isDeepStrictEqual(why, before?.why) && decidedAt === before?.decidedAt)) return;
    const decision = {
      address: address.a,
      of: nameOf(address, address.a),
      generation: address.gen ?? 0,
      at: decidedAt,
      why,
    };
    if (before?.contact) this.#broken(`${address.a} belonged to a contact and was given to ${why.userId} (D8)`);
    if (this.#decisions.some(({ of }) => of === decision.of)) this.#broken(`${decision.of} was decided twice (I4)`);
    if (why.rule !== 'first-reply') this.#checkTurn(decision);
    this.#decisions.push(decision);
  }

  /** The user who gets the client is that of the turn that was drawn for the client. */
  #checkTurn({ of, why: { userId, place, passedOver } }: Decision): void {
    const over = sorted(passedOver.map((one) => [one.userId, one.reason] as const));
    const fits = this.#turns.some(
      (turn) =>
        turn.of === of && turn.userId === userId && turn.place === place && isDeepStrictEqual(turn.passedOver, over),
    );
    if (!fits) this.#broken(`${of} went to ${userId} at place ${place}, and no turn says so (D9)`);
  }

  #noteDirectory({ oldImage, newImage }: WriteRecord, by: string): void {
    const { p = '', s = '' } = (newImage ?? oldImage) as { p?: string; s?: string };
    if (!p.endsWith('#contacts')) return;
    const isCrms = oldImage?.card !== undefined && oldImage.own === undefined;
    if (isCrms && by !== 'sync-directory' && !isDeepStrictEqual(newImage?.card, oldImage.card)) {
      this.#broken(`${by} changed ${s}, which the CRM keeps (D8)`);
    }
    if (!newImage?.own || oldImage?.own) return;
    const [{ chatType, chatId } = {}] = (newImage.card as { contactData: Record<string, string>[] }).contactData;
    const key = `${accountOfKey(p)}#${chatType}#${chatId}`;
    const of = nameOf(this.#addresses.get(key), key);
    if (this.#contacts.has(of)) this.#broken(`${of} got a second contact, ${s} after ${this.#contacts.get(of)} (I4)`);
    this.#contacts.set(of, s);
  }

  #noteRecord({ oldImage }: WriteRecord): void {
    if (oldImage) this.#broken(`the record ${oldImage.assignmentId} was changed (D9)`);
  }
}

function readSettings(mode: string, roles: readonly StoredRole[]): ChannelSettings {
  const there = roles.filter(({ gone }) => !gone);
  const writes = ({ role }: StoredRole) => role !== 'auditor';
  const receives = (user: StoredRole) => writes(user) && user.allowGetNewClients;
  const sellers = idsOf(there.filter((user) => user.role === 'seller' && receives(user)));
  const writers = idsOf(there.filter(writes));
  if (mode !== 'round-robin') return { ...NO_SETTINGS, mode, writers, sellers };
  return {
    mode,
    eligible: idsOf(there.filter(receives)),
    passedOver: sorted(
      there
        .filter((user) => !receives(user))
        .map((user) => [user.userId, writes(user) ? 'SWITCHED_OFF' : 'MAY_NOT_WRITE'] as const),
    ),
    writers,
    sellers,
  };
}

function idsOf(roles: readonly StoredRole[]): string[] {
  return roles.map(({ userId }) => userId).sort();
}

/** Names an address in its generation. After a deletion of its contact the client is a new one. */
function nameOf(item: AddressItem | undefined, key: string): string {
  return `${key} (${item?.gen ?? 0})`;
}

function sorted(passedOver: PassedOver): PassedOver {
  return [...passedOver]
    .map(([userId, reason]) => [userId, reason] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
