import { expect, test } from 'vitest';
import { type Connected, FRAME_URL, HOOKS_URL, makeBoth, told, wantedOf } from './kit/connected.ts';

/** Tests how an account is connected, prepared and left. */
export function describeSetup(now: () => Connected): void {
  test('credentials: what is missing is named', () => {
    const { rig } = now();
    const given = rig.crm.readCredentials(rig.credentials);
    expect(given).toHaveProperty('credentials');

    const nothing = rig.crm.readCredentials({});
    for (const input of [nothing, rig.crm.readCredentials(undefined), rig.crm.readCredentials('a')]) {
      expect((input as { fields: string[] }).fields.length).toBeGreaterThan(0);
    }
    const [first = ''] = (nothing as { fields: string[] }).fields;
    const without = { ...rig.credentials, [first]: undefined };
    expect(rig.crm.readCredentials(without)).toHaveProperty('fields', [first]);
    expect(rig.crm.readCredentials({ ...rig.credentials, [first]: 7 })).toHaveProperty('fields', [first]);
  });

  test('identify says whose account it is', async () => {
    const { rig, session } = now();
    expect(told(await rig.crm.identify(session))).toEqual(rig.hands.portal);
  });

  test('prepare twice makes nothing twice, and drops strays of our own (K20, K21)', async () => {
    const { rig, session } = now();
    const before = rig.hands.ours();
    expect(before.fields).toBeGreaterThan(0);
    rig.hands.addStray?.();

    const again = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));

    expect(rig.hands.ours()).toEqual(before);
    expect(again.fields).toEqual(session.fields);
  });

  test('prepare makes a field anew that somebody deleted, and says so', async () => {
    const { rig, session } = now();
    if (rig.traits.makesFields === false) return;
    const before = rig.hands.ours();
    rig.hands.deleteFields();

    const again = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));

    expect(rig.hands.ours()).toEqual(before);
    expect(again.problems.map(({ code }) => code)).toContain('FIELD_GONE');
  });

  test('leave takes hooks away, and leaves what was made for clients', async () => {
    const { rig, session } = now();
    const { contactId } = await makeBoth(now(), wantedOf(rig.hands.addUser({ name: 'Anna' })));

    told(await rig.crm.leave(session, HOOKS_URL));

    expect(rig.hands.ours().hooks).toBe(0);
    const [contact] = told(await rig.crm.read(session, [{ type: 'contact', id: contactId }]));
    expect(contact?.kind).toBe('ok');
    told(await rig.crm.leave(session, HOOKS_URL));
  });

  test('users: all of them, inactive ones marked, over several pages (K15)', async () => {
    const { rig, session } = now();
    const anna = rig.hands.addUser({ name: 'Anna Petrova' });
    const boris = rig.hands.addUser({ name: 'Boris' });
    rig.hands.dismissUser(boris);
    const others = Array.from({ length: 260 }, (_, index) => rig.hands.addUser({ name: `User ${index}` }));

    const users = told(await rig.crm.users(session));

    expect(users.find(({ id }) => id === anna)).toMatchObject({ name: 'Anna Petrova', isActive: true });
    expect(users.filter(({ id, isActive }) => id === boris && isActive)).toEqual([]);
    const ids = users.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(others.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('pipelines: stages in order, with their kinds and new names (K25)', async () => {
    const { rig, session } = now();
    const made = rig.hands.addPipeline({
      name: 'Wholesale',
      stages: [
        { name: 'New', kind: 'open' },
        { name: 'Talks', kind: 'open' },
        { name: 'Won', kind: 'won' },
        { name: 'Lost', kind: 'lost' },
      ],
    });
    rig.hands.renameStage(made.id, made.stages[1] as string, 'In talks');

    const pipelines = told(await rig.crm.pipelines(session));

    expect(pipelines.filter(({ isMain }) => isMain)).toHaveLength(1);
    const wholesale = pipelines.find(({ id }) => id === made.id);
    expect(wholesale?.name).toBe('Wholesale');
    const own = wholesale?.stages.filter(({ id }) => made.stages.includes(id));
    expect(own?.map(({ name, kind }) => [name, kind])).toEqual([
      ['New', 'open'],
      ['In talks', 'open'],
      ['Won', 'won'],
      ['Lost', 'lost'],
    ]);
  });
}
