import { setTimeout as sleep } from 'node:timers/promises';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { type Column, tableOf } from '../terminal/table.ts';
import type { Noun } from '../terminal/verb.ts';

type Check = components['schemas']['Check'];
type Fault = components['schemas']['CheckFault'];

const LOOK_AGAIN_MS = 1_000;

const COLUMNS: readonly Column[] = [{ head: 'WHAT WAS WRONG', shrinks: true }, { head: 'FOUND' }, { head: 'MENDED' }];

const WORDS: Readonly<Record<Fault['kind'], string>> = {
  'no-row': 'a chat was in no list',
  'no-facts': 'a chat was listed in which nothing is stored',
  state: 'a chat did not say what its messages say',
  unreported: 'nobody was told of a client',
  place: 'a chat stood in a wrong place of a list',
  users: 'a chat had other users than its client',
  'further-users': 'a chat was in the list of a user too many, or too few',
  address: 'a client was not known by their chat',
  contact: 'a client had the contact of somebody else',
  'message-ids': 'no message id led to a chat',
  waits: 'waits were not counted as the facts say',
  rotation: 'a rotation was not what the settings say',
  unreadable: 'something could not be read',
};

/** Adds the command that proves what is stored, and mends it. */
export function addCheck({ verb }: Pick<Noun, 'verb'>): void {
  verb(
    'check',
    'Prove that every chat follows from its messages, and mend those that do not (operator)',
    'check',
    async ({ operator, terminal }) => {
      const konvert = await operator();
      const { checkId } = await dataOf(konvert.POST('/v1/checks'));
      const params = { path: { checkId } };
      let told = 0;
      for (;;) {
        const check = await dataOf(konvert.GET('/v1/checks/{checkId}', { params }));
        if (check.state === 'done') return resultOf(check, terminal.width);
        // A line for each tenfold of chats is enough, however long it takes.
        if (check.chats >= 10 * Math.max(told, 10)) {
          told = check.chats;
          terminal.note(`${told.toLocaleString('en')} chats so far`);
        }
        await sleep(LOOK_AGAIN_MS);
      }
    },
  );
}

/** What the check came to. The exit code is 1 if something is still wrong. */
function resultOf(check: Check, width: number | undefined) {
  const { chats, faults } = check;
  const left = faults.reduce((sum, { found, mended }) => sum + found - mended, 0);
  const looked = `${chats.toLocaleString('en')} chats were looked at`;
  const rows = faults.map(({ kind, found, mended }) => [WORDS[kind], String(found), String(mended)]);
  const text = faults.length === 0 ? `${looked}: all are right.` : `${looked}.\n\n${tableOf(COLUMNS, rows, width)}`;
  const failed = `${left} could not be mended. The log of watch-chats names them by their hashes`;
  return { json: check, text, ...(left > 0 && { failed }) };
}
