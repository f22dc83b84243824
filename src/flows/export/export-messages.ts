import { type Fact, idOfKey, isOwnEcho, isSaid } from '#domain/fact';
import { filesOf } from '#domain/file';
import { shortHash } from '#domain/hash';
import type { Person } from '#flows/erase/find-person';
import { createFactPages } from '#store/chats/fact-pages';
import type { Outcome } from '#store/chats/outcome-item';
import { createOutcomes } from '#store/chats/outcomes';
import type { StoreDeps } from '#store/dynamo/client';
import { createFiles, type FileRow } from '#store/files/files';

/**
 * How far an export has come. The first round takes what was stored before it `began` (epoch ms), the second what came
 * since, so that nothing is left out and nothing comes twice, wherever a late message sorts. The second is short, and what
 * comes while it is read is not of this export. `done`: the chats of this round that were taken whole, by their hashes;
 * `chat` and `after`: the one that goes on, and the last key of it.
 */
export interface ExportPlace {
  readonly began: number;
  readonly round: 1 | 2;
  readonly done: readonly string[];
  readonly chat?: string;
  readonly after?: string;
}

/** A message or a decision, what became of it and of what it quotes, and its files. */
export interface Exported {
  readonly chatKey: string;
  readonly fact: Fact;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly files: readonly FileRow[];
}

/** A page of what was said. `next` is where to go on; without it, it was all. */
export interface ExportPage {
  readonly exported: readonly Exported[];
  readonly next?: ExportPlace;
}

/** Reads a page of what was said with a person. It may be empty and still have a `next`. */
export type ExportMessages = (person: Person, place: ExportPlace | undefined) => Promise<ExportPage>;

/** A strong read holds every fact that was stored so long before it (`seen.ts`). */
const IN_FLIGHT_MS = 10_000;
/** How often a request reads, and how many facts at once in the first round. In the second it is a megabyte. */
const READS = 6;
const AT_ONCE = 100;
/**
 * What a page holds at most, in bytes of JSON, as far as it is told before: an answer of Lambda may have 6 MB. One fact
 * with its edit may have 800 KB, and is taken whole.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MOST_BYTES = 2_000_000;

/** Makes `exportMessages`. */
export function createExportMessages(deps: StoreDeps): ExportMessages {
  const { clock } = deps;
  const facts = createFactPages(deps);
  const outcomes = createOutcomes(deps);
  const files = createFiles(deps);

  async function withWhatBecame(chatKey: string, read: readonly Fact[]): Promise<Exported[]> {
    const shown = read.filter((fact) => !isOwnEcho(fact));
    const became = await outcomes.outcomesOf(chatKey, shown);
    return Promise.all(
      shown.map(async (fact) => {
        const said = isSaid(fact) ? [fact.content] : [];
        const edit = became.get(idOfKey(fact.key))?.edit;
        const named = [...said, ...(edit ? [edit.content] : [])].flatMap(filesOf).map(({ file }) => file);
        const rows = await Promise.all([...new Set(named)].map((file) => files.get(file)));
        return { chatKey, fact, outcomes: became, files: rows.filter((row) => row !== undefined) };
      }),
    );
  }

  return async function exportMessages(person, from) {
    let place: ExportPlace = from ?? { began: clock.now() - IN_FLIGHT_MS, round: 1, done: [] };
    const exported: Exported[] = [];
    let bytes = 0;
    for (let reads = 0; reads < READS; reads += 1) {
      const chatKey = chatAt(person, place);
      if (chatKey === undefined) {
        if (place.round === 2) return { exported };
        place = { began: place.began, round: 2, done: [] };
        continue;
      }
      const hash = shortHash(chatKey);
      // The chat that was to go on may have become another person's.
      const after = place.chat === hash ? place.after : undefined;
      const { began, round, done } = place;
      const wanted = round === 1 ? { limit: AT_ONCE } : { since: began };
      const { facts: read, next } = await facts.pageAfter(chatKey, after, wanted);
      const ofRound = read.filter(({ storedAt }) => storedAt <= began === (round === 1));
      for (const one of await withWhatBecame(chatKey, ofRound)) {
        const size = sizeOf(one);
        if (exported.length > 0 && bytes + size > MOST_BYTES) {
          return { exported, next: placeAfter(place, chatKey, exported.at(-1)) };
        }
        exported.push(one);
        bytes += size;
      }
      place = { began, round, ...(next ? { done, chat: hash, after: next } : { done: [...done, hash] }) };
    }
    return { exported, next: place };
  };
}

/** The chat that is to be read: the one that goes on, else the first that is not done. One may have come meanwhile. */
function chatAt({ chats }: Person, { chat, done }: ExportPlace): string | undefined {
  const left = chats.filter((key) => !done.includes(shortHash(key)));
  return left.find((key) => shortHash(key) === chat) ?? left[0];
}

/** The place behind the last one that was taken, if that is of this chat. */
function placeAfter(place: ExportPlace, chatKey: string, last: Exported | undefined): ExportPlace {
  return last?.chatKey === chatKey ? { ...place, chat: shortHash(chatKey), after: last.fact.key } : place;
}

function sizeOf({ fact, outcomes }: Exported): number {
  const became = outcomes.get(idOfKey(fact.key));
  return Buffer.byteLength(JSON.stringify([fact, became ?? null]));
}
