import { describe, expect, test } from 'vitest';
import type { Session } from '#crms/crm';
import { type Bitrix24Rig, openBitrix24 } from '../doubles/bitrix24/rig.ts';
import { connect, FRAME_URL, HOOKS_URL, told } from '../kit/connected.ts';

async function open(): Promise<{ rig: Bitrix24Rig; session: Session }> {
  const rig = openBitrix24();
  return { rig, session: await connect(rig) };
}

describe('what Konvert needs in the portal', () => {
  test('all is bound, to the addresses that were given, and after an update of the application anew (K20)', async () => {
    const { rig, session } = await open();
    const bound = () =>
      [...rig.double.state.handlers, ...rig.double.state.places].map((one) => JSON.stringify(one)).sort();
    const all = bound();
    expect(all.join()).toContain(HOOKS_URL);
    expect(all.join()).toContain(FRAME_URL);
    expect(rig.double.state.handlers.map(({ event }) => event).sort()).toEqual([
      'ONAPPUNINSTALL',
      ...['ADD', 'DELETE', 'UPDATE'].map((act) => `ONCRMCONTACT${act}`),
      ...['ADD', 'DELETE', 'MOVETOCATEGORY', 'UPDATE'].map((act) => `ONCRMDEAL${act}`),
      'ONUSERADD',
    ]);
    rig.double.state.handlers = [];
    rig.double.state.places = [];

    const { problems } = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));

    expect(bound()).toEqual(all);
    expect(problems).toEqual([]);
  });

  test('by two at once: what the other one has bound is bound', async () => {
    const { rig, session } = await open();
    rig.double.state.handlers = [];
    rig.double.state.places = [];

    const both = await Promise.all([1, 2].map(() => rig.crm.prepare(session, HOOKS_URL, FRAME_URL)));

    expect(both.map((one) => told(one).problems)).toEqual([[], []]);
    expect(rig.hands.ours().hooks).toBe(12);
  });

  test('more strays than a batch has commands are taken away too', async () => {
    const { rig, session } = await open();
    const { state } = rig.double;
    const before = rig.hands.ours();
    for (let at = 0; at < 70; at += 1) {
      state.handlers.push({ event: 'ONCRMDEALADD', handler: HOOKS_URL.replace('secret', `former-${at}`) });
    }

    expect(told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL)).problems).toEqual([]);
    expect(rig.hands.ours()).toEqual(before);
  });

  test('a portal that is busy has no problem: it is asked again', async () => {
    const { rig, session } = await open();
    const busy = { error: 'OPERATION_TIME_LIMIT', error_description: '' };
    for (const name of ['events', 'places']) {
      const result = { events: [], places: [], app: { CODE: 'a' }, mode: 2, [name]: undefined };
      const body = {
        result: { result, result_error: { [name]: busy }, result_total: [], result_next: [], result_time: [] },
      };
      rig.double.answer({ status: 200, body });
      expect(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL)).toMatchObject({
        kind: 'throttled',
        retryAfterSeconds: 60,
      });
    }
  });

  test('an application whose installation is not finished gets no hooks, and says so', async () => {
    const { rig, session } = await open();
    rig.double.state.app.isInstalled = false;
    const { problems } = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));
    expect(problems).toEqual([{ code: 'HOOKS_MISSING' }]);
  });

  test('a user without rights: no places, and it is said', async () => {
    const { rig, session } = await open();
    rig.double.state.users.get('1')!.isAdmin = false;
    const { problems } = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));
    expect(problems).toEqual([{ code: 'NOT_ADMIN', about: 'placement' }]);
  });

  test('the classic mode, in which enquiries become leads, is something to do', async () => {
    const { rig, session } = await open();
    rig.double.state.isClassic = true;
    const { todo } = told(await rig.crm.prepare(session, HOOKS_URL, FRAME_URL));
    expect(todo).toEqual([{ code: 'BITRIX24_LEADS' }]);
  });
});

test.each([
  ['demo.bitrix24.ru', 'demo.bitrix24.ru'],
  [' https://Demo.bitrix24.ru/crm/deal/list/?a=1 ', 'demo.bitrix24.ru'],
  ['crm.company.example:8443', 'crm.company.example:8443'],
])('the portal %j', (host, expected) => {
  const { crm, credentials } = openBitrix24();
  expect(crm.readCredentials({ ...credentials, host })).toMatchObject({ credentials: { host: expected } });
});

test.each(['demo', 'demo.bitrix24.ru@evil.example/', 'demo.bitrix24.ru:99999', 'demo..bitrix24.ru', 'a b.c', '', 7])(
  'no portal: %j',
  (host) => {
    const { crm, credentials } = openBitrix24();
    expect(crm.readCredentials({ ...credentials, host })).toEqual({ fields: ['host'] });
  },
);

test('users: dismissed ones are told as such, guests are none', async () => {
  const { rig, session } = await open();
  const boris = rig.hands.addUser({ name: 'Boris', phone: '8 (999) 123-45-67' });
  rig.hands.dismissUser(boris);

  const users = told(await rig.crm.users(session));

  expect(users).toEqual([
    { id: '1', name: 'Anna K', isActive: true },
    { id: boris, name: 'Boris', phone: '79991234567', isActive: false },
  ]);
});
