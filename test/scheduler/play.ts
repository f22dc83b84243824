import { BrokenRuleError } from './broken-rule.ts';
import { ClientsHistory } from './clients-history.ts';
import { CreateHistory } from './create-history.ts';
import { EraseHistory } from './erase-history.ts';
import { EventsHistory } from './events-history.ts';
import { History } from './history.ts';
import { IdentityHistory } from './identity-history.ts';
import { NewsHistory } from './news-history.ts';
import { ReceiptsHistory } from './receipts-history.ts';
import { RotationHistory } from './rotation-history.ts';
import { SightHistory } from './sight-history.ts';
import { TokensHistory } from './tokens-history.ts';
import { WaitsHistory } from './waits-history.ts';

/** The subject of a history. */
export type About = keyof typeof KINDS;

const KINDS = {
  /** What is said in chats, and what follows from it. */
  chats: (seed: number) => new History(seed).play(),
  /** Who sees which chat. */
  sight: (seed: number) => new SightHistory(seed).play(),
  /** Which user is next to receive a new client. */
  rotation: (seed: number) => new RotationHistory(seed).play(),
  /** Which users become responsible for new clients. */
  clients: (seed: number) => new ClientsHistory(seed).play(),
  /** Who people are who have several ids. */
  identity: (seed: number) => new IdentityHistory(seed).play(),
  /** People who are erased while they write. */
  erase: (seed: number) => new EraseHistory(seed).play(),
  /** What a receiver is told, and what it is asked to make. */
  events: (seed: number) => new EventsHistory(seed).play(),
  /** What becomes of replies that were sent. */
  receipts: (seed: number) => new ReceiptsHistory(seed).play(),
  /** The tokens of a CRM, which one holder renews. */
  tokens: (seed: number) => new TokensHistory(seed).play(),
  /** What a connected CRM is asked to make. */
  create: (seed: number) => new CreateHistory(seed).play(),
  /** The same in mode unsorted, with an inbox that people take clients from. */
  unsorted: (seed: number) => new CreateHistory(seed, 'unsorted').play(),
  /** What changes in a connected CRM. */
  news: (seed: number) => new NewsHistory(seed).play(),
  /** Clients who wait, and what the clock does about them. */
  waits: (seed: number) => new WaitsHistory(seed).play(),
};

/** How many histories were played, and the first rule that one of them broke. */
export interface Played {
  readonly histories: number;
  readonly broken?: BrokenRuleError;
}

/** Plays histories with the seeds from `firstSeed` on, until one breaks a rule or the time is up. */
export async function playHistories(
  about: About,
  firstSeed: number,
  histories: number,
  withinMs = Number.POSITIVE_INFINITY,
): Promise<Played> {
  const end = Date.now() + withinMs;
  for (let played = 0; played < histories; played += 1) {
    if (Date.now() > end) return { histories: played };
    try {
      await KINDS[about](firstSeed + played);
    } catch (error) {
      if (error instanceof BrokenRuleError) return { histories: played + 1, broken: error };
      throw new Error(`Seed ${firstSeed + played} broke the test itself`, { cause: error });
    }
  }
  return { histories };
}
