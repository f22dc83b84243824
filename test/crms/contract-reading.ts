import { expect, test } from 'vitest';
import type { Asked } from '#crms/crm';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import { type Connected, keysOf, makeBoth, told, wantedOf } from './kit/connected.ts';

/** Tests what is read: people, cards, and what changed. */
export function describeReading(now: () => Connected): void {
  const contact = (id: string): Ref => ({ type: 'contact', id });
  const deal = (id: string): Ref => ({ type: 'deal', id });

  test('find by phone, however it is written there (K16)', async () => {
    const { rig, session } = now();
    const written = ['+7 999 123-45-67', '79991234567', '+79991234567'];
    const ids = written.map((phone) => rig.hands.addContact({ name: 'Ivan', phone }));
    rig.hands.addContact({ name: 'Other', phone: '+7 999 000-00-00' });
    rig.clock.pass(rig.traits.lagMs);

    const address = { chatType: 'whatsapp', chatId: '79991234567' };
    const found = told(await rig.crm.find(session, address));

    const hits = found.filter((one) => keysOf(one).includes(keysOf({ contactData: [address] })[0] as string));
    expect(hits.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test('find by an address that is no phone, and nobody', async () => {
    const { rig, session } = now();
    const contactData = [{ chatType: 'telegram', chatId: '5550001', username: 'dana' }];
    const { contactId } = await makeBoth(now(), wantedOf(rig.hands.addUser({ name: 'Anna' }), { contactData }));
    rig.clock.pass(rig.traits.lagMs);

    const found = told(await rig.crm.find(session, { chatType: 'telegram', chatId: '5550001' }));
    const nobody = told(await rig.crm.find(session, { chatType: 'telegram', chatId: '777' }));

    expect(found.map(({ id }) => id)).toEqual([contactId]);
    expect(nobody).toEqual([]);
  });

  test('read: one answer for each, in order, with gone ones and merged ones inside (K18)', async () => {
    const { rig, session } = now();
    const anna = rig.hands.addUser({ name: 'Anna' });
    const ivan = rig.hands.addContact({ name: 'Ivan', phone: '+79991234567', responsibleUserId: anna });
    const sale = rig.hands.addDeal({ name: 'Sale', contacts: [ivan], responsibleUserId: anna });
    const won = rig.hands.addDeal({ name: 'Won', contacts: [ivan], responsibleUserId: anna, closed: 'won' });
    const removed = rig.hands.addContact({ name: 'Removed' });
    const loser = rig.hands.addContact({ name: 'Loser' });
    rig.hands.remove(contact(removed));
    const heir = rig.hands.merge(loser, rig.hands.addContact({ name: 'Winner' }));

    const refs = [deal(sale), contact(removed), contact(ivan), contact(loser), deal('999999999'), deal(won)];
    const [first, second, third, fourth, fifth, sixth] = told(await rig.crm.read(session, refs));

    expect(first).toMatchObject({ kind: 'ok', value: { type: 'deal', id: sale, name: 'Sale', closed: false } });
    expect(told(first as Asked<CrmDeal>)).toMatchObject({ contacts: [ivan], responsibleUserId: anna });
    expect(second).toEqual({ kind: 'gone' });
    expect(third).toMatchObject({
      kind: 'ok',
      value: { type: 'contact', id: ivan, name: 'Ivan', responsibleUserId: anna },
    });
    expect(keysOf(told(third as Asked<CrmContact>))).toContain('a#whatsapp#79991234567');
    expect(fourth).toEqual(rig.traits.tellsMoved ? { kind: 'moved', to: heir } : { kind: 'gone' });
    expect(fifth).toEqual({ kind: 'gone' });
    expect(sixth).toMatchObject({ kind: 'ok', value: { closed: true } });
  });

  test('read: a responsible user who is gone is nobody, or is still told by their id', async () => {
    const { rig, session } = now();
    const boris = rig.hands.addUser({ name: 'Boris' });
    const ivan = rig.hands.addContact({ name: 'Ivan', responsibleUserId: boris });
    rig.hands.dismissUser(boris);

    const [one] = told(await rig.crm.read(session, [contact(ivan)]));

    expect(['', boris]).toContain(told(one as Asked<CrmContact>).responsibleUserId);
  });

  test('read as many as it takes at once', async () => {
    const { rig, session } = now();
    const ids = Array.from({ length: rig.crm.offers.batch }, (_, at) => rig.hands.addContact({ name: `Client ${at}` }));

    const answers = told(await rig.crm.read(session, ids.map(contact)));

    expect(answers.map((one) => (one.kind === 'ok' ? one.value.id : one.kind))).toEqual(ids);
    expect(told(await rig.crm.read(session, []))).toEqual([]);
  });

  test('the deals of a contact: open and closed ones, the newest first, second contacts too (K23)', async () => {
    const { rig, session } = now();
    const [ivan, olga] = [rig.hands.addContact({ name: 'Ivan' }), rig.hands.addContact({ name: 'Olga' })];
    const oldest = rig.hands.addDeal({ name: 'First', contacts: [olga, ivan] });
    rig.clock.pass(2_000);
    const middle = rig.hands.addDeal({ name: 'Second', contacts: [ivan], closed: 'lost' });
    rig.clock.pass(2_000);
    const newest = rig.hands.addDeal({ name: 'Third', contacts: [ivan] });

    const deals = told(await rig.crm.dealsOf(session, ivan));

    const main = [
      [newest, false],
      [middle, true],
    ];
    const isFoundBySecond = rig.traits.findsSecondContacts !== false;
    expect(deals.map(({ id, closed }) => [id, closed])).toEqual([
      ...main,
      ...(isFoundBySecond ? [[oldest, false]] : []),
    ]);
    const [first] = told(await rig.crm.read(session, [deal(oldest)]));
    expect(told(first as Asked<CrmDeal>).contacts.toSorted()).toEqual([ivan, olga].sort());
    expect(told(await rig.crm.dealsOf(session, rig.hands.addContact({ name: 'New' })))).toEqual([]);
  });

  test('changedSince names all that changed, over several pages, also where times are equal', async () => {
    const { rig, session } = now();
    const before = rig.hands.addContact({ name: 'Before' });
    rig.clock.pass(3_600_000);
    const since = rig.clock.now();
    const contacts = Array.from({ length: rig.traits.page + 5 }, (_, at) => rig.hands.addContact({ name: `C ${at}` }));
    const deals = [rig.hands.addDeal({ name: 'Sale', contacts: contacts.slice(0, 1) })];
    rig.clock.pass(rig.traits.lagMs);
    rig.hands.touch(contact(before));
    rig.clock.pass(rig.traits.lagMs);

    const refs = await allSince({ rig, session }, since);

    const named = new Set(refs.map(({ type, id }) => `${type} ${id}`));
    const wanted = [...contacts.map((id) => `contact ${id}`), ...deals.map((id) => `deal ${id}`), `contact ${before}`];
    expect(wanted.filter((ref) => !named.has(ref))).toEqual([]);
  });

  test('changedSince ends, and names nothing where nothing changed', async () => {
    const { rig, session } = now();
    rig.hands.addContact({ name: 'Before' });
    rig.clock.pass(3_600_000);

    expect(await allSince({ rig, session }, rig.clock.now() - 60_000)).toEqual([]);
  });
}

async function allSince({ rig, session }: Connected, since: number): Promise<Ref[]> {
  const refs: Ref[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 100; pages += 1) {
    const page = told(await rig.crm.changedSince(session, since, cursor));
    refs.push(...page.refs);
    cursor = page.cursor;
    if (cursor === undefined) return refs;
  }
  throw new Error('changedSince does not end');
}
