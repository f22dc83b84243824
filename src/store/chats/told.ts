import { type Fact, idOfKey, isSaid } from '#domain/fact';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { OUTCOME_PREFIX } from '#store/dynamo/stream';
import { readFact } from './fact-item.ts';
import { type Outcome, outcomeKey, readOutcome } from './outcome-item.ts';

/** A fact by its chat and key. */
export interface FactRef {
  readonly chat: string;
  readonly fact: string;
}

/** A fact as it is now. `outcomes` are those of the fact and of the message that it quotes, by the ids in their keys. */
export interface ToldFact {
  readonly fact: Fact;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

type Item = Readonly<Record<string, unknown>>;

interface Key {
  readonly c: string;
  readonly k: string;
}

/** Reads facts of many chats at once, with what became of them. */
export function createTold(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'messages');

  /** The facts that are there, by `nameOf`. Two requests, if there are not more than fifty. */
  async function read(refs: readonly FactRef[]): Promise<Map<string, ToldFact>> {
    const items = await itemsOf(
      refs.flatMap(({ chat, fact }) => [{ c: chat, k: fact }, outcomeOf(chat, idOfKey(fact))]),
    );
    const facts = refs.flatMap((ref) => {
      const item = items.get(keyName({ c: ref.chat, k: ref.fact }));
      return item ? [{ ref, fact: readFact(item) }] : [];
    });
    const found = outcomesIn(items);
    const more = facts.flatMap(({ ref: { chat }, fact }) =>
      furtherIds(chat, fact, found).map((id) => outcomeOf(chat, id)),
    );
    const further = outcomesIn(await itemsOf(more));
    return new Map(
      facts.map(({ ref, fact }) => [nameOf(ref), { fact, outcomes: outcomesFor(ref.chat, fact, found, further) }]),
    );
  }

  async function itemsOf(keys: readonly Key[]): Promise<Map<string, Item>> {
    // DynamoDB refuses a batch that names a key twice.
    const each = [...new Map(keys.map((key) => [keyName(key), key])).values()];
    const items = await batchGet(client, table, each as unknown as Record<string, unknown>[]);
    return new Map(items.map((item) => [keyName(item as unknown as Key), item]));
  }

  return { read };
}

/** The name of a fact among those that were read. */
export function nameOf({ chat, fact }: FactRef): string {
  return keyName({ c: chat, k: fact });
}

/** The messenger's id of our message, and of the message that it quotes. */
function furtherIds(chat: string, fact: Fact, found: ReadonlyMap<string, Outcome>): string[] {
  const { providerId } = found.get(keyName(outcomeOf(chat, idOfKey(fact.key)))) ?? {};
  const quoted = isSaid(fact) ? fact.content.quoted?.providerId : undefined;
  return [providerId, quoted].filter((id) => id !== undefined);
}

function outcomesFor(
  chat: string,
  fact: Fact,
  found: ReadonlyMap<string, Outcome>,
  further: ReadonlyMap<string, Outcome>,
): Map<string, Outcome> {
  const id = idOfKey(fact.key);
  const ours = found.get(keyName(outcomeOf(chat, id)));
  const told = further.get(keyName(outcomeOf(chat, ours?.providerId ?? '')));
  const quoted = isSaid(fact) ? fact.content.quoted?.providerId : undefined;
  const ofQuoted = quoted === undefined ? undefined : further.get(keyName(outcomeOf(chat, quoted)));
  return new Map([
    ...(quoted !== undefined && ofQuoted ? [[quoted, ofQuoted] as const] : []),
    // For a message that we sent, with what the messenger reported under its own id.
    ...(ours ? [[id, { ...told, ...ours }] as const] : []),
  ]);
}

function outcomesIn(items: ReadonlyMap<string, Item>): Map<string, Outcome> {
  const outcomes = [...items].filter(([, { k }]) => String(k).startsWith(OUTCOME_PREFIX));
  return new Map(outcomes.map(([name, item]) => [name, readOutcome(item as Record<string, unknown>)]));
}

function outcomeOf(chat: string, id: string): Key {
  return { c: chat, k: outcomeKey(id) };
}

function keyName({ c, k }: Key): string {
  return `${c}\n${k}`;
}
