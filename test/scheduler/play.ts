import { BrokenRuleError } from './broken-rule.ts';
import { ClientsHistory } from './clients-history.ts';
import { History } from './history.ts';
import { RotationHistory } from './rotation-history.ts';
import { SightHistory } from './sight-history.ts';

/** What histories are about. */
export type About = keyof typeof KINDS;

const KINDS = {
  /** What was said, and what follows from it for one chat. */
  chats: (seed: number) => new History(seed).play(),
  /** Who sees which chat. */
  sight: (seed: number) => new SightHistory(seed).play(),
  /** Whose turn it is to receive a new client. */
  rotation: (seed: number) => new RotationHistory(seed).play(),
  /** Whose new clients become. */
  clients: (seed: number) => new ClientsHistory(seed).play(),
};

/** What came of playing histories: how many were played, and the first rule that one of them broke. */
export interface Played {
  readonly histories: number;
  readonly broken?: BrokenRuleError;
}

/** Plays that many histories, from that seed on, until one breaks a rule or time (ms) is up. */
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
