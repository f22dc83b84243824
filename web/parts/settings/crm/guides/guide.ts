import type { ConnectedCrm, CrmName } from '../../../../settings-models/crm.ts';
import type { Key } from '../../../../words/words.ts';
import type { GuideField, GuideStep } from '../../kit/guide-step.ts';

/** An address of Konvert that is typed in at the CRM. */
export interface GuideAddress {
  readonly label: Key;
  readonly of: keyof Pick<ConnectedCrm, 'hooksUrl' | 'frameUrl'>;
}

/** Something that is left to do by hand: what, and what the values to copy are called there. */
export interface GuideTodo {
  readonly how: readonly Key[];
  readonly values?: Readonly<Record<string, Key>>;
}

/** How a CRM is connected. A new CRM is a file like those beside this one, and a line in `guides.ts`. */
export interface CrmGuide {
  readonly crm: CrmName;
  /** As people know it, in the language that is spoken. */
  readonly name: string;
  /** For the choice, if it has more than one. */
  readonly names?: string;
  /** What is needed, in one sentence, for choosing a CRM. */
  readonly needs: Key;
  readonly steps: readonly GuideStep[];
  /** What to do at the CRM once its credentials are stored, until it lets Konvert in. */
  readonly install?: GuideStep & { readonly addresses: readonly GuideAddress[] };
  /** By their codes in the API. */
  readonly todos: Readonly<Record<string, GuideTodo>>;
}

/** All that is pasted for a CRM, in order. */
export function fieldsOf({ steps }: Pick<CrmGuide, 'steps'>): readonly GuideField[] {
  return steps.flatMap(({ fields = [] }) => fields);
}
