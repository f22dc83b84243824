import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#clock';
import { type ChannelSettings, NO_SETTINGS, type UserRole } from '#domain/settings';
import { createChangeSettings } from '#flows/change-settings';
import { tables } from '#lib/tables';
import { createKeyCipher, newCipherKey } from '#local/key-cipher';
import { createStoreDeps } from '#store/dynamo/client';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';
import { createStoreParts } from '#test/store-parts';

const ACCOUNT = 'shop';
const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));

type Store = ReturnType<typeof createStoreParts> & { readonly changeSettings: ReturnType<typeof createChangeSettings> };

let store: Store;
let db: MemoryDynamo;
/** The store of another process, on the same tables. */
let elsewhere: Store;
/** Runs before each command, with its number, counted from 0. It may run another whole action. */
let before: ((step: number) => Promise<void>) | undefined;
let steps: number;

beforeEach(async () => {
  before = undefined;
  steps = 0;
  db = new MemoryDynamo(tables, names);
  const client = {
    async send(command: Command) {
      const step = steps;
      steps += 1;
      await before?.(step);
      return db.apply(command);
    },
  };
  const cipher = createKeyCipher(newCipherKey());
  const made = () => {
    const deps = createStoreDeps({
      client: client as never,
      tables: names,
      clock: systemClock,
      newId: () => crypto.randomUUID(),
    });
    return { ...createStoreParts({ ...deps, cipher }), changeSettings: createChangeSettings(deps) };
  };
  store = made();
  elsewhere = made();
  for (const channelId of ['c1', 'c2']) await connect(store, channelId);
  await push('anna', 'boris');
});

function connect({ channels }: Store, channelId: string): Promise<void> {
  const channel = { channelId, account: ACCOUNT, transport: 'telegram', name: 'Bot', plainId: 'bot' } as const;
  return channels.create({ ...channel, credentials: {}, webhookSecret: 'secret' });
}

const seller = (userId: string): UserRole => ({ userId, role: 'seller', allowGetNewClients: true });
const head = (userId: string): UserRole => ({ userId, role: 'manager', allowGetNewClients: false });

async function push(...ids: string[]): Promise<string[]> {
  expect(
    await store.users.put(
      ACCOUNT,
      ids.map((id) => ({ id, name: id })),
    ),
  ).toBe('stored');
  return store.changeSettings.followUsers(ACCOUNT, ids);
}

async function remove(...ids: string[]): Promise<string[]> {
  await store.users.remove(ACCOUNT, ids);
  return store.changeSettings.followUsers(ACCOUNT, ids);
}

async function save(channelId: string, ...userRoles: UserRole[]): Promise<ChannelSettings> {
  const newClients = { mode: 'first-reply' } as const;
  const stored = await store.changeSettings.put(ACCOUNT, channelId, { newClients, userRoles }, 'key');
  return 'settings' in stored ? stored.settings : expect.fail('A save without a version was refused');
}

async function rolesIn(channelId: string): Promise<readonly UserRole[]> {
  return (await store.settings.settingsOf([channelId])).get(channelId)!.userRoles;
}

describe('roles follow the users that exist', () => {
  test('a channel that nobody set up is in first-reply, without roles', async () => {
    expect(await store.settings.settingsOf(['c1', 'c2'])).toEqual(
      new Map([
        ['c1', NO_SETTINGS],
        ['c2', NO_SETTINGS],
      ]),
    );
  });

  test('roles are read in the order in which they were saved', async () => {
    const saved = await save('c1', head('boris'), seller('anna'));

    expect(saved).toEqual({
      newClients: { mode: 'first-reply' },
      userRoles: [head('boris'), seller('anna')],
      rolesSaved: true,
    });
    expect((await store.settings.settingsOf(['c1'])).get('c1')).toEqual(saved);
    expect(await rolesIn('c2')).toEqual([]);
  });

  test('a channel counts as one with roles, also after its last role was taken away: no user acts as the CRM (R4)', async () => {
    expect(await save('c1')).toMatchObject({ rolesSaved: false });
    await save('c1', seller('anna'));
    expect(await save('c1')).toMatchObject({ userRoles: [], rolesSaved: true });
  });

  test('a deleted user loses the role in every channel, and has it back when pushed again', async () => {
    await save('c1', seller('anna'), head('boris'));
    await save('c2', head('anna'));

    expect((await remove('anna')).sort()).toEqual(['c1', 'c2']);

    const [gone] = [await store.settings.settingsOf(['c1', 'c2'])];
    expect(gone.get('c1')).toMatchObject({ userRoles: [head('boris')], rolesSaved: true });
    expect(gone.get('c2')).toMatchObject({ userRoles: [], rolesSaved: true });
    expect(await remove('anna')).toEqual([]);
    expect((await push('anna')).sort()).toEqual(['c1', 'c2']);
    expect(await rolesIn('c1')).toEqual([seller('anna'), head('boris')]);
    expect(await rolesIn('c2')).toEqual([head('anna')]);
    expect(await push('anna')).toEqual([]);
  });

  test('a push or deletion of users changes their roles, and no other setting of the channel', async () => {
    const newClients = { mode: 'round-robin', pipelineId: 'p', stageId: 's' } as const;
    await store.changeSettings.put(ACCOUNT, 'c1', { newClients, userRoles: [seller('anna'), head('boris')] }, 'key');
    const stored = () => {
      const { roles: _, ver: _ver, ...others } = db.items('accounts').find(({ s }) => s === 'settings') ?? {};
      return others;
    };
    const before = stored();

    await remove('anna');
    await push('anna');

    expect(before).toMatchObject({ mode: 'round-robin', pipelineId: 'p', stageId: 's' });
    expect(stored()).toEqual(before);
  });

  test('settings saved without a deleted user forget that user for good', async () => {
    await save('c1', seller('anna'), head('boris'));
    await remove('anna');
    await save('c1', head('boris'));

    expect(await push('anna')).toEqual([]);
    expect(await rolesIn('c1')).toEqual([head('boris')]);
  });

  test('a deletion takes roles also in a channel that another process has just connected', async () => {
    await push('anna');
    await connect(elsewhere, 'c3');
    await elsewhere.changeSettings.put(
      ACCOUNT,
      'c3',
      {
        newClients: { mode: 'first-reply' },
        userRoles: [seller('anna')],
      },
      'key',
    );

    expect(await remove('anna')).toEqual(['c3']);
    expect(await rolesIn('c3')).toEqual([]);
  });

  test('settings may hold more users than one write can check', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `u${index}`);
    await push(...ids);

    expect((await save('c1', ...ids.map(seller))).userRoles).toEqual(ids.map(seller));
    expect(await remove(...ids)).toEqual(['c1']);
    expect(await rolesIn('c1')).toEqual([]);
    expect(await push(...ids)).toEqual(['c1']);
    expect(await rolesIn('c1')).toEqual(ids.map(seller));
  });

  test('users of one account change nothing in channels of another', async () => {
    await save('c1', seller('anna'));

    await store.users.remove('other', ['anna']);
    expect(await store.changeSettings.followUsers('other', ['anna'])).toEqual([]);

    expect(await rolesIn('c1')).toEqual([seller('anna')]);
  });
});

const actions: Record<string, () => Promise<unknown>> = {
  'a deletion': () => remove('anna'),
  'a push': () => push('anna'),
  'a save with her': () => save('c1', seller('anna'), head('boris')),
  'a save without her': () => save('c1', head('boris')),
};

const worlds: Record<string, () => Promise<unknown>> = {
  'nothing was saved': async () => {},
  'she has a role': () => save('c1', seller('anna'), head('boris')),
  'she had a role and is gone': async () => {
    await save('c1', seller('anna'), head('boris'));
    await remove('anna');
  },
};

const pairs = Object.keys(worlds).flatMap((world) =>
  Object.keys(actions).flatMap((one) => Object.keys(actions).map((other) => [world, one, other] as const)),
);

async function expectAgreement(where: string): Promise<void> {
  const exists = (await store.users.get(ACCOUNT, 'anna')) !== undefined;
  const stored = (await rolesIn('c1')).some(({ userId }) => userId === 'anna');
  expect(stored && !exists, `${where}: she has a role and does not exist`).toBe(false);
  // A push would bring back a role that is stored and marked as gone, so nobody who exists may be marked.
  if (exists) expect(await push('anna'), `${where}: she exists and was marked as gone`).toEqual([]);
}

describe('roles and users agree after two actions at once, the second at any step of the first', () => {
  test.each(pairs)('%s; %s, and within it %s', async (world, one, other) => {
    await worlds[world]!();
    await actions[one]!();
    for (let at = 0; at < 100; at += 1) {
      await push('anna');
      await save('c1');
      await worlds[world]!();
      let ran = false;
      const startedAt = steps;
      before = async (step) => {
        if (step !== startedAt + at) return;
        before = undefined;
        ran = true;
        await actions[other]!();
      };
      await actions[one]!();
      before = undefined;
      await expectAgreement(`step ${at}`);
      if (!ran) return;
    }
    expect.fail('it never ended');
  });
});

describe('a deleted user has no role after a crash at any step of a save and a deletion meanwhile', () => {
  test.each(Object.keys(worlds))('%s', async (world) => {
    for (let at = 0; at < 100; at += 1) {
      for (let deletedAt = 0; deletedAt <= at; deletedAt += 1) {
        await push('anna');
        await save('c1');
        await worlds[world]!();
        const startedAt = steps;
        let shift = 0;
        let crashed = false;
        before = async (step) => {
          const own = step - startedAt - shift;
          if (own === deletedAt && shift === 0) {
            const hook = before;
            before = undefined;
            const first = steps;
            await remove('anna');
            shift = steps - first;
            before = hook;
          }
          if (own === at) {
            crashed = true;
            throw new Error('crash');
          }
        };
        await actions['a save with her']!().catch(() => {});
        before = undefined;
        const exists = (await store.users.get(ACCOUNT, 'anna')) !== undefined;
        const hasRole = (await rolesIn('c1')).some(({ userId }) => userId === 'anna');
        expect(hasRole && !exists, `crash at ${at}, deletion at ${deletedAt}`).toBe(false);
        if (!crashed) return;
      }
    }
  });
});

describe('options of an account', () => {
  test('options that nobody chose have their defaults', async () => {
    expect(await store.options.optionsOf(ACCOUNT)).toEqual({
      notifyHeadsAboutAllMessages: true,
      saveMessagesToTimeline: false,
      frameAncestors: [],
      retentionDays: null,
      zone: 'UTC',
    });
  });

  test('only the options that are given change', async () => {
    await store.options.patchOptions(ACCOUNT, { saveMessagesToTimeline: true }, 'key');
    const options = {
      notifyHeadsAboutAllMessages: false,
      saveMessagesToTimeline: true,
      frameAncestors: [],
      retentionDays: null,
      zone: 'UTC',
    };

    expect(await store.options.patchOptions(ACCOUNT, { notifyHeadsAboutAllMessages: false }, 'key')).toEqual({
      options,
      version: 2,
    });
    expect(await store.options.patchOptions(ACCOUNT, {}, 'key')).toEqual({ options, version: 2 });
    expect(await store.options.optionsOf(ACCOUNT)).toEqual(options);
  });
});
