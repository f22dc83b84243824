import type { ChatId } from '../models.ts';
import type { Key, Values } from '../words/words.ts';

/** What the server says that a woken browser has to show: ids only. */
export interface Found {
  readonly clients: number;
  readonly isMore?: true;
  readonly longest?: ChatId;
  readonly leaving: readonly ChatId[];
  readonly late: readonly ChatId[];
  readonly isSetAway?: true;
  readonly othersSetAway?: readonly string[];
}

/** Words, with what is put into their places. */
export type Say = readonly [key: Key, values?: Values];

/** A notice. Those of one tag take the place of each other. */
export interface Notice {
  readonly tag: 'waiting' | 'leaving';
  readonly title: Say;
  readonly body?: Say;
  /** What heads are told beside it. */
  readonly also?: Say;
  /** Opens when the notice is pressed. */
  readonly chat?: ChatId;
  /** How many wait. A browser makes itself heard again only if more of them do. */
  readonly clients: number;
  /** There is nothing to tell, and a browser wants to show something. */
  readonly isNothing?: true;
}

/** The notice of what was found; undefined: it could not be asked for. */
export function noticeOf(found: Found | undefined): Notice {
  if (!found) return { tag: 'waiting', title: ['notices.unknown'], clients: 0 };
  const { clients, isMore, longest, leaving, late, isSetAway, othersSetAway = [] } = found;
  const waiting: Say = [isMore ? 'notices.many' : 'notices.waiting', { count: clients }];
  const waits = clients > 0 && { body: waiting };
  const [first] = leaving;
  if (first) {
    const title: Say = ['notices.leaving', { count: leaving.length }];
    return { tag: 'leaving', title, ...(clients > leaving.length && waits), chat: first, clients };
  }
  const colleagues: Say = ['notices.others-set-away', { count: othersSetAway.length }];
  const isTold = othersSetAway.length > 0;
  const of = { tag: 'waiting', clients, ...(isTold && { also: colleagues }) } as const;
  const chat = longest ?? late[0];
  if (isSetAway) return { ...of, title: ['notices.set-away'], ...waits, ...(chat && { chat }) };
  const tooLong: Say = ['notices.late', { count: late.length }];
  if (clients > 0) return { ...of, title: waiting, ...(late.length > 0 && { body: tooLong }), ...(chat && { chat }) };
  if (late.length > 0) return { ...of, title: tooLong, ...(chat && { chat }) };
  if (isTold) return { tag: 'waiting', clients, title: colleagues, ...(isMore && { body: ['notices.unknown'] }) };
  // Of very many chats the first hundred are those of others.
  if (isMore) return { ...of, title: ['notices.unknown'] };
  return { ...of, title: ['notices.nobody'], isNothing: true };
}
