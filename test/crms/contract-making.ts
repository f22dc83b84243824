import { expect, test } from 'vitest';
import type { Asked } from '#crms/crm';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import { type Connected, keysOf, makeBoth, told, wantedOf } from './kit/connected.ts';

/** Tests what is written: once, under its key, and nothing else. */
export function describeMaking(now: () => Connected): void {
  test('make: contact and deal as wanted, with the addresses they were made with', async () => {
    const { rig, session } = now();
    const anna = rig.hands.addUser({ name: 'Anna' });
    const pipeline = rig.hands.addPipeline({
      name: 'Wholesale',
      stages: [
        { name: 'New', kind: 'open' },
        { name: 'Talks', kind: 'open' },
      ],
    });
    const contactData = [
      { chatType: 'whatsapp', chatId: '79991234567' },
      { chatType: 'telegram', chatId: '5550001', username: 'dana' },
      { chatType: 'instagram', chatId: '17841400000000001' },
    ];
    const wanted = wantedOf(anna, { contactData, pipelineId: pipeline.id, stageId: pipeline.stages[1] as string });

    const { contactId, dealId } = await makeBoth(now(), wanted);

    const refs: Ref[] = [
      { type: 'contact', id: contactId },
      { type: 'deal', id: dealId },
    ];
    const [contact, deal] = told(await rig.crm.read(session, refs));
    const card = told(contact as Asked<CrmContact>);
    expect(card).toMatchObject({ name: wanted.name, responsibleUserId: anna });
    expect(keysOf(card)).toEqual(expect.arrayContaining(keysOf({ contactData })));
    expect(told(deal as Asked<CrmDeal>)).toMatchObject({
      name: wanted.dealName,
      responsibleUserId: anna,
      contacts: [contactId],
      closed: false,
    });
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([1, 1]);
  });

  test('make for a contact that is there makes the deal alone', async () => {
    const { rig, session } = now();
    const contactId = rig.hands.addContact({ name: 'Ivan' });

    const made = told(await rig.crm.make(session, wantedOf(rig.hands.addUser({ name: 'Anna' }), { contactId })));

    expect(made).toMatchObject({ contactId });
    const [deal] = told(await rig.crm.read(session, [{ type: 'deal', id: made.dealId as string }]));
    expect(told(deal as Asked<CrmDeal>).contacts).toEqual([contactId]);
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([1, 1]);
  });

  test('make without a responsible user and without a pipeline', async () => {
    const { rig, session } = now();
    const { responsibleUserId: _, ...wanted } = wantedOf('');

    const { dealId } = await makeBoth(now(), wanted);

    const [deal] = told(await rig.crm.read(session, [{ type: 'deal', id: dealId }]));
    expect(told(deal as Asked<CrmDeal>).closed).toBe(false);
  });

  test('made again under the same keys: a conflict is an answer, where keys are unique (K3)', async () => {
    const { rig, session } = now();
    const anna = rig.hands.addUser({ name: 'Anna' });
    const boris = rig.hands.addUser({ name: 'Boris' });
    const first = await makeBoth(now(), wantedOf(anna));
    if (!rig.traits.isUnique) return;
    rig.hands.setResponsible({ type: 'deal', id: first.dealId }, boris);

    const again = await makeBoth(now(), wantedOf(anna));

    expect(again).toEqual(first);
    const [deal] = told(await rig.crm.read(session, [{ type: 'deal', id: first.dealId }]));
    // What a seller changed since then stays: nothing is written a second time.
    expect(told(deal as Asked<CrmDeal>).responsibleUserId).toBe(boris);
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([1, 1]);
  });

  test('carry adds addresses to those that stand there, once, and changes nothing else (K18)', async () => {
    const { rig, session } = now();
    if (!rig.crm.carry) return;
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }), {
      contactData: [{ chatType: 'telegram', chatId: '5550001', username: 'dana' }],
    });
    const { contactId } = await makeBoth(now(), wanted);
    const read = async () =>
      told(told(await rig.crm.read(session, [{ type: 'contact', id: contactId }]))[0] as Asked<CrmContact>);
    const before = await read();
    const dropped = [
      { chatType: 'telegram', chatId: '5550002' },
      { chatType: 'whatsapp', chatId: '79991234567' },
    ];

    for (let times = 0; times < 2; times += 1) told(await rig.crm.carry(session, contactId, dropped));

    expect(await read()).toEqual({ ...before, contactData: [...before.contactData, ...dropped] });
    expect(await rig.crm.carry(session, '999999999', dropped)).toEqual({ kind: 'gone' });
  });

  test('look finds at once what carries the keys, before the search index does (K2)', async () => {
    const { rig, session } = now();
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    const since = rig.clock.now();
    expect(told(await rig.crm.look(session, wanted.keys, since))).toEqual([]);
    const { contactId, dealId } = await makeBoth(now(), wanted);

    const carriers = told(await rig.crm.look(session, wanted.keys, since));

    expect(carriers).toHaveLength(2);
    const contact = carriers.find(({ type }) => type === 'contact');
    const deal = carriers.find(({ type }) => type === 'deal');
    expect(contact).toMatchObject({ id: contactId, key: wanted.keys.contact, isUntouched: true });
    expect(deal).toMatchObject({ id: dealId, key: wanted.keys.deal, isUntouched: true, contacts: [contactId] });
    // CRMs count seconds.
    expect(Math.abs((deal?.createdAt ?? 0) - since)).toBeLessThan(2_000);
  });

  test('look reads to the beginning, past what others made since', async () => {
    const { rig, session } = now();
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    const since = rig.clock.now();
    const { contactId, dealId } = await makeBoth(now(), wanted);
    for (let made = 0; made <= rig.traits.page; made += 1) {
      rig.hands.addDeal({ name: `Deal ${made}`, contacts: [rig.hands.addContact({ name: `Client ${made}` })] });
    }

    const carriers = told(await rig.crm.look(session, wanted.keys, since));

    expect(carriers.map(({ id }) => id).sort()).toEqual([contactId, dealId].sort());
  });

  test('look: what somebody changed is touched', async () => {
    const { rig, session } = now();
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    const since = rig.clock.now();
    const { dealId } = await makeBoth(now(), wanted);
    rig.clock.pass(60_000);
    rig.hands.setResponsible({ type: 'deal', id: dealId }, rig.hands.addUser({ name: 'Boris' }));

    const carriers = told(await rig.crm.look(session, wanted.keys, since));

    expect(carriers.find(({ type }) => type === 'deal')).toMatchObject({ isUntouched: false });
  });

  test('a request that lands late is found by its key', async () => {
    const { rig } = now();
    const since = rig.clock.now();
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    const giveUp = new AbortController();
    const session = { ...now().session, signal: giveUp.signal };
    const before = rig.double.calls.length;
    rig.double.late();
    const asked = rig.crm.make(session, wanted);
    await expect.poll(() => rig.double.calls.length).toBe(before + 1);
    giveUp.abort();
    expect((await asked).kind).toBe('unreachable');
    expect(told(await rig.crm.look(now().session, wanted.keys, since))).toEqual([]);

    await rig.double.land();

    const [carrier] = told(await rig.crm.look(now().session, wanted.keys, since));
    expect(carrier).toBeDefined();
  });

  test('a responsible user who is gone: USER_GONE, and nothing is made (K14)', async () => {
    const { rig, session } = now();
    const boris = rig.hands.addUser({ name: 'Boris' });
    rig.hands.dismissUser(boris);

    const made = await rig.crm.make(session, wantedOf(boris));

    expect(made).toMatchObject({ kind: 'refused', code: 'USER_GONE' });
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([0, 0]);
  });

  test('a stage that is gone: STAGE_GONE', async () => {
    const { rig, session } = now();
    const pipeline = rig.hands.addPipeline({
      name: 'P',
      stages: [
        { name: 'New', kind: 'open' },
        { name: 'Talks', kind: 'open' },
      ],
    });
    const stageId = pipeline.stages[1] as string;
    rig.hands.removeStage(pipeline.id, stageId);
    const contactId = rig.hands.addContact({ name: 'Ivan' });
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }), { contactId, pipelineId: pipeline.id, stageId });

    expect(await rig.crm.make(session, wanted)).toMatchObject({ kind: 'refused', code: 'STAGE_GONE' });
  });

  test('key fields that somebody deleted: FIELD_GONE', async () => {
    const { rig, session } = now();
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    rig.hands.deleteFields();
    if (rig.traits.makesFields === false) return;

    expect(await rig.crm.make(session, wanted)).toMatchObject({ kind: 'refused', code: 'FIELD_GONE' });
  });

  test('remove deletes, and once is enough', async () => {
    const { rig, session } = now();
    if (rig.traits.deletes === false) {
      const asked = await rig.crm.remove(session, {
        type: 'deal',
        id: rig.hands.addDeal({ name: 'Twin', contacts: [] }),
      });
      expect(asked).toMatchObject({ kind: 'refused' });
      expect(rig.hands.count('deal')).toBe(1);
      return;
    }
    const id = rig.hands.addDeal({ name: 'Twin', contacts: [] });

    told(await rig.crm.remove(session, { type: 'deal', id }));

    const [deal] = told(await rig.crm.read(session, [{ type: 'deal', id }]));
    expect(deal).toEqual({ kind: 'gone' });
    expect(['ok', 'gone']).toContain((await rig.crm.remove(session, { type: 'deal', id })).kind);
  });

  test.each(['contact', 'deal'] as const)(
    'assign changes the responsible user of a %s and nothing else (K14)',
    async (type) => {
      const { rig, session } = now();
      const [anna, boris] = [rig.hands.addUser({ name: 'Anna' }), rig.hands.addUser({ name: 'Boris' })];
      const made = await makeBoth(now(), wantedOf(anna));
      const ref: Ref = { type, id: type === 'contact' ? made.contactId : made.dealId };
      const [before] = told(await rig.crm.read(session, [ref]));

      told(await rig.crm.assign(session, ref, boris));

      const [after] = told(await rig.crm.read(session, [ref]));
      expect(after).toEqual({
        kind: 'ok',
        value: { ...told(before as Asked<CrmContact>), responsibleUserId: boris },
      });
      expect(await rig.crm.assign(session, { type, id: '999999999' }, boris)).toEqual({ kind: 'gone' });
      rig.hands.dismissUser(anna);
      expect(await rig.crm.assign(session, ref, anna)).toMatchObject({ kind: 'refused', code: 'USER_GONE' });
    },
  );

  test('note: one answer for each, in every timeline once, with links', async () => {
    const { rig, session } = now();
    const { contactId, dealId } = await makeBoth(now(), wantedOf(rig.hands.addUser({ name: 'Anna' })));
    const refs: Ref[] = [
      { type: 'contact', id: contactId },
      { type: 'deal', id: dealId },
    ];
    const note = { links: [], sentAt: rig.clock.now() };
    const url = 'https://files.example/p/1.jpg?a=1&b=2';
    const notes = [
      { ...note, refs, text: 'Client: hello <b>', chatType: 'whatsapp' },
      { ...note, refs, text: 'Client: a photo', chatType: 'telegram', links: [{ url, name: 'photo.jpg' }] },
    ];

    const answers = told(await rig.crm.note(session, notes.slice(0, rig.crm.offers.notes)));

    expect(answers.map(({ kind }) => kind)).toEqual(notes.slice(0, rig.crm.offers.notes).map(() => 'ok'));
    for (const ref of refs) {
      const [first = '', second = ''] = rig.hands.notesOf(ref);
      expect(first).toContain('Client: hello');
      expect(rig.hands.notesOf(ref)).toHaveLength(answers.length);
      if (answers.length > 1) expect(second).toContain('files.example/p/1.jpg');
    }
  });

  test('note: a timeline that is gone is told of that note alone', async () => {
    const { rig, session } = now();
    if (rig.crm.offers.notes < 2) return;
    const ivan = rig.hands.addContact({ name: 'Ivan' });
    const note = { links: [], sentAt: rig.clock.now(), chatType: 'telegram' };

    const answers = told(
      await rig.crm.note(session, [
        { ...note, refs: [{ type: 'deal', id: '999999999' }], text: 'One' },
        { ...note, refs: [{ type: 'contact', id: ivan }], text: 'Two' },
      ]),
    );

    expect(answers.map(({ kind }) => kind)).toEqual(['gone', 'ok']);
    expect(rig.hands.notesOf({ type: 'contact', id: ivan })).toHaveLength(1);
  });
}
