import type { Asked, Crm, Note, Session } from '#crms/crm';
import { type FailedAll, isOfAll } from '#crms/is-of-all';
import type { Ref } from '#domain/crm';
import { cut } from '#domain/cut';
import type { AmocrmApi } from './client.ts';

/** https://www.amocrm.ru/developers/content/crm_platform/events-and-notes: 250, of which 50 are advised. */
export const MOST_NOTES = 50;
const MAX_TEXT_LENGTH = 20_000;

/** A note for one timeline; `at` is its place among those that were asked for. */
interface Line {
  readonly at: number;
  readonly id: string;
  readonly text: string;
}

/** Notes in the timelines of leads and contacts. They have no author: a user who is gone would refuse all of them (K14). */
export function createNotes(api: AmocrmApi): Pick<Crm, 'note'> {
  /** One wrong entity refuses the whole call, so halves are sent until it is alone. */
  async function write(session: Session, type: Ref['type'], lines: readonly Line[]): Promise<Asked<void>[]> {
    if (lines.length === 0) return [];
    const sent = lines.map(({ id, text }, index) => ({
      entity_id: Number(id),
      note_type: 'common',
      params: { text },
      request_id: String(index),
      is_need_to_trigger_digital_pipeline: false,
    }));
    const asked = await api.call(session, 'POST', `/${type === 'contact' ? 'contacts' : 'leads'}/notes`, sent);
    if (lines.length > 1 && (asked.kind === 'refused' || asked.kind === 'gone')) {
      const half = Math.ceil(lines.length / 2);
      const first = await write(session, type, lines.slice(0, half));
      const failed = first.find(isOfAll);
      const rest = lines.slice(half);
      return [...first, ...(failed ? rest.map(() => failed) : await write(session, type, rest))];
    }
    return lines.map(() => (asked.kind === 'ok' ? { kind: 'ok', value: undefined } : asked));
  }

  return {
    async note(session, notes) {
      const answers: Asked<void>[][] = notes.map(() => []);
      let isFirst = true;
      let failed: FailedAll | undefined;
      for (const type of ['contact', 'deal'] as const) {
        const lines = notes.flatMap((note, at) =>
          note.refs.filter((ref) => ref.type === type).map(({ id }) => ({ at, id, text: textOf(note) })),
        );
        const outcomes: Asked<void>[] = [];
        for (let from = 0; from < lines.length; from += MOST_NOTES) {
          const some = lines.slice(from, from + MOST_NOTES);
          const last = failed;
          outcomes.push(...(last ? some.map(() => last) : await write(session, type, some)));
          failed = outcomes.find(isOfAll);
        }
        const [first] = outcomes;
        // Nothing was written yet, so the whole call had this outcome.
        if (isFirst && first && isOfAll(first)) return first;
        if (outcomes.length > 0) isFirst = false;
        lines.forEach(({ at }, index) => {
          answers[at]?.push(outcomes[index] as Asked<void>);
        });
      }
      return { kind: 'ok', value: answers.map(outcomeOf) };
    },
  };
}

/** A note stands if one of its timelines has it. What may be tried again is tried again: twice rather than never. */
function outcomeOf(answers: readonly Asked<void>[]): Asked<void> {
  return answers.find(isOfAll) ?? answers.find(({ kind }) => kind === 'ok') ?? answers[0] ?? { kind: 'gone' };
}

function textOf({ text, links }: Note): string {
  return cut([text, ...links.map(({ url, name }) => `${name}: ${url}`)].filter(Boolean).join('\n'), MAX_TEXT_LENGTH);
}
