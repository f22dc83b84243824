import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isForEverySeller,
  isSameRole,
  NOTHING_CHOSEN,
  ofUsers,
  peopleFault,
  placeFault,
  summaryOf,
  withPipeline,
  withRole,
  withSwitch,
} from '../../web/core/chosen.ts';
import { differencesOf, sentencesOf, thingOf, withDifferences } from '../../web/core/settings-diff.ts';
import { merged, mergeOf } from '../../web/core/settings-merge.ts';
import { OFFERED_RULE } from '../../web/core/waiting-rule.ts';
import type { Chosen, Mode, Pipeline, Place, Role, RoleOfUser } from '../../web/settings-models/roles.ts';

const SELLER: RoleOfUser = { role: 'seller', receives: false };
const SELLER_ON: RoleOfUser = { role: 'seller', receives: true };
const HEAD: RoleOfUser = { role: 'manager', receives: false };
const HEAD_ON: RoleOfUser = { role: 'manager', receives: true };
const AUDITOR: RoleOfUser = { role: 'auditor', receives: false };
const SALES: Pipeline = {
  id: 'sales',
  name: 'Sales',
  stages: [
    { id: 'new', name: 'New' },
    { id: 'won', name: 'Won' },
  ],
};
const REPAIRS: Pipeline = { id: 'repairs', name: 'Repairs' };
const PIPELINES = [SALES, REPAIRS];

function chosen(roles: Readonly<Record<string, RoleOfUser>>, mode: Mode = 'first-reply', place: Place = {}): Chosen {
  return { mode, place, roles: new Map(Object.entries(roles)) };
}

describe('what is chosen', () => {
  test.each([
    ['a seller becomes quality control, who receives nobody', SELLER_ON, 'auditor', AUDITOR],
    ['a seller becomes the head, and receives as before', SELLER_ON, 'manager', HEAD_ON],
    ['somebody loses their role', SELLER_ON, undefined, undefined],
    ['somebody without a role becomes a seller, off at first', undefined, 'seller', SELLER],
  ] as const)('%s', (_, before, role, after) => {
    const { roles } = withRole(chosen(before ? { ivan: before } : {}), 'ivan', role);

    expect(roles.get('ivan')).toEqual(after);
  });

  test.each([
    ['on for a seller', SELLER, SELLER_ON],
    ['on for a head', HEAD, HEAD_ON],
    ['not for quality control', AUDITOR, AUDITOR],
    ['not for nobody', undefined, undefined],
  ])('the switch is turned %s', (_, before, after) => {
    expect(withSwitch(chosen(before ? { ivan: before } : {}), 'ivan', true).roles.get('ivan')).toEqual(after);
  });

  test('a pipeline brings the first of its stages, one without stages none, and no pipeline nothing', () => {
    const from = chosen({}, 'round-robin', { pipelineId: 'sales', stageId: 'won' });

    expect(withPipeline(from, SALES).place).toEqual({ pipelineId: 'sales', stageId: 'new' });
    expect(withPipeline(from, REPAIRS).place).toEqual({ pipelineId: 'repairs' });
    expect(withPipeline(from, undefined).place).toEqual({});
  });

  test('the role of a deleted user rests', () => {
    const both = chosen({ ivan: SELLER_ON, maria: HEAD });

    expect([...ofUsers(both, [{ id: 'ivan', name: 'Ivan' }]).roles.keys()]).toEqual(['ivan']);
  });
});

test.each([
  ['first-reply', {}, undefined],
  ['first-reply', { pipelineId: 'sales' }, undefined],
  ['first-reply', { pipelineId: 'gone' }, 'pipeline-gone'],
  ['first-reply', { pipelineId: 'sales', stageId: 'gone' }, 'stage-gone'],
  ['first-reply', { pipelineId: 'repairs', stageId: 'new' }, 'stage-gone'],
  ['round-robin', {}, 'pipeline-missing'],
  ['round-robin', { pipelineId: 'sales' }, 'stage-missing'],
  ['round-robin', { pipelineId: 'sales', stageId: 'won' }, undefined],
  ['round-robin', { pipelineId: 'repairs' }, undefined],
  ['unsorted', {}, undefined],
] as const)('deals in mode %s that begin in %j: %s', (mode, place, fault) => {
  expect(placeFault(chosen({}, mode, place), PIPELINES)).toBe(fault);
});

test.each([
  ['first-reply', {}, 'nobody', 0],
  ['first-reply', { pavel: AUDITOR }, 'nobody', 0],
  ['first-reply', { ivan: SELLER }, undefined, 1],
  ['first-reply', { ivan: SELLER, maria: SELLER_ON }, undefined, 1],
  ['first-reply', { ivan: SELLER, maria: SELLER, olga: HEAD_ON }, undefined, 3],
  ['round-robin', { ivan: SELLER, olga: HEAD }, 'nobody-in-turn', 0],
  ['round-robin', { ivan: SELLER, olga: HEAD_ON }, undefined, 1],
  ['round-robin', { pavel: AUDITOR }, 'nobody', 0],
] as const)('in mode %s of %j: %s, %i get new clients', (mode, roles, fault, receiving) => {
  const all = chosen(roles, mode);

  expect(peopleFault(all)).toBe(fault);
  expect(summaryOf(all, PIPELINES)).toMatchObject({ receiving });
  expect(isForEverySeller(all)).toBe(mode === 'first-reply' && receiving > 0 && !('maria' in roles && receiving === 1));
});

test.each([
  ['nothing', { ivan: SELLER }, { ivan: SELLER }, []],
  ['two people alike', {}, { ivan: SELLER, maria: SELLER }, [['become-seller', ['ivan', 'maria']]]],
  [
    'a role with the switch on',
    {},
    { ivan: SELLER_ON },
    [
      ['become-seller', ['ivan']],
      ['receive', ['ivan']],
    ],
  ],
  ['the switch alone', { ivan: SELLER_ON }, { ivan: SELLER }, [['receive-no-more', ['ivan']]]],
  ['a role that is taken, and says all', { ivan: SELLER_ON }, {}, [['lose-role', ['ivan']]]],
  [
    'a seller who becomes quality control',
    { ivan: SELLER_ON },
    { ivan: AUDITOR },
    [
      ['become-auditor', ['ivan']],
      ['receive-no-more', ['ivan']],
    ],
  ],
  ['a head who stays as they are', { olga: HEAD_ON }, { olga: HEAD_ON }, []],
] as [string, Record<string, RoleOfUser>, Record<string, RoleOfUser>, [string, string[]][]][])(
  'what is told of %s',
  (_, before, after, sentences) => {
    expect(sentencesOf(differencesOf(chosen(before), chosen(after)))).toEqual(
      sentences.map(([kind, userIds]) => ({ kind, userIds })),
    );
  },
);

test('mode and place are told before people', () => {
  const after = chosen({ ivan: SELLER }, 'round-robin', { pipelineId: 'sales', stageId: 'new' });

  expect(sentencesOf(differencesOf(NOTHING_CHOSEN, after)).map(({ kind }) => kind)).toEqual([
    'mode',
    'place',
    'become-seller',
  ]);
});

describe('two administrators at once', () => {
  const BASE = chosen({ ivan: SELLER_ON, maria: SELLER });

  test('who change different people do not collide', () => {
    const theirs = withRole(BASE, 'ivan', 'manager');
    const mine = withSwitch(BASE, 'maria', true);
    const merge = mergeOf(BASE, theirs, mine);

    expect(merge.collisions).toEqual([]);
    expect(merged(theirs, merge, new Set())).toEqual(chosen({ ivan: HEAD_ON, maria: SELLER_ON }));
  });

  test('who change one person differently have to choose', () => {
    const theirs = withRole(BASE, 'ivan', undefined);
    const mine = withRole(BASE, 'ivan', 'manager');
    const merge = mergeOf(BASE, theirs, mine);

    expect(merge.collisions.map(({ thing }) => thing)).toEqual(['role ivan']);
    expect(merged(theirs, merge, new Set()).roles.has('ivan')).toBe(false);
    expect(merged(theirs, merge, new Set(['role ivan'])).roles.get('ivan')).toEqual(HEAD_ON);
  });

  test('who change the same alike have nothing to choose, and nothing is left to save', () => {
    const both = withRole(BASE, 'ivan', 'auditor');

    expect(mergeOf(BASE, both, both)).toMatchObject({ collisions: [], mine: [] });
  });

  test('a stage belongs to its pipeline: of two places one is chosen whole', () => {
    const theirs = { ...BASE, place: { pipelineId: 'repairs' } };
    const mine = { ...BASE, place: { pipelineId: 'sales', stageId: 'won' } };
    const merge = mergeOf(BASE, theirs, mine);

    expect(merge.collisions.map(({ thing }) => thing)).toEqual(['place']);
    expect(merged(theirs, merge, new Set(['place'])).place).toEqual(mine.place);
    expect(merged(theirs, merge, new Set()).place).toEqual(theirs.place);
  });
});

const roleOfUser = fc.constantFrom(undefined, SELLER, SELLER_ON, HEAD, HEAD_ON, AUDITOR);
const anyPlace = fc.constantFrom<Place>(
  {},
  { pipelineId: 'a' },
  { pipelineId: 'a', stageId: '1' },
  { pipelineId: 'b' },
);
const anyChosen: fc.Arbitrary<Chosen> = fc
  .record({
    mode: fc.constantFrom<Mode>('round-robin', 'first-reply', 'unsorted'),
    place: anyPlace,
    schedule: fc.constantFrom(undefined, 'office', 'night'),
    waiting: fc.constantFrom(undefined, OFFERED_RULE, { ...OFFERED_RULE, returnsAtMost: 1 }),
    all: fc.array(roleOfUser, { minLength: 4, maxLength: 4 }),
  })
  .map(({ mode, place, schedule, waiting, all }) => ({
    mode,
    place,
    ...(schedule && { schedule }),
    ...(waiting && { waiting }),
    roles: new Map(all.flatMap((role, index) => (role ? [[`u${index}`, role] as const] : []))),
  }));
/** What holds of one thing: a text that is the same for the same. */
const held = ({ roles, ...all }: Chosen, thing: string) =>
  JSON.stringify((thing in all ? all[thing as keyof typeof all] : roles.get(thing.slice('role '.length))) ?? null);
const THINGS = ['mode', 'place', 'schedule', 'waiting', 'role u0', 'role u1', 'role u2', 'role u3'];
const isSame = (one: Chosen, other: Chosen) => THINGS.every((thing) => held(one, thing) === held(other, thing));

describe('of any choices', () => {
  test('the differences make the one of the other, and there are none to itself', () => {
    fc.assert(
      fc.property(anyChosen, anyChosen, (before, after) => {
        expect(isSame(withDifferences(before, differencesOf(before, after)), after)).toBe(true);
        expect(differencesOf(after, after)).toEqual([]);
        const things = differencesOf(before, after).map(thingOf);
        expect(things.toSorted()).toEqual(
          THINGS.toSorted().filter((thing) => held(before, thing) !== held(after, thing)),
        );
      }),
    );
  });

  test('each thing of a merge is what one of the two has changed, else what it was', () => {
    fc.assert(
      fc.property(anyChosen, anyChosen, anyChosen, fc.subarray(THINGS), (base, theirs, mine, preferred) => {
        const merge = mergeOf(base, theirs, mine);
        const result = merged(theirs, merge, new Set(preferred));

        for (const thing of THINGS) {
          const [was, other, own] = [base, theirs, mine].map((all) => held(all, thing));
          const collides = was !== other && was !== own && other !== own;
          expect(merge.collisions.some((one) => one.thing === thing)).toBe(collides);
          const wanted = collides ? (preferred.includes(thing) ? own : other) : own === was ? other : own;
          expect([thing, held(result, thing)]).toEqual([thing, wanted]);
        }
      }),
    );
  });

  test('without a collision it does not matter who was first', () => {
    fc.assert(
      // Of three that are drawn freely one in a hundred has none. So what collides is left as it was.
      fc.property(anyChosen, anyChosen, anyChosen, (base, theirs, any) => {
        const collisions = new Set(mergeOf(base, theirs, any).collisions.map(({ thing }) => thing));
        const changes = differencesOf(base, any).filter((one) => !collisions.has(thingOf(one)));
        const mine = withDifferences(base, changes);
        const merge = mergeOf(base, theirs, mine);

        expect(merge.collisions).toEqual([]);
        expect(isSame(merged(theirs, merge, new Set()), merged(mine, mergeOf(base, mine, theirs), new Set()))).toBe(
          true,
        );
      }),
    );
  });

  test('nobody who may not write ever receives, however they are clicked', () => {
    const clicks = fc.array(
      fc.tuple(
        fc.constantFrom('u0', 'u1'),
        fc.constantFrom<Role | boolean | undefined>('seller', 'manager', 'auditor', undefined, true, false),
      ),
    );
    fc.assert(
      fc.property(anyChosen, clicks, (start, all) => {
        const end = all.reduce<Chosen>(
          (before, [userId, click]) =>
            typeof click === 'boolean' ? withSwitch(before, userId, click) : withRole(before, userId, click),
          start,
        );
        expect([...end.roles.values()].filter((one) => isSameRole(one, { role: 'auditor', receives: true }))).toEqual(
          [],
        );
      }),
    );
  });
});
