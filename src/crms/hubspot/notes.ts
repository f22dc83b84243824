import type { Asked, Crm, Failed, Note, Session } from '#crms/crm';
import { type FailedAll, isOfAll } from '#crms/is-of-all';
import type { Ref } from '#domain/crm';
import { type CallHubspot, PATHS } from './client.ts';
import { refused } from './map.ts';
import { batchSchema } from './schema.ts';

/** How many notes leave in one call. A batch that is refused is sent singly, and that has to stay within the limits. */
export const NOTES = 20;

/** https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide#association-type-id-values */
const TYPE_IDS = {
  communications: { contact: 81, deal: 85 },
  notes: { contact: 202, deal: 214 },
} as const satisfies Record<string, Record<Ref['type'], number>>;

type Engagement = keyof typeof TYPE_IDS;

const GONE = { kind: 'gone' } as const;

/** Makes `note`. HubSpot keeps WhatsApp's messages as communications, and has no such channel for other messengers. */
export function createNotes(call: CallHubspot): Crm['note'] {
  async function single(session: Session, engagement: Engagement, note: Note): Promise<Asked<void>> {
    const path = `${PATHS.objects}/${engagement}`;
    const asked = refused(await call(session, { method: 'POST', path, json: inputOf(engagement, note) }));
    return asked.kind === 'ok' ? { kind: 'ok', value: undefined } : asked;
  }

  /** One answer for each. Undefined if the batch was refused as a whole, and nothing was made. */
  async function batch(
    session: Session,
    engagement: Engagement,
    notes: readonly Note[],
  ): Promise<Asked<void>[] | Failed | undefined> {
    const inputs = notes.map((note, index) => ({ ...inputOf(engagement, note), objectWriteTraceId: String(index) }));
    const path = `${PATHS.objects}/${engagement}/batch/create`;
    const answer = await call(session, { method: 'POST', path, json: { inputs } });
    if (answer.kind === 'invalid' || answer.kind === 'gone') return undefined;
    if (answer.kind !== 'ok') return answer;
    const read = batchSchema.safeParse(answer.value);
    if (!read.success) return { kind: 'unreachable', reason: 'an answer in a form that HubSpot does not document' };
    const { results, errors = [] } = read.data;
    const wrong = new Map(
      errors.flatMap((error) => (error.context?.objectWriteTraceId ?? []).map((id) => [id, error] as const)),
    );
    const isWhole = errors.length === 0 && results.length === notes.length;
    return notes.map((_, index) => {
      const error = wrong.get(String(index));
      if (isWhole || (!error && results.some(({ objectWriteTraceId }) => objectWriteTraceId === String(index)))) {
        return { kind: 'ok', value: undefined };
      }
      if (error?.category === 'OBJECT_NOT_FOUND') return { kind: 'gone' };
      return {
        kind: 'refused',
        code: 'INVALID',
        description: error?.message ?? 'HubSpot did not say what became of it',
      };
    });
  }

  async function all(
    session: Session,
    engagement: Engagement,
    notes: readonly Note[],
  ): Promise<Asked<void>[] | Failed> {
    if (notes.length > 1) {
      const answers = await batch(session, engagement, notes);
      if (answers) return answers;
    }
    const answers: Asked<void>[] = [];
    for (const note of notes) {
      const failed = answers.at(-1);
      answers.push(failed && isOfAll(failed) ? failed : await single(session, engagement, note));
    }
    return answers;
  }

  return async (session, notes) => {
    const answers = new Map<Note, Asked<void>>();
    let left: FailedAll | undefined;
    for (const engagement of ['communications', 'notes'] as const) {
      const own = notes.filter((note) => engagementOf(note) === engagement);
      const told = own.length > 0 ? (left ?? (await all(session, engagement, own))) : [];
      const failed = Array.isArray(told) ? undefined : told;
      // Where some are in their timelines already, only the others failed.
      if (failed && own.length === notes.length) return failed;
      for (const [index, note] of own.entries()) answers.set(note, failed ?? (told as Asked<void>[])[index] ?? GONE);
      left = [...answers.values()].find(isOfAll);
    }
    const [first] = answers.values();
    if (first && isOfAll(first) && [...answers.values()].every(isOfAll)) return first;
    return { kind: 'ok', value: notes.map((note) => answers.get(note) ?? GONE) };
  };
}

function engagementOf({ chatType }: Note): Engagement {
  return chatType === 'whatsapp' ? 'communications' : 'notes';
}

function inputOf(engagement: Engagement, { refs, text, links, sentAt, userId }: Note) {
  const body = [escaped(text), ...links.map(({ url, name }) => `<a href="${escaped(url)}">${escaped(name)}</a>`)].join(
    '<br>',
  );
  const common = { hs_timestamp: new Date(sentAt).toISOString(), ...(userId && { hubspot_owner_id: userId }) };
  return {
    properties:
      engagement === 'notes'
        ? { ...common, hs_note_body: body }
        : {
            ...common,
            hs_communication_channel_type: 'WHATS_APP',
            hs_communication_logged_from: 'CRM',
            hs_communication_body: body,
          },
    associations: refs.map(({ type, id }) => ({
      to: { id },
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TYPE_IDS[engagement][type] }],
    })),
  };
}

function escaped(text: string): string {
  const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '<br>' } as const;
  return text.replaceAll(/[&<>"\n]/g, (sign) => named[sign as keyof typeof named]);
}
