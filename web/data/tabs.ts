// Tabs of one browser help each other where the browser lets them. Nothing depends on it: where it does not, each acts
// for itself, and the server takes every reply once.

import { attempt } from '../core/attempt.ts';

/**
 * What one tab tells the others of the same user. A draft comes with its text (undefined: there is none), because what the
 * storage of another tab holds may still be the one before.
 */
export type TabNews =
  | { readonly t: 'draft'; readonly key: string; readonly written: string | undefined }
  | { readonly t: 'signed-out' };

/** The other tabs. */
export interface Tabs {
  tell(news: TabNews): void;
  /** The ids of the tabs that live, this one among them. Undefined: nobody knows. */
  living(): Promise<ReadonlySet<string> | undefined>;
}

/** Joins the tabs that share `prefix`, under an id that stays the same when this one is reloaded. */
export function joinTabs(prefix: string, id: string, heard: (news: TabNews) => void): Tabs {
  const lock = `${prefix}tab/`;
  const channel = attempt(() => new BroadcastChannel(prefix));
  if (channel) channel.onmessage = ({ data }) => heard(data as TabNews);
  // Held as long as the tab lives.
  const held = attempt(() => navigator.locks.request(lock + id, () => new Promise(() => {})));
  held?.catch(() => {});
  return {
    tell: (news) => channel?.postMessage(news),
    async living() {
      const locks = await attempt(() => navigator.locks.query())?.catch(() => undefined);
      const names = locks?.held?.flatMap(({ name }) => (name?.startsWith(lock) ? [name.slice(lock.length)] : []));
      return names && new Set([...names, id]);
    },
  };
}
