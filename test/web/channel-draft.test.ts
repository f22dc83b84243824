import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { NOTHING_CHOSEN, withRole, withSwitch } from '../../web/core/chosen.ts';
import { differencesOf } from '../../web/core/settings-diff.ts';
import { merged, mergeOf } from '../../web/core/settings-merge.ts';
import type { Answer } from '../../web/data/api.ts';
import { createChannelDraft } from '../../web/data/settings/channel-draft.ts';
import type { Chosen, Effects, Role, Stored } from '../../web/settings-models/roles.ts';
import { speak } from '../../web/words/words.ts';

beforeAll(() => speak('en'));

const NO_EFFECTS: Effects = { givenOut: 0, losesSight: [], atLeast: false };
const IVAN = { id: 'ivan', name: 'Ivan' };
const MARIA = { id: 'maria', name: 'Maria' };
const SELLERS: Chosen = withRole(withRole(NOTHING_CHOSEN, 'ivan', 'seller'), 'maria', 'seller');

/** A server with one channel, that answers as `PUT /v1/settings/channels/{channelId}` does. */
function createServer(chosen = NOTHING_CHOSEN) {
  const server = {
    stored: { chosen, version: 3 } as Stored,
    users: [IVAN, MARIA],
    effects: NO_EFFECTS,
    saves: 0,
    /** The next answer does not arrive. */
    isCut: false,
    /** Somebody else saves. */
    change(next: Chosen) {
      server.stored = { chosen: next, version: server.stored.version + 1 };
    },
  };
  const refusal = (sent: Chosen, version: number): Answer<never> | undefined => {
    const refused = { kind: 'refused', description: 'No' } as const;
    if (version !== server.stored.version) {
      if (differencesOf(server.stored.chosen, sent).length === 0) return undefined;
      return { ...refused, status: 409, code: 'SETTINGS_CHANGED', data: { version: server.stored.version } };
    }
    const known = server.users.map(({ id }) => id);
    const unknownUsers = [...sent.roles.keys()].filter((userId) => !known.includes(userId));
    if (unknownUsers.length === 0) return undefined;
    const data = { fields: ['userRoles.0.userId'], unknownUsers };
    return { ...refused, status: 400, code: 'INVALID_SETTINGS', data };
  };
  const arrives = <T>(answer: Answer<T>): Answer<T> => {
    const { isCut } = server;
    server.isCut = false;
    return isCut ? { kind: 'lost' } : answer;
  };
  const draft = (told: (stored: Stored) => void = () => undefined) =>
    createChannelDraft(
      {
        preview: async (sent, version) => refusal(sent, version) ?? { kind: 'ok', body: server.effects },
        async save(sent, version) {
          const refused = refusal(sent, version);
          if (refused) return arrives(refused);
          if (differencesOf(server.stored.chosen, sent).length > 0) {
            server.change(sent);
            server.saves += 1;
          }
          return arrives({ kind: 'ok', body: server.stored });
        },
        read: async () => arrives({ kind: 'ok', body: { stored: server.stored, users: server.users } }),
      },
      server.stored,
      told,
    );
  return { server, draft };
}

test('what does nothing at once is saved without a question, and the first time is told', async () => {
  const { server, draft } = createServer();
  const told: Stored[] = [];
  const mine = draft((stored) => told.push(stored));

  mine.change(SELLERS);
  await mine.save();

  expect(mine.step.value).toEqual({ kind: 'saved', isFirst: true });
  expect([mine.isChanged.value, server.stored.chosen, told]).toEqual([false, SELLERS, [server.stored]]);

  mine.change(withSwitch(SELLERS, 'ivan', true));
  await mine.save();

  expect(mine.step.value).toEqual({ kind: 'saved', isFirst: false });
});

test('what does something at once is asked about, and saved only after that', async () => {
  const { server, draft } = createServer(SELLERS);
  server.effects = { givenOut: 7, losesSight: [{ userId: 'ivan', chats: 12 }], atLeast: false };
  const mine = draft();
  const wanted = withRole(SELLERS, 'ivan', undefined);

  mine.change(wanted);
  await mine.save();

  expect(mine.step.value).toEqual({ kind: 'asking', effects: server.effects });
  mine.cancel();
  expect([mine.mine.value, server.saves]).toEqual([wanted, 0]);

  await mine.save();
  await mine.confirm();

  expect([mine.step.value.kind, server.stored.chosen]).toEqual(['saved', wanted]);
});

test('what could not be counted whole is asked about, though nothing was found', async () => {
  const { server, draft } = createServer(SELLERS);
  server.effects = { ...NO_EFFECTS, atLeast: true };
  const mine = draft();

  mine.change(withRole(SELLERS, 'ivan', 'manager'));
  await mine.save();

  expect([mine.step.value.kind, server.saves]).toEqual(['asking', 0]);
});

test('nothing is asked and nothing saved while nothing is changed', async () => {
  const { server, draft } = createServer(SELLERS);
  const mine = draft();

  mine.change(withSwitch(withSwitch(SELLERS, 'ivan', true), 'ivan', false));
  await mine.save();

  expect([mine.step.value.kind, server.saves]).toEqual(['editing', 0]);
});

test.each(['before the question', 'after it'])(
  'somebody else saves %s: nothing of theirs is replaced',
  async (when) => {
    const { server, draft } = createServer(SELLERS);
    const mine = draft();
    const theirs = withRole(SELLERS, 'maria', 'manager');
    const wanted = withRole(SELLERS, 'ivan', 'manager');
    if (when === 'after it') server.effects = { givenOut: 1, losesSight: [], atLeast: false };

    mine.change(wanted);
    if (when === 'after it') await mine.save();
    server.change(theirs);
    await (when === 'after it' ? mine.confirm() : mine.save());

    expect(mine.step.value).toEqual({ kind: 'overtaken', theirs: server.stored });
    expect([server.stored.chosen, mine.mine.value]).toEqual([theirs, wanted]);

    const merge = mergeOf(mine.base.value, theirs, mine.mine.value);
    mine.goOn(server.stored, merged(theirs, merge, new Set()));
    server.effects = NO_EFFECTS;
    await mine.save();

    expect([...server.stored.chosen.roles.values()].map(({ role }) => role)).toEqual(['manager', 'manager']);
  },
);

test('a save whose answer was lost is sent again, and stored once', async () => {
  const { server, draft } = createServer(SELLERS);
  const mine = draft();

  mine.change(withRole(SELLERS, 'ivan', 'auditor'));
  server.isCut = true;
  await mine.save();
  expect([mine.step.value.kind, mine.isChanged.value]).toEqual(['refused', true]);
  await mine.save();

  expect([mine.step.value.kind, server.saves]).toEqual(['saved', 1]);
});

test('a user who was deleted meanwhile is left out, and that is told', async () => {
  const { server, draft } = createServer();
  const mine = draft();

  mine.change(SELLERS);
  server.users = [IVAN];
  await mine.save();

  expect(mine.step.value).toMatchObject({ kind: 'refused', gone: 1 });
  expect([...mine.mine.value.roles.keys()]).toEqual(['ivan']);
  await mine.save();
  expect(mine.step.value.kind).toBe('saved');
});

test('what is read anew takes the place of what was read, and never of what is being changed', () => {
  const { draft } = createServer(SELLERS);
  const mine = draft();
  const newer = { chosen: withRole(SELLERS, 'ivan', 'manager'), version: 4 };

  mine.read(newer);
  expect(mine.mine.value).toEqual(newer.chosen);

  const wanted = withRole(newer.chosen, 'maria', 'auditor');
  mine.change(wanted);
  mine.read({ chosen: SELLERS, version: 5 });
  expect([mine.mine.value, mine.base.value]).toEqual([wanted, newer.chosen]);
});

const act = fc.record({
  who: fc.nat(1),
  does: fc.constantFrom('change', 'change', 'save', 'drop', 'read'),
  userId: fc.constantFrom('ivan', 'maria'),
  role: fc.constantFrom<Role | undefined>('seller', 'manager', 'auditor', undefined),
  isMine: fc.boolean(),
});

test('whatever two administrators do, each save changes what its maker has changed, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const { server, draft } = createServer(SELLERS);
      const both = [draft(), draft()];
      for (const { who, does, userId, role, isMine } of acts) {
        const one = both[who]!;
        if (does === 'change') one.change(withRole(one.mine.value, userId, role));
        else if (does === 'drop') one.drop();
        else if (does === 'read') one.read(server.stored);
        else {
          const before = server.stored.chosen;
          const wanted = differencesOf(one.base.value, one.mine.value);
          await one.save();
          const step = one.step.value;
          if (step.kind === 'overtaken') {
            expect(server.stored.chosen).toBe(before);
            const merge = mergeOf(one.base.value, step.theirs.chosen, one.mine.value);
            const preferred = isMine ? merge.collisions.map(({ thing }) => thing) : [];
            one.goOn(step.theirs, merged(step.theirs.chosen, merge, new Set(preferred)));
          } else if (server.stored.chosen !== before) {
            expect(differencesOf(before, server.stored.chosen)).toEqual(wanted);
          }
        }
      }
    }),
  );
});
