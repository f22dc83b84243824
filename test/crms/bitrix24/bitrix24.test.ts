import { describe, expect, test } from 'vitest';
import { createBitrix24 } from '#crms/bitrix24/index';
import type { Asked, CrmMade, Session } from '#crms/crm';
import { type Bitrix24Rig, openBitrix24 } from '../doubles/bitrix24/rig.ts';
import { connect, sessionOf, told, wantedOf } from '../kit/connected.ts';

async function open(): Promise<{ rig: Bitrix24Rig; session: Session }> {
  const rig = openBitrix24();
  return { rig, session: await connect(rig) };
}

function commandsOf(rig: Bitrix24Rig): string[] {
  return Object.values((rig.double.calls.at(-1)?.body as { cmd?: Record<string, string> })?.cmd ?? {});
}

describe('a portal that was renamed (K22)', () => {
  test('gets the same body at its new address, and the new address comes back', async () => {
    const { rig, session } = await open();
    rig.hands.renamePortal('renamed.bitrix24.ru');
    const before = rig.double.calls.length;

    const made = told(await rig.crm.make(session, wantedOf('1')));

    const [first, second] = rig.double.calls.slice(before);
    expect([first?.url.host, second?.url.host]).toEqual(['demo.bitrix24.ru', 'renamed.bitrix24.ru']);
    expect([second?.verb, second?.body]).toEqual(['POST', first?.body]);
    expect(told(await rig.crm.identify(session))).toEqual(rig.hands.portal);
    expect(rig.hands.portal.host).toBe('renamed.bitrix24.ru');
    const [contact] = told(await rig.crm.read(session, [{ type: 'contact', id: made.contactId }]));
    expect(told(contact as Asked<{ uri?: string }>).uri).toMatch(/^https:\/\/renamed\.bitrix24\.ru\//);
  });

  test('sends the token to no address without TLS, and to none that is no REST', async () => {
    const { rig, session } = await open();
    for (const location of ['http://evil.example/rest/batch', 'https://evil.example/batch', 'nowhere', '']) {
      const before = rig.double.calls.length;
      rig.double.answer({ status: 302, body: '', headers: { location } });
      expect(await rig.crm.identify(session), location).toMatchObject({ kind: 'unreachable' });
      expect(rig.double.calls.length).toBe(before + 1);
    }
  });
});

describe('a new client', () => {
  test('both in one batch that halts; a refused deal leaves its contact as an answer, and no twin', async () => {
    const { rig, session } = await open();
    const pipeline = rig.hands.addPipeline({ name: 'P', stages: [{ name: 'New', kind: 'open' }] });
    const wanted = wantedOf('1', { pipelineId: pipeline.id, stageId: 'UC_GONE' });

    const made = told<CrmMade>(await rig.crm.make(session, wanted));

    expect(rig.double.calls.at(-1)?.body).toMatchObject({ halt: 1 });
    expect(made).toEqual({ contactId: expect.any(String) });
    const again = await rig.crm.make(session, { ...wanted, contactId: made.contactId });
    expect(again).toMatchObject({ kind: 'refused', code: 'STAGE_GONE', about: 'UC_GONE' });
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([1, 0]);
  });

  test.each([
    ['the server failed at', { deal: { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' } }],
    ['that has no answer', []],
  ])(
    'a deal %s may have been made: the whole is unclear, and nobody makes another one at once',
    async (_how, errors) => {
      const { rig, session } = await open();
      const result = { contact: { item: { id: 5 } } };
      rig.double.answer({ status: 200, body: { result: { result, result_error: errors, result_time: [] } } });

      expect(await rig.crm.make(session, wantedOf('1'))).toMatchObject({ kind: 'unreachable' });
    },
  );

  test('who calls themselves after an earlier answer is called so, and gets none of it', async () => {
    const { rig, session } = await open();
    const name = '$result[contact][item][id] [B]&fields[assignedById]=2';

    const { contactId, dealId } = told(await rig.crm.make(session, wantedOf('1', { name, dealName: name })));

    const [contact, deal] = told(
      await rig.crm.read(session, [
        { type: 'contact', id: contactId },
        { type: 'deal', id: dealId as string },
      ]),
    );
    for (const one of [contact, deal]) {
      const read = told(one as Asked<{ name: string; responsibleUserId: string }>);
      expect(read.name.replaceAll('\u2060', '')).toBe(name);
      expect(read.responsibleUserId).toBe('1');
    }
  });

  test('a required field names itself (VALIDATION_RULE)', async () => {
    const { rig, session } = await open();
    rig.double.state.required.add('Источник');
    expect(await rig.crm.make(session, wantedOf('1'))).toMatchObject({
      kind: 'refused',
      code: 'VALIDATION_RULE',
      about: 'Источник',
    });
  });

  test('an answer that was lost: the look finds both by their keys in one call', async () => {
    const { rig, session } = await open();
    const wanted = wantedOf('1');
    rig.double.loseAnswer();
    expect(await rig.crm.make(session, wanted)).toMatchObject({ kind: 'unreachable' });
    const before = rig.double.calls.length;

    const carriers = told(await rig.crm.look(session, wanted.keys, rig.clock.now()));

    expect(rig.double.calls.length).toBe(before + 1);
    expect(carriers.map(({ type, key }) => [type, key])).toEqual([
      ['contact', wanted.keys.contact],
      ['deal', wanted.keys.deal],
    ]);
  });
});

test('times go out with a zone, and come back from any (K26)', async () => {
  const { rig, session } = await open();
  const since = rig.clock.now();
  const id = rig.hands.addContact({ name: 'Ivan' });

  const { refs } = told(await rig.crm.changedSince(session, since));
  const later = told(await rig.crm.changedSince(session, since + 3_600_000));

  expect(refs).toEqual([{ type: 'contact', id }]);
  expect(later.refs).toEqual([]);
  for (const command of commandsOf(rig))
    expect(decodeURIComponent(command)).toMatch(/updatedTime\]=\d{4}-[\d-]+T[\d:]+\+00:00/);
});

test('the contacts of a deal are read from the deal: a second contact is found nowhere else (K23)', async () => {
  const { rig, session } = await open();
  const [olga, ivan] = [rig.hands.addContact({ name: 'Olga' }), rig.hands.addContact({ name: 'Ivan' })];
  const id = rig.hands.addDeal({ name: 'Sale', contacts: [olga, ivan] });

  expect(told(await rig.crm.dealsOf(session, ivan))).toEqual([]);
  const [deal] = told(await rig.crm.read(session, [{ type: 'deal', id }]));
  expect(told(deal as Asked<unknown>)).toMatchObject({ contacts: [olga, ivan] });
});

describe('notes', () => {
  test('what a client wrote is no markup, and no earlier answer; links of ours are', async () => {
    const { rig, session } = await open();
    const id = rig.hands.addContact({ name: 'Ivan' });
    const note = {
      refs: [{ type: 'contact', id } as const],
      text: 'Ivan: [URL=https://evil.example]prize[/URL] $result[n0_0]',
      links: [{ url: 'https://files.example/a[1].jpg', name: 'a[1].jpg' }],
      chatType: 'telegram',
      sentAt: 0,
    };

    told(await rig.crm.note(session, [note, note]));

    for (const text of rig.hands.notesOf({ type: 'contact', id })) {
      expect(text).not.toContain('[URL=https://evil');
      expect(text.replaceAll('\u2060', '')).toContain(note.text);
      expect(text).toContain('[URL=https://files.example/a%5B1%5D.jpg]');
    }
  });

  test('as many as it takes, each to a contact and a deal, leave in one call', async () => {
    const { rig, session } = await open();
    const contact = { type: 'contact', id: rig.hands.addContact({ name: 'Ivan' }) } as const;
    const deal = { type: 'deal', id: rig.hands.addDeal({ name: 'Sale', contacts: [contact.id] }) } as const;
    const notes = Array.from({ length: rig.crm.offers.notes }, (_, at) => ({
      refs: [contact, deal],
      text: `Note ${at}`,
      links: [],
      chatType: 'telegram',
      sentAt: 0,
    }));
    const before = rig.double.calls.length;

    told(await rig.crm.note(session, notes));

    expect(rig.double.calls.length).toBe(before + 1);
    expect(rig.hands.notesOf(deal)).toEqual(notes.map(({ text }) => text));
  });
});

test('one address stands in for all hosts, for a stand-in CRM', async () => {
  const rig = openBitrix24();
  await rig.double.listen();
  const crm = createBitrix24({ fetch: globalThis.fetch, baseUrl: rig.double.baseUrl });
  try {
    expect((await crm.identify(sessionOf(rig))).kind).toBe('ok');
    const pair = rig.double.oauth.install('1');
    expect((await crm.oauth?.refresh(rig.credentials, pair, '', '', new AbortController().signal))?.kind).toBe('ok');
  } finally {
    await rig.stop();
  }
});
