import type { components } from '../../clients/typescript/index.ts';
import type { Paged } from './running.ts';

type Schemas = components['schemas'];

/** An erasure of a person, without anything of them. */
export type Erasure = Schemas['Erasure'];

/** A person, by what a messenger calls them. */
export interface PersonId {
  readonly chatType: string;
  readonly chatId: string;
}

/** Everything that is known of a person, as one document. */
export type Exported = Omit<Schemas['ExportPage'], 'next'>;

/** What is stored of people, and its end. */
export interface StoredModel {
  /** The messengers that there are channels of first, and then those that there may have been. */
  readonly chatTypes: readonly string[];
  readonly erasures: Paged<Erasure>;
  /** Begins to erase everything of that person. What is refused throws the words for it. */
  erase(person: PersonId): Promise<{ readonly erasureId: string }>;
  /** All pages of the export. `soFar` is told how many messages have come. Throws the words of a refusal. */
  exported(person: PersonId, soFar: (messages: number) => void): Promise<Exported>;
}
