import { beforeEach, expect, test } from 'vitest';
import type { Asked, CrmMade, Note, Session } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { problem } from '../doubles/amocrm/index.ts';
import { type AmoRig, formRequest, openAmocrm } from '../doubles/amocrm/rig.ts';
import { connect, FRAME_URL, HOOKS_URL, told, wantedOf } from '../kit/connected.ts';

// What amoCRM alone has, beside the contract.

let rig: AmoRig;
let session: Session;

beforeEach(async () => {
  rig = openAmocrm();
  session = await connect(rig);
});

function unsorted() {
  return rig.crm.unsorted as NonNullable<AmoRig['crm']['unsorted']>;
}

/** News of the hooks that the double has rung since then. */
function newsSince(at: number) {
  return rig.double.hooks.slice(at).flatMap(({ body }) => rig.crm.hooks.parse(formRequest(body)));
}

function noteFor(ref: Ref, text: string): Note {
  return { refs: [ref], text, links: [], chatType: 'telegram', sentAt: rig.clock.now() };
}

async function inInbox(responsible?: string): Promise<Required<CrmMade>> {
  const { responsibleUserId: _, ...wanted } = wantedOf(responsible ?? '');
  return told(await unsorted().add(session, wanted)) as Required<CrmMade>;
}

test('an enquiry is found by its key while lists hide its contact, and is nobody twice', async () => {
  const since = rig.clock.now();
  const { uid, contactId, dealId } = await inInbox();

  const carriers = told(await rig.crm.look(session, wantedOf('').keys, since));
  const [contact] = told(await rig.crm.read(session, [{ type: 'contact', id: contactId }]));

  expect(carriers.map((one) => [one.type, one.id, one.uid]).sort()).toEqual([
    ['contact', contactId, uid],
    ['deal', dealId, uid],
  ]);
  expect(contact).toMatchObject({ kind: 'ok', value: { key: wantedOf('').keys.contact } });
});

test('who accepts an enquiry gets its contact and its deal, and the hook says so', async () => {
  const anna = rig.hands.addUser({ name: 'Anna' });
  const { uid, contactId, dealId } = await inInbox();
  const before = rig.double.hooks.length;

  const made = told(await unsorted().accept(session, uid, anna, '7400103'));

  expect(made).toEqual({ uid, contactId, dealId, responsibleUserId: anna });
  const refs = [{ type: 'contact', id: contactId } as const, { type: 'deal', id: dealId } as const];
  const cards = told(await rig.crm.read(session, refs));
  expect(cards.map((card) => told(card as Asked<{ responsibleUserId: string }>).responsibleUserId)).toEqual([
    anna,
    anna,
  ]);
  expect(rig.double.state.leads[0]?.statusId).toBe(7_400_103);
  expect(newsSince(before)).toContainEqual({ kind: 'accepted', uid, dealId, userId: anna });
});

test('of two who accept the second one is told that it is taken, and so after a refusal', async () => {
  const [anna, boris] = [rig.hands.addUser({ name: 'Anna' }), rig.hands.addUser({ name: 'Boris' })];
  const first = await inInbox();
  await rig.hands.settle(first.uid, 'accept', anna);
  expect(await unsorted().accept(session, first.uid, boris)).toEqual({ kind: 'taken' });

  const second = await inInbox();
  const before = rig.double.hooks.length;
  await rig.hands.settle(second.uid, 'decline', anna);
  expect(await unsorted().accept(session, second.uid, boris)).toEqual({ kind: 'taken' });
  expect(newsSince(before)).toEqual([{ kind: 'declined', uid: second.uid }]);
});

test('an enquiry is not given to a user who is gone (K14)', async () => {
  const anna = rig.hands.addUser({ name: 'Anna' });
  const { uid } = await inInbox();
  rig.hands.dismissUser(anna);

  expect(await unsorted().accept(session, uid, anna)).toMatchObject({ kind: 'refused', code: 'USER_GONE' });
  expect(rig.double.state.unsorted).toHaveLength(1);
});

test('a lead that the control of duplicates joined keeps its stage and its responsible user (K17)', async () => {
  const [anna, boris] = [rig.hands.addUser({ name: 'Anna' }), rig.hands.addUser({ name: 'Boris' })];
  const ivan = rig.hands.addContact({ name: 'Ivan', responsibleUserId: anna });
  const heir = rig.hands.addDeal({ name: 'Old', contacts: [ivan], responsibleUserId: anna });
  const before = structuredClone(rig.double.state.leads[0]);
  rig.double.joinTo = Number(heir);

  const made = told(await rig.crm.make(session, wantedOf(boris)));

  expect(made).toEqual({ contactId: ivan, dealId: heir, responsibleUserId: anna });
  expect(rig.double.state.leads).toEqual([before]);
});

test('a renamed account is found, and its new host is reported', async () => {
  rig.hands.rename('newname');

  expect(told(await rig.crm.identify(session))).toMatchObject({ host: 'newname.amocrm.ru', accountId: '31000001' });
  expect(told(await rig.crm.users(session))).toHaveLength(4);
  rig.hands.revoke();
  expect(await rig.crm.users(session)).toMatchObject({ kind: 'unauthorized' });
});

test('hooks that amoCRM switched off are made anew, and told of once (K19)', async () => {
  rig.hands.disableHooks();

  const first = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));
  const second = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));

  expect(first.problems).toEqual([{ code: 'HOOKS_OFF' }]);
  expect(second.problems).toEqual([]);
  expect(rig.double.disabled.size).toBe(0);
});

test('hooks of others are left alone', async () => {
  const others = ['https://other.example/webhooks/crm/x/1/secret', 'https://konvert.example/hooks'];
  for (const destination of others) rig.double.state.hooks.push({ id: 1, destination, settings: ['add_lead'] });

  told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));
  told(await rig.crm.leave(session, HOOKS_URL));

  expect(rig.double.state.hooks.map(({ destination }) => destination)).toEqual(others);
});

test.each([
  ['a plan without hooks', 402, { code: 'PLAN' }],
  ['a user who is no administrator', 403, { code: 'NOT_ADMIN', about: 'webhooks' }],
])('%s: connected nevertheless, with its problem', async (_name, status, expected) => {
  rig.double.answer(problem(status, 'No'), 'GET /webhooks');

  expect(told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL)).problems).toEqual([expected]);
});

test('an account that is not paid for: PLAN', async () => {
  rig.double.answer(problem(402, 'Payment Required'));

  expect(await rig.crm.users(session)).toMatchObject({ kind: 'refused', code: 'PLAN' });
});

test('+7 and 8 are one number, and digits in another field are no match (K16)', async () => {
  const eight = rig.hands.addContact({ name: 'Ivan', phone: '8 (999) 123-45-67' });
  rig.hands.addContact({ name: 'Order 9991234567' });
  rig.hands.addContact({ name: 'Abroad', phone: '+49 999 123 45 67' });
  rig.clock.pass(rig.traits.lagMs);

  const found = told(await rig.crm.find(session, { chatType: 'whatsapp', chatId: '79991234567' }));

  expect(found.map(({ id }) => id)).toEqual([eight]);
});

test('one timeline that is gone costs no other note of its call', async () => {
  const deals = Array.from({ length: 5 }, (_, at) => rig.hands.addDeal({ name: `Deal ${at}`, contacts: [] }));
  const ids = deals.toSpliced(3, 0, '999999999');
  const notes = ids.map((id) => ({
    refs: [{ type: 'deal', id } as const],
    text: 'Hello',
    links: [],
    chatType: 'telegram',
    sentAt: rig.clock.now(),
  }));

  const answers = told(await rig.crm.note(session, notes));

  expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'gone', 'ok', 'ok']);
  expect(deals.map((id) => rig.hands.notesOf({ type: 'deal', id }).length)).toEqual([1, 1, 1, 1, 1]);
});

test.each([
  [
    'notes',
    (ref: Ref) =>
      rig.crm.note(
        session,
        [1, 2, 3, 4].map((at) => noteFor(ref, `${at}`)),
      ),
  ],
  [
    'what no list has',
    () =>
      rig.crm.read(
        session,
        [7, 8, 9].map((at) => ({ type: 'contact', id: `99999999${at}` })),
      ),
  ],
])('once amoCRM asks to wait nothing more is called, within a call of %s (K11)', async (_what, call) => {
  const ref = { type: 'deal', id: rig.hands.addDeal({ name: 'Deal', contacts: [] }) } as const;
  rig.double.answer(problem(400, 'Request validation failed'), 'POST /leads/notes');
  const before = rig.double.calls.length;
  for (const name of ['POST /leads/notes', 'GET /contacts/{id}']) rig.double.answer(rig.answers.throttled, name);

  const asked = await call(ref);

  expect(rig.double.calls.length - before).toBe(2);
  const each: readonly Asked<unknown>[] = asked.kind === 'ok' ? asked.value : [asked];
  expect(each.map(({ kind }) => kind)).toEqual(each.map(() => 'throttled'));
});

test('a list of users that does not end is no list: whom it leaves out would count as gone', async () => {
  const body = {
    _links: { next: { href: 'https://demo.amocrm.ru' } },
    _embedded: { users: [{ id: 1, name: 'Anna' }] },
  };
  rig.double.down({ status: 200, body });

  expect(await rig.crm.users(session)).toMatchObject({ kind: 'unreachable' });
});

test('fifty notes leave in one call', async () => {
  const id = rig.hands.addDeal({ name: 'Deal', contacts: [] });
  const note = { refs: [{ type: 'deal', id } as const], links: [], chatType: 'telegram', sentAt: rig.clock.now() };
  const before = rig.double.calls.length;

  const notes = Array.from({ length: rig.crm.offers.notes }, (_, at) => ({ ...note, text: `${at}` }));
  told(await rig.crm.note(session, notes));

  expect(rig.double.calls.length - before).toBe(1);
  expect(rig.hands.notesOf({ type: 'deal', id })).toEqual(notes.map(({ text }) => text));
});

test('the limit bites at the eighth call of a second (K11)', async () => {
  rig.double.isLimited = true;

  const kinds = [];
  for (let at = 0; at < 8; at += 1) kinds.push((await rig.crm.pipelines(session)).kind);

  expect(kinds).toEqual([...Array(7).fill('ok'), 'throttled']);
});

test('what was deleted is named by the proof too, where lists are silent (K19)', async () => {
  const ivan = rig.hands.addContact({ name: 'Ivan' });
  rig.clock.pass(3_600_000);
  const since = rig.clock.now();
  rig.hands.remove({ type: 'contact', id: ivan });

  const refs = [];
  let cursor: string | undefined;
  do {
    const page = told(await rig.crm.changedSince(session, since, cursor));
    refs.push(...page.refs);
    cursor = page.cursor;
  } while (cursor !== undefined);

  expect(refs).toEqual([{ type: 'contact', id: ivan }]);
});

test.each([
  ['https://demo.amocrm.ru/leads/pipeline/', 'demo.amocrm.ru'],
  ['Demo.Kommo.com', 'demo.kommo.com'],
  ['demo.amocrm.ru.evil.example', undefined],
  ['www.amocrm.ru', undefined],
  ['evil.example/demo.amocrm.ru', undefined],
])('the host %s: %s', (host, expected) => {
  const read = rig.crm.readCredentials({ ...rig.credentials, host });
  const credentials = 'credentials' in read ? read.credentials : undefined;

  expect(credentials && rig.crm.hostOf(credentials)).toBe(expected);
});
