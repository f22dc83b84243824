import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAmocrm } from '#crms/amocrm/index';
import { CRM_HOST } from '#local/demo/stand-in/places';
import { openStandIn } from '#local/demo/stand-in/stand-in';
import { throughStandIn } from '#local/demo/stand-in/through';
import { createServer } from '#local/server/server';
import { told, wantedOf } from '#test/crms/kit/connected';
import { freePort } from '#test/e2e/call-api';

// The connector of amoCRM at work in the stand-in of `npm start`.

const TOKEN = 'a-token-of-the-stand-in';
const HOOKS_URL = 'http://127.0.0.1:1/webhooks/crm/amocrm/c1/secret';
async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-stand-in-crm-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files = { books: join(folder, 'books.json'), company: join(folder, 'company.json') };
  const standIn = await openStandIn(files, TOKEN, { now: Date.now, deadline: AbortSignal.timeout });
  const server = createServer(standIn.answer, () => {});
  const port = await freePort();
  await server.listen(port, '127.0.0.1');
  onTestFinished(() => server.stop(0));
  const crm = createAmocrm({ fetch: throughStandIn(fetch, `http://127.0.0.1:${port}`) });
  const session = {
    host: CRM_HOST,
    accessToken: TOKEN,
    app: {},
    fields: {},
    signal: new AbortController().signal,
  };
  const { fields, problems } = told(await crm.prepare(session, HOOKS_URL, ''));
  expect(problems).toEqual([]);
  return { crm, session: { ...session, fields } };
}

test('it is connected, makes a client once, writes into the timeline, and is left', async () => {
  const { crm, session } = await open();
  const since = Date.now();
  expect(told(await crm.identify(session))).toMatchObject({ host: CRM_HOST, isAdmin: true });
  const [, ivan] = told(await crm.users(session));
  const wanted = wantedOf(ivan?.id ?? '');

  const { contactId, dealId = '' } = told(await crm.make(session, wanted));

  const looked = told(await crm.look(session, wanted.keys, since));
  expect(looked.map(({ id }) => id).sort()).toEqual([contactId, dealId].sort());
  const found = told(await crm.find(session, { chatType: 'whatsapp', chatId: '79991234567' }));
  expect(found).toMatchObject([{ id: contactId, responsibleUserId: ivan?.id }]);
  expect(told(await crm.dealsOf(session, contactId))).toMatchObject([{ id: dealId, closed: false }]);
  const refs = [{ type: 'deal', id: dealId } as const];
  const note = { refs, text: 'Hello', links: [], chatType: 'whatsapp', sentAt: since };
  expect(told(await crm.note(session, [note]))).toEqual([{ kind: 'ok', value: undefined }]);
  told(await crm.leave(session, HOOKS_URL));
});

test('an enquiry lies in its inbox until somebody accepts it', async () => {
  const { crm, session } = await open();
  const [, , maria] = told(await crm.users(session));
  const { responsibleUserId: _, ...wanted } = wantedOf('');
  const { uid = '' } = told((await crm.unsorted?.add(session, wanted)) ?? { kind: 'gone' });

  const made = told((await crm.unsorted?.accept(session, uid, maria?.id ?? '')) ?? { kind: 'gone' });

  expect(made.responsibleUserId).toBe(maria?.id);
  expect(await crm.unsorted?.accept(session, uid, maria?.id ?? '')).toEqual({ kind: 'taken' });
});
