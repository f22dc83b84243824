import { type Press, WORD } from './eyes.ts';
import type { Client } from './plan.ts';

/** A message as the API tells it. */
export interface Line {
  readonly isEcho: boolean;
  readonly text?: string;
  readonly status?: string;
  readonly authorId?: string;
  readonly noReplyNeeded?: { readonly reason?: string; readonly withdrawnAt: string | null };
}

/** What is true of a chat at the end of the day. */
export interface ChatAtEnd {
  readonly client: Client;
  readonly history: readonly Line[];
  readonly unansweredCount: number;
  /** What the client got in the messenger. */
  readonly got: readonly string[];
}

/** What was written in the composer of a chat, and what is in that one's draft now. */
export interface WrittenAtEnd {
  readonly word: string;
  readonly client: Client;
}

export interface Day {
  readonly chats: readonly ChatAtEnd[];
  /** What clients wrote. Those that were cut off may be stored or not. */
  readonly said: readonly { readonly word: string; readonly client: Client; readonly isCutOff: boolean }[];
  readonly written: readonly WrittenAtEnd[];
  readonly presses: readonly Press[];
  /** The drafts of each person by the chat, each as one text. */
  readonly drafts: readonly { readonly client: Client; readonly text: string }[];
  /** A reply that was being sent when the server was killed may arrive twice (docs/operations.md). */
  readonly isDoublePossible: (word: string) => boolean;
}

/** The screen and the page's own look are not the same moment; between the two bounds, either is right. */
const SURELY_UNSEEN_MS = 150;
const SURELY_SEEN_MS = 2_000;
/** The clock of the page is set forward by seconds in one step, and such a step may lie between the two moments. */
const SURELY_SEEN_REAL_MS = 1_000;

/** What is wrong at the end of the day, in words. */
export function judge(day: Day): string[] {
  return [...judgeSaid(day), ...judgeWritten(day), ...day.chats.flatMap((chat) => judgeCover(chat, day.presses))];
}

/** Each text of a client is in its history once, and in no other. */
function judgeSaid({ chats, said }: Day): string[] {
  return said.flatMap(({ word, client, isCutOff }) => {
    const times = chats.map((chat) => chat.history.filter((line) => !line.isEcho && has(line.text, word)).length);
    const own = times[chats.findIndex((chat) => chat.client === client)];
    const all = times.reduce((sum, count) => sum + count, 0);
    const isRight = own === all && (all === 1 || (isCutOff && all === 0));
    return isRight ? [] : [`${word} of ${client} is stored ${own} times in its chat and ${all} times in all`];
  });
}

/** Each word of the team either got to its client, once, or is a draft for that client. */
function judgeWritten({ chats, written, drafts, isDoublePossible }: Day): string[] {
  return written.flatMap(({ word, client }) => {
    const stored = chats.map((chat) => chat.history.filter((line) => line.isEcho && has(line.text, word)).length);
    const got = chats.map((chat) => chat.got.filter((text) => has(text, word)).length);
    const at = chats.findIndex((chat) => chat.client === client);
    const drafted = drafts.filter(({ text }) => has(text, word));
    const times = (drafted[0]?.text ?? '').split(word).length - 1;
    const isSent = stored[at] === 1 && (got[at] === 1 || (got[at] === 2 && isDoublePossible(word)));
    const isKept = stored[at] === 0 && got[at] === 0 && drafted.length === 1 && drafted[0]?.client === client;
    const isElsewhere = stored.some((count, index) => index !== at && count > 0);
    const isRight = !isElsewhere && ((isSent && drafted.length === 0) || (isKept && times === 1));
    if (isRight) return [];
    const found = JSON.stringify({ stored, got, drafts: drafted });
    return [`${word} for ${client} (chat ${at}) is not in one place: ${found}`];
  });
}

/** What a standing answer covers was on its writer's screen, and what was there for long is covered. */
function judgeCover({ client, history, unansweredCount, got }: ChatAtEnd, presses: readonly Press[]): string[] {
  const words = history.flatMap(({ isEcho, text }) => (isEcho ? [] : (text?.match(WORD) ?? [])));
  const may = new Set<string>();
  const must = new Set<string>();
  const wrong: string[] = [];
  for (const line of history.filter(isStanding)) {
    const text = (line.noReplyNeeded?.reason ?? line.text ?? '').trim();
    const own = presses.filter((press) => press.text.trim() === text);
    if (own.length === 0) wrong.push(`nobody pressed a key for “${text}” of ${client}`);
    for (const { seen } of own) for (const [word, ms] of seen) if (ms >= SURELY_UNSEEN_MS) may.add(word);
    // Of several presses for one text, only the last may have been taken.
    for (const [word, , steadyMs, realMs] of own[0]?.seen ?? []) {
      if (steadyMs >= SURELY_SEEN_MS && realMs >= SURELY_SEEN_REAL_MS) must.add(word);
    }
  }
  const least = words.filter((word) => !may.has(word)).length;
  const most = words.filter((word) => !must.has(word)).length;
  if (unansweredCount < least || unansweredCount > most) {
    const open = words.filter((word) => !may.has(word));
    wrong.push(
      `${client} waits with ${unansweredCount} messages, and has to with ${least} to ${most}; not seen: ${open}; got: ${got}`,
    );
  }
  return wrong;
}

function isStanding({ isEcho, status, noReplyNeeded }: Line): boolean {
  return noReplyNeeded ? noReplyNeeded.withdrawnAt === null : isEcho && status !== 'error';
}

/** Not `olga-12` where `olga-1` is asked for. */
export function has(text: string | undefined, word: string): boolean {
  return (text ?? '').split(/[^a-z0-9-]+/).includes(word);
}
