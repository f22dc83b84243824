import type { KonvertClient } from '../../clients/typescript/index.ts';
import type { Me } from '../models.ts';
import type { Drafts } from './draft.ts';
import type { RowStore } from './row-store.ts';
import type { FileShelf, Shelf } from './storage.ts';
import type { Tabs } from './tabs.ts';

/** What the models of one signed-in user are made from. */
export interface Context {
  readonly api: KonvertClient;
  readonly me: Me;
  /** The id of the user; empty on a settings page. */
  readonly userId: string;
  readonly rows: RowStore;
  readonly drafts: Drafts;
  readonly shelf: Shelf;
  readonly files: FileShelf;
  readonly tabs: Pick<Tabs, 'living'>;
  /** The id of this tab. */
  readonly tab: string;
  /** The beginning of the names under which this user keeps something. */
  readonly prefix: string;
  readonly now: () => number;
  readonly newId: () => string;
}
