import type { Asked, Crm, Note } from '#crms/crm';
import { type Bitrix24Api, MOST_COMMANDS, partOf } from './client.ts';
import { commandOf } from './query.ts';

/** A note goes to a contact and a deal, and each of them is a command. */
export const MOST_NOTES = MOST_COMMANDS / 2;

/** Comments in timelines. https://apidocs.bitrix24.com/api-reference/crm/timeline/comments/crm-timeline-comment-add.html */
export function createNotes(api: Bitrix24Api): Pick<Crm, 'note'> {
  return {
    async note(session, notes) {
      const commands = notes.flatMap((note, at) =>
        note.refs.map((ref, place) => ({ name: `n${at}_${place}`, command: comment(note, ref) })),
      );
      const answers = new Map<string, Asked<unknown>>();
      for (let from = 0; from < commands.length; from += MOST_COMMANDS) {
        const slice = commands.slice(from, from + MOST_COMMANDS);
        const asked = await api.batch(session, Object.fromEntries(slice.map(({ name, command }) => [name, command])));
        if (asked.kind !== 'ok' && from === 0) return asked;
        for (const { name } of slice) answers.set(name, asked.kind === 'ok' ? partOf(asked.value, name) : asked);
      }
      const value = notes.map((note, at) =>
        outcomeOf(note.refs.map((_ref, place) => answers.get(`n${at}_${place}`) ?? { kind: 'gone' })),
      );
      return { kind: 'ok', value };
    },
  };
}

/** A note stands if one of its timelines has it. What may be tried again is tried again: twice rather than never. */
function outcomeOf(answers: readonly Asked<unknown>[]): Asked<void> {
  const again = answers.find(({ kind }) => kind === 'throttled' || kind === 'unreachable' || kind === 'unauthorized');
  if (again && again.kind !== 'ok') return again;
  const failed = answers.find(({ kind }) => kind !== 'ok');
  const isThere = answers.some(({ kind }) => kind === 'ok');
  return isThere || !failed || failed.kind === 'ok' ? { kind: 'ok', value: undefined } : failed;
}

function comment({ text, links, userId }: Note, { type, id }: Note['refs'][number]): string {
  const lines = [plain(text), ...links.map(({ url, name }) => `[URL=${encodeBrackets(url)}]${plain(name)}[/URL]`)];
  return commandOf('crm.timeline.comment.add', {
    fields: { ENTITY_TYPE: type, ENTITY_ID: id, COMMENT: lines.filter(Boolean).join('\n'), AUTHOR_ID: userId },
  });
}

/** Comments are BBCode. An unseen sign keeps what a client wrote from being read as such. */
function plain(text: string): string {
  return text.replaceAll('[', '[\u2060');
}

function encodeBrackets(url: string): string {
  return url.replaceAll('[', '%5B').replaceAll(']', '%5D');
}
