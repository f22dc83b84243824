import type { Clock } from '#clock';

/** A page of Facebook, or a professional account of Instagram, that an app has a token for. */
export interface PageAccount {
  /** The page's, or the account's in webhooks. */
  readonly id: string;
  readonly name: string;
  /** The name of an account of Instagram. */
  readonly username?: string;
  /** The account of Instagram that is linked to the page. */
  readonly instagram?: string;
  /** Another id of the account, which only the app knows. */
  readonly scopedId?: string;
}

/** Somebody who writes to one account: the id is good with that account only. */
export interface Writer {
  readonly id: string;
  readonly accountId: string;
  /** When they last wrote. */
  wroteAt: number;
  /** They take nothing from the account any more. */
  hasBlocked?: boolean;
  /** The app that holds the conversation, if it is another one. */
  heldBy?: string;
  /** What they call themselves, by Meta's fields. */
  names?: Readonly<Record<string, string>>;
}

/** A message of the account that was taken. */
export interface TakenMessage {
  readonly mid: string;
  readonly accountId: string;
  readonly to: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An item of `messaging[]` or `standby[]`, or a change, of one account. */
export interface PageUpdate {
  readonly object: 'instagram' | 'page';
  readonly accountId: string;
  readonly list: 'messaging' | 'standby' | 'changes';
  readonly item: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** The field that has to be subscribed for it. */
  readonly field: string;
}

/** All that Meta knows of pages and of Instagram. */
export interface PageMeta {
  readonly clock: Clock;
  readonly tokens: Set<string>;
  readonly appId: string;
  readonly appSecret: string;
  readonly accounts: readonly PageAccount[];
  readonly writers: Writer[];
  readonly taken: TakenMessage[];
  /** Files that were uploaded, with the page that did. */
  readonly attachments: Map<string, { readonly accountId: string; readonly type: string; readonly bytes: number }>;
  /** The fields that the app is subscribed to, by account. */
  readonly subscribed: Map<string, readonly string[]>;
  /** The address of the app's webhooks, by object. */
  readonly callbacks: Map<string, { readonly url: string; readonly fields: readonly string[] }>;
  /** Accounts of which the app may answer as a person. */
  readonly humanAgents: Set<string>;
  /** The app is in development: it hears of nobody who has no role in it. */
  isInDevelopment: boolean;
  readonly recent: Map<string, number[]>;
  nextId(): number;
}

/** A body of several updates. Those of one account in a row share an entry, as Meta batches them. */
export function bodyOfPages(updates: readonly PageUpdate[]): unknown {
  const [first] = updates;
  const entries: Record<string, unknown>[] = [];
  for (const { accountId, list, item, at } of updates) {
    const last = entries.at(-1);
    const entry = last?.id === accountId && last[list] !== undefined ? last : { id: accountId, time: at, [list]: [] };
    if (entry !== last) entries.push(entry);
    (entry[list] as unknown[]).push(item);
  }
  return { object: first?.object ?? 'page', entry: entries };
}
