import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { channelOf, HOME_WRITE_MS, type Homes, missingHomes } from '#domain/homes';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { unlessRefused } from '#store/dynamo/errors';
import { pastTransactions } from '#store/dynamo/past-transactions';
import type { Write } from '#store/dynamo/transaction';
import { type Address, homeAttribute, homeAttributes, keyOf } from './address-item.ts';

/** What an address becomes by a link. Without a field that stays. */
export interface Linked {
  readonly aliases?: readonly string[];
  readonly twins?: readonly string[];
  readonly chats?: readonly string[];
  readonly wrote?: readonly string[];
  readonly dispenser?: string | undefined;
  readonly enquiry?: Address['enquiry'];
  readonly homes?: Homes;
  /** It becomes unowned, because its contact is that of an alias that leaves. */
  readonly forgets?: boolean;
}

/** What an alias becomes that leaves its root. */
export interface Released extends Partial<Pick<Address, 'contact' | 'owner' | 'why' | 'decidedAt' | 'since' | 'had'>> {
  readonly viewers: readonly string[];
  readonly chats: readonly string[];
  readonly homes: Homes;
}

/**
 * The writes that link the addresses of one person. An alias and its root change in one transaction, each on condition
 * that it is as it was read: so a root is never an alias itself, and there are no chains.
 */
export function createLinks(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'addresses');

  /** The write of these attributes, if the address is still as it was read; `undefined` removes one. */
  function changing({ key, version }: Address, attributes: Readonly<Record<string, unknown>>): Write {
    const all: Readonly<Record<string, unknown>> = {
      ...(version === 0 && { viewers: [] }),
      ...attributes,
      av: version + 1,
    };
    const names = Object.keys(all);
    const value = (name: string) => all[name];
    const place = (name: string) => names.indexOf(name);
    const set = names.filter((name) => value(name) !== undefined);
    const gone = names.filter((name) => value(name) === undefined);
    return {
      Update: {
        TableName: table,
        Key: keyOf(key),
        UpdateExpression: [
          `SET ${set.map((name) => `#l${place(name)} = :l${place(name)}`).join(', ')}`,
          ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#l${place(name)}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: version === 0 ? 'attribute_not_exists(av)' : 'av = :loaded',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#l${place(name)}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(set.map((name) => [`:l${place(name)}`, value(name)])),
          ...(version > 0 && { ':loaded': version }),
        },
      },
    };
  }

  /** The write that makes the address an alias. Everything that a person has, the root has. */
  function alias(address: Address, root: string, homes: Homes): Write {
    return changing(address, {
      root,
      viewers: [],
      aliases: undefined,
      twins: undefined,
      contact: undefined,
      owner: undefined,
      why: undefined,
      decidedAt: undefined,
      since: undefined,
      had: undefined,
      chats: undefined,
      wrote: undefined,
      dispenser: undefined,
      enquiry: undefined,
      ...homeAttributes(homes),
    });
  }

  /** The write of what a root becomes. */
  function root(
    address: Address,
    { aliases, twins, chats, wrote, enquiry, homes = {}, forgets, ...rest }: Linked,
  ): Write {
    return changing(address, {
      ...(aliases && { aliases: setOf(aliases) }),
      ...(twins && { twins: setOf(twins) }),
      ...(chats && { chats: setOf(chats) }),
      ...(wrote && { wrote: setOf(wrote) }),
      ...('dispenser' in rest && { dispenser: rest.dispenser }),
      ...(enquiry && { enquiry }),
      ...(forgets && {
        viewers: [],
        contact: undefined,
        owner: undefined,
        why: undefined,
        decidedAt: undefined,
        since: undefined,
        had: undefined,
        wrote: undefined,
        dispenser: undefined,
        enquiry: undefined,
        gen: address.generation + 1,
      }),
      ...homeAttributes(homes),
    });
  }

  /** The write that makes an alias a person of its own, with what it takes along. */
  function release(address: Address, { chats, homes, ...belongs }: Released): Write {
    const { viewers, contact, owner, why, decidedAt, since, had } = belongs;
    const taken = { viewers, contact, owner, why, decidedAt, since, had };
    return changing(address, { root: undefined, ...taken, chats: setOf(chats), ...homeAttributes(homes) });
  }

  /** Gives those ids a home on the channel of the chat, if they have none there. */
  async function giveHome(keys: readonly string[], chatKey: string): Promise<void> {
    const name = homeAttribute(channelOf(chatKey));
    for (const key of keys) {
      const update = () =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(key),
            UpdateExpression: 'SET #home = :home ADD av :one',
            ConditionExpression: 'attribute_exists(av) AND attribute_not_exists(#home)',
            ExpressionAttributeNames: { '#home': name },
            ExpressionAttributeValues: { ':home': [{ c: chatKey, at: clock.now() }], ':one': 1 },
          }),
          { abortSignal: clock.deadline(HOME_WRITE_MS) },
        );
      await unlessRefused(pastTransactions(update));
    }
  }

  /** The homes that follow from the person's chats, for an id that has none there. They count from now on. */
  function homesIn(address: Pick<Address, 'homes'>, chats: readonly string[]): Homes {
    return missingHomes(address.homes, chats, clock.now());
  }

  return { alias, root, release, giveHome, homesIn };
}

/** DynamoDB has no empty set. */
function setOf(values: readonly string[]): ReadonlySet<string> | undefined {
  return values.length === 0 ? undefined : new Set(values);
}
