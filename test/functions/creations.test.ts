import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eachAtOnce } from '#at-once';
import type { Failed, Wanted } from '#crms/crm';
import { addressKey } from '#domain/address';
import type { CrmContact } from '#domain/crm';
import { chatKey } from '#domain/message';
import { timeKey } from '#domain/time-key';
import { connectorLane, noteAtCrm } from '#store/outbox/lane-names';
import { type Desk, deskOf } from '#test/functions/company';
import { connectModel } from '#test/functions/model-crm';
import { CrmModel } from '#test/scheduler/crm-model';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;
const OTHER = 502;
const HOUR_MS = 3_600_000;
const PIPELINES = [
  { id: '1', name: 'Sales', isMain: false, stages: [stage('11'), stage('12'), stage('13')] },
  { id: '2', name: 'Main', isMain: true, stages: [stage('21')] },
];

let world: World;
let desk: Desk;
let model: CrmModel;
/** What the CRM was asked to make. */
let wanted: Wanted[];
/** What goes on while the CRM is called. */
let during: (call: string) => Promise<void>;

beforeEach(async () => {
  during = async () => undefined;
  model = new CrmModel(
    () => world.clock.now(),
    (call) => during(call),
  );
  model.users = ['anna', 'boris', 'clara'].map((id) => ({ id, name: id, isActive: true }));
  model.pipelines = PIPELINES;
  wanted = [];
  world = await createWorld({ crm: model.crm });
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'clara'].map((id) => ({ id, name: id })));
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
    { userId: 'clara', role: 'manager' },
  ];
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '12', name: 'New' }] });
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '12' };
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  await connectModel(world);
  world.clock.advance(10_000);
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const failed = async () => await world.deliveries('state=failed');
const callsOf = (name: string) => model.calls.filter((call) => call === name).length;
const problems = async () => (await world.store.crms.now(account()))?.problems ?? [];

/** What the CRM refuses, and why. */
function refuse(refusal: (asked: Wanted) => Failed | undefined): void {
  model.refuse = (asked) => {
    wanted.push(asked);
    if (wanted.length > 20) throw new Error('Asked for ever');
    return refusal(asked);
  };
}

async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 15_000) await world.pass(15_000);
}

describe('what a connected CRM refuses', () => {
  test('a user who is gone there: made without one, users loaded anew, the chat in the pool (K14, R3)', async () => {
    model.users = model.users.map((user) => ({ ...user, isActive: user.id !== 'anna' }));
    refuse(({ responsibleUserId }) => (responsibleUserId === 'anna' ? refusal('USER_GONE') : undefined));
    await world.say(CLIENT, 'Hello');
    await wait(60_000);

    expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: '' }]);
    expect([...model.deals.values()]).toMatchObject([{ responsibleUserId: '' }]);
    expect((await world.store.users.list(account())).map(({ id }) => id)).toEqual(['boris', 'clara']);
    expect(await desk.seenBy('clara')).toEqual(['501']);
    expect(await failed()).toEqual([]);
  });

  test.each([
    { gone: ['12'], asked: ['12', '11'] },
    { gone: ['11', '12'], asked: ['12', '11', '21'] },
    { gone: ['11', '12', '13', '21'], asked: ['12', '11', '21', undefined] },
  ])('stages $gone that are gone: asked for in $asked', async ({ gone, asked }) => {
    refuse(({ stageId }) => (stageId !== undefined && gone.includes(stageId) ? refusal('STAGE_GONE') : undefined));
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    expect(wanted.map(({ stageId }) => stageId)).toEqual(asked);
    expect([...model.deals.values()]).toHaveLength(1);
    expect(await problems()).toMatchObject([{ code: 'STAGE_GONE', about: world.channel.channelId }]);
  });

  test('every stage, and none: failed, and sent again by hand', async () => {
    refuse(() => refusal('STAGE_GONE'));
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    expect(await failed()).toMatchObject([{ lastError: { code: 'CRM_STAGE_GONE' } }]);
  });

  test('a field that somebody took away is made again, and the client is made then', async () => {
    const isThere = () => model.calls.includes('prepare');
    refuse(() => (isThere() ? undefined : { ...refusal('FIELD_GONE'), about: 'konvert_id' }));
    model.found = [{ code: 'FIELD_GONE', about: 'konvert_id' }];
    await world.say(CLIENT, 'Hello');
    await world.pass(1_000);

    expect(await problems()).toMatchObject([{ code: 'FIELD_GONE', about: 'konvert_id' }]);
    await wait(3 * 60_000);

    expect([...model.contacts.values()]).toHaveLength(1);
    expect([...model.deals.values()]).toHaveLength(1);
    expect(await failed()).toEqual([]);
  });

  test('a field that nobody can make: the row fails after a day, and holds up nobody', async () => {
    refuse(({ contactData }) => (contactData[0]?.chatId === String(CLIENT) ? refusal('FIELD_GONE') : undefined));
    await world.say(CLIENT, 'Hello');
    await world.say(OTHER, 'Hello');
    await wait(15_000);
    expect([...model.contacts.values()]).toMatchObject([{ contactData: [{ chatId: String(OTHER) }] }]);
    world.clock.advance(25 * 3_600_000);
    await wait(60_000);

    expect(await failed()).toMatchObject([{ lastError: { code: 'CRM_FIELD_GONE' } }]);
  });
});

describe('a client who is handed over while the CRM makes them', () => {
  test.each(['lost', 'late', 'down'] as const)('after a call that was %s the CRM has the new user', async (fault) => {
    model.faultOf = (call) => (call === 'make' ? fault : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    model.land();
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await wait(15 * 60_000);

    expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: 'boris' }]);
    expect([...model.deals.values()]).toMatchObject([{ responsibleUserId: 'boris' }]);
    expect(await desk.seenBy('boris')).toEqual(['501']);
    expect(await desk.seenBy('anna')).toEqual([]);
  });

  test('twice before the CRM is told: the last one counts', async () => {
    await world.say(CLIENT, 'Hello');
    await wait(15_000);
    model.faultOf = () => 'down';
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'anna' });
    model.faultOf = () => undefined;
    await wait(5 * 60_000);

    expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: 'anna' }]);
    expect([...model.deals.values()]).toMatchObject([{ responsibleUserId: 'anna' }]);
    expect(await desk.seenBy('anna')).toEqual(['501']);
  });
});

describe('a client whom the search of the CRM does not show yet is made once', () => {
  beforeEach(() => {
    model.searchLagMs = HOUR_MS;
    model.looksBackMs = 3_000;
  });

  /** How often the client is there, before twins are looked for. */
  async function made(): Promise<number> {
    await wait(5 * 60_000);
    expect([...model.deals.values()]).toHaveLength(1);
    return model.contacts.size;
  }

  test('if the answer was lost: the list of what carries the key has them', async () => {
    model.faultOf = (call) => (call === 'make' && callsOf('make') === 1 ? 'lost' : undefined);
    await world.say(CLIENT, 'Hello');

    expect(await made()).toBe(1);
  });

  test('if the first try came to pass after a look, and before the second one, which failed', async () => {
    const faults = [undefined, 'late', 'down'] as const;
    model.faultOf = (call) => (call === 'make' ? faults[callsOf('make')] : undefined);
    during = async (call) => {
      if (call !== 'find' || callsOf('look') !== 1 || model.late.length === 0) return;
      model.land();
      world.clock.advance(10_000);
    };
    await world.say(CLIENT, 'Hello');

    expect(await made()).toBe(1);
    expect(callsOf('make')).toBe(2);
  });

  test('if the contact was merged, and lost its key, before there was a deal: its id is on the row', async () => {
    model.hasTwoSteps = true;
    model.tellsHeirs = true;
    const heir = model.addContact({ name: 'Irina', responsibleUserId: 'anna', contactData: [] });
    model.faultOf = (call) => {
      if (call !== 'make' || callsOf('make') !== 2) return undefined;
      model.merge([...model.contacts.keys()].at(-1)!, heir.id);
      return 'down';
    };
    await world.say(CLIENT, 'Hello');

    expect(await made()).toBe(1);
    expect([...model.deals.values()]).toMatchObject([{ contacts: [heir.id] }]);
  });

  test.each([
    { shows: 'shows the loser still', isShown: () => true },
    { shows: 'shows neither of them', isShown: ({ id }: CrmContact) => model.contacts.has(id) },
  ])(
    'if the contact was merged a moment ago, after a deal call that was unclear, and the search $shows',
    async (how) => {
      model.searchLagMs = 5_000;
      model.hasTwoSteps = true;
      const { crm } = model;
      const { find } = crm;
      crm.find = async (session, data) => {
        const asked = await find(session, data);
        return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.filter(how.isShown) } : asked;
      };
      const heir = model.addContact({ name: 'Irina', responsibleUserId: 'anna', contactData: [] });
      model.faultOf = (call) => (call === 'make' && callsOf('make') === 2 ? 'down' : undefined);
      during = async (call) => {
        if (call === 'look' && callsOf('look') === 1) model.merge([...model.contacts.keys()].at(-1)!, heir.id);
      };
      await world.say(CLIENT, 'Hello');

      expect(await made()).toBe(1);
      expect([...model.deals.values()]).toMatchObject([{ contacts: [heir.id] }]);
    },
  );
});

test('whoever inherits the heir is waited for, too: a client whose contact is merged twice is made once', async () => {
  model.searchLagMs = 5_000;
  model.hasTwoSteps = true;
  const [first, second] = ['Irina', 'Igor'].map((name) =>
    model.addContact({ name, responsibleUserId: 'anna', contactData: [] }),
  );
  model.faultOf = (call) => (call === 'make' && callsOf('make') === 2 ? 'down' : undefined);
  during = async (call) => {
    if (call === 'look' && callsOf('look') === 1) model.merge([...model.contacts.keys()].at(-1)!, first!.id);
    if (call === 'make' && callsOf('make') === 3) model.merge(first!.id, second!.id);
  };
  await world.say(CLIENT, 'Hello');
  await wait(5 * 60_000);

  expect([...model.contacts.keys()]).toEqual([second!.id]);
  expect([...model.deals.values()]).toMatchObject([{ contacts: [second!.id] }]);
});

test('a client who is handed over while the CRM makes them is not given back by its answer', async () => {
  during = async (call) => {
    if (call !== 'make') return;
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
  };
  await world.say(CLIENT, 'Hello');
  await wait(15_000);

  expect(await desk.seenBy('boris')).toEqual(['501']);
  expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: 'boris' }]);
  expect([...model.deals.values()]).toMatchObject([{ responsibleUserId: 'boris' }]);
});

describe('what waits in the lane of a connected CRM', () => {
  test('1,000 messages of clients whom it does not have hold up no newcomer, and no message of theirs (C4)', async () => {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    const lane = connectorLane(account());
    const { channelId } = world.channel;
    const address = addressKey(account(), 'telegram', '900');
    const chat = chatKey({ channelId, chatType: 'telegram', chatId: '900' });
    const since = world.clock.now() - 60_000;
    const rows = Array.from({ length: 1_000 }, (_, index) => {
      const fact = timeKey(since + index, `m${index}`);
      const about = { kind: 'note', subject: 'pool', address, chat, fact, account: account() } as const;
      return { ...about, lane, event: noteAtCrm(fact), storedAt: since + index, dueAt: world.clock.now() + 300_000 };
    });
    await eachAtOnce(rows, 16, async (row) => void (await world.store.rows.add(row)));
    await world.store.lanes.announce(lane, [rows[0]!.event]);
    await world.pass(61_000);
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    expect([...model.contacts.values()]).toMatchObject([{ contactData: [{ chatId: String(CLIENT) }] }]);
    expect(model.notes.map(({ text }) => text)).toEqual(['Hello']);
  });
});

function refusal(code: Extract<Failed, { kind: 'refused' }>['code']) {
  return { kind: 'refused', code, description: 'refused' } as const;
}

function stage(id: string) {
  return { id, name: id, kind: 'open' as const };
}
