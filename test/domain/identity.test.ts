import { describe, expect, test } from 'vitest';
import type { ClientMessage } from '#domain/fact';
import { handleKey, withPeople } from '#domain/handles';
import { type Homes, homeFor, movedHomes } from '#domain/homes';
import { type Linkable, planLink } from '#domain/link-plan';
import { idsOf, kindOfId, type LinkedId, phoneBeside, toldIds, withLinked, withTold } from '#domain/person-ids';

const P = { chatType: 'whatsapp', chatId: '491510001' };
const OTHER = { chatType: 'whatsapp', chatId: '491510002' };
const B = { chatType: 'whatsapp', chatId: 'DE.abc' };
const B2 = { chatType: 'whatsapp', chatId: 'DE.xyz' };
const B3 = { chatType: 'whatsapp', chatId: 'DE.uvw' };
const AT = 1_800_000_000_000;
const OLD = AT - 60_000;

/** The homes on channels, each in the chat of that person since then. */
function homes(...all: (readonly [channelId: string, person: typeof P, at?: number])[]): Homes {
  return Object.fromEntries(
    all.map(([channelId, { chatId }, at = OLD]) => [channelId, [{ chat: `${channelId}#whatsapp#${chatId}`, at }]]),
  );
}

describe('the chat of a message', () => {
  const cases: [string, [typeof P, Homes][], typeof P][] = [
    [
      'neither is known: the phone',
      [
        [B, {}],
        [P, {}],
      ],
      P,
    ],
    ['only a user id: its own', [[B, {}]], B],
    [
      'the user id is known: where its messages stand',
      [
        [P, {}],
        [B, homes(['one', B])],
      ],
      B,
    ],
    [
      'the phone is known: its own',
      [
        [P, homes(['one', P])],
        [B, {}],
      ],
      P,
    ],
    ['a user id that led to a phone', [[B, homes(['one', P])]], P],
    [
      'both are known on the channel: the phone',
      [
        [P, homes(['one', P])],
        [B, homes(['one', B])],
      ],
      P,
    ],
    [
      'both are known, one on this channel: that one',
      [
        [P, homes(['two', P])],
        [B, homes(['one', B])],
      ],
      B,
    ],
    [
      'both are known, on other channels: the phone',
      [
        [P, homes(['two', P])],
        [B, homes(['two', B])],
      ],
      P,
    ],
    [
      'known for less than ten seconds: the phone',
      [
        [P, {}],
        [B, homes(['one', B, AT - 9_999])],
      ],
      P,
    ],
    [
      'known for ten seconds',
      [
        [P, {}],
        [B, homes(['one', B, AT - 10_000])],
      ],
      B,
    ],
    [
      'the user id led to another number',
      [
        [OTHER, {}],
        [B, homes(['one', P])],
      ],
      OTHER,
    ],
    [
      'a number that became this one',
      [
        [OTHER, homes(['one', P])],
        [B, homes(['one', P])],
      ],
      P,
    ],
    [
      'the number led to another user',
      [
        [P, homes(['one', B])],
        [B2, {}],
      ],
      P,
    ],
    [
      'a user id that became this one',
      [
        [P, homes(['one', B])],
        [B2, homes(['one', B])],
      ],
      B,
    ],
  ];

  test.each(cases)('%s', (_name, ids, expected) => {
    const known = ids.map(([id, of]) => ({ id, homes: of }));

    expect(homeFor(known, 'one', AT)).toEqual(expected);
    expect(homeFor(known.toReversed(), 'one', AT)).toEqual(expected);
  });

  test('a later home counts for messages that are later', () => {
    const moved = movedHomes(homes(['one', P]), [], B, AT);

    expect(homeFor([{ id: B, homes: moved }], 'one', AT + 9_999)).toEqual(P);
    expect(homeFor([{ id: B, homes: moved }], 'one', AT + 10_000)).toEqual(B);
  });
});

describe('how an id is linked', () => {
  const address = (id: typeof P, more: Partial<Linkable> = {}): Linkable => ({
    key: `account#whatsapp#${id.chatId}`,
    version: 1,
    aliases: [],
    chats: [],
    homes: {},
    ...more,
  });
  const crm = (id: string) => ({ contact: { id, own: false } });
  const own = (decidedAt: number) => ({ contact: { id: `own${decidedAt}`, own: true }, owner: 'anna', decidedAt });
  const chats = (id: typeof P) => ({ chats: [`one#whatsapp#${id.chatId}`] });
  const born = (id: typeof P, at: number) => ({ homes: homes(['one', id, at]) });
  const merge = (root: 'own' | 'other') => ({ kind: 'merge', root });

  const cases: [string, Linkable, Linkable, object][] = [
    ['the same root', address(P), address(P), { kind: 'same' }],
    ['the id is unknown', address(P), address(B, { version: 0 }), { kind: 'bear' }],
    ['both are unknown', address(P, { version: 0 }), address(B, { version: 0 }), { kind: 'bear' }],
    ['the chat is new', address(P, { version: 0 }), address(B), { kind: 'join' }],
    ["both are nobody's: the older", address(P, born(P, 2)), address(B, born(B, 1)), merge('other')],
    ["both are nobody's, this one is older", address(P, born(P, 1)), address(B, born(B, 2)), merge('own')],
    ["nobody's joins a decision", address(P), address(B, own(5)), merge('other')],
    ["nobody's joins one whose contact is being made", address(P), address(B, { owner: 'anna' }), merge('other')],
    ['a decision yields to a CRM', address(P, crm('1')), address(B, own(5)), merge('own')],
    ['the earlier decision', address(P, own(7)), address(B, own(5)), merge('other')],
    ['the earlier decision, this one', address(P, own(5)), address(B, own(7)), merge('own')],
    ['a contact is being made', address(P, crm('1')), address(B, { owner: 'anna' }), { kind: 'wait' }],
    ['two contacts of a CRM', address(P, crm('1')), address(B, crm('2')), { kind: 'twins' }],
    ['one contact of a CRM with both', address(P, { ...crm('1'), ...born(P, 1) }), address(B, crm('1')), merge('own')],
    [
      'a user id with another number',
      address(OTHER),
      address(P, { aliases: ['account#whatsapp#DE.abc'] }),
      { kind: 'repoint' },
    ],
  ];

  test.each(cases)('%s', (_name, one, other, expected) => {
    expect(planLink(one, other, 'account#whatsapp#DE.abc', false)).toEqual(expected);
  });

  test('two numbers are never one person by themselves', () => {
    expect(planLink(address(P), address(OTHER), address(OTHER).key, false)).toEqual({ kind: 'apart' });
  });

  test('a number that became another one joins, unless it has a chat of its own', () => {
    const { key } = address(OTHER);

    expect(planLink(address(P, own(5)), address(OTHER), key, true)).toEqual(merge('own'));
    expect(planLink(address(P, own(5)), address(OTHER, chats(OTHER)), key, true)).toEqual({ kind: 'apart' });
  });
});

describe('what facts tell', () => {
  const fact = (at: number, ids: readonly (typeof P)[], became?: readonly (typeof P)[]): ClientMessage => ({
    kind: 'client',
    key: `${at}#m`,
    storedAt: at,
    opens: true,
    author: {},
    content: { type: 'text', text: 'x' },
    ids,
    ...(became && { became }),
  });
  const linked = (id: typeof P, at: number): LinkedId => ({ ...id, at });

  test('an id is told once, and never the own one in another spelling', () => {
    const spelled = { ...P, chatId: `+${P.chatId}` };

    expect(toldIds(P, [], [fact(AT, [spelled, B]), fact(AT + 1, [B])])).toEqual([
      { id: linked(B, AT), instead: [], isOld: false },
    ]);
    expect(toldIds(P, [linked(B, AT)], [fact(AT + 1, [B])])).toEqual([]);
  });

  test('another user id with the number is somebody else', () => {
    expect(toldIds(P, [linked(B, AT)], [fact(AT + 1, [B2])])).toMatchObject([{ id: B2, instead: [B], isOld: false }]);
    expect(toldIds(P, [linked(B, AT)], [fact(AT - 1, [B2])])).toMatchObject([{ id: B2, instead: [], isOld: true }]);
    expect(toldIds(P, [], [fact(AT, [B2])], [B])).toMatchObject([{ id: B2, instead: [B] }]);
  });

  test('numbers that the former holder took are no longer the same person, except if they come along', () => {
    const known = [linked(B, AT), { ...linked(OTHER, AT), became: true as const }];

    expect(toldIds(P, known, [fact(AT + 1, [B2])])).toMatchObject([{ id: B2, instead: [B, OTHER] }]);
    expect(toldIds(P, known, [fact(AT + 1, [OTHER, B2])])).toMatchObject([{ id: B2, instead: [B] }]);
    expect(toldIds(P, [linked(B2, AT)], [fact(AT - 1, [B], [OTHER])])).toMatchObject([
      { id: B, isOld: true },
      { id: OTHER, isOld: true },
    ]);
  });

  test('what is over stays known, and comes back only with a later message', () => {
    const known = withTold([linked(B, AT)], toldIds(P, [linked(B, AT)], [fact(AT + 2, [B2])]));

    expect(known).toEqual([linked(B2, AT + 2), { ...linked(B, AT), gone: true }]);
    expect(idsOf(P, known)).toEqual([P, B2]);
    expect(toldIds(P, known, [fact(AT + 1, [B])])).toEqual([]);
    const back = toldIds(P, known, [fact(AT + 3, [B])]);
    expect(back).toMatchObject([{ id: B, instead: [B2], isOld: false }]);
    expect(withTold(known, back)).toEqual([linked(B, AT + 3), { ...linked(B2, AT + 2), gone: true }]);
  });

  test('of several users who had the number one after the other it is the last, however much is read', () => {
    const all = [fact(AT, [B]), fact(AT + 1, [B2]), fact(AT + 2, [B])];

    for (const from of [0, 1, 2]) {
      const known = withTold([], toldIds(P, [], all.slice(from)));
      expect(known.filter(({ gone }) => !gone).map(({ chatId }) => chatId)).toEqual([B.chatId]);
      expect(toldIds(P, known, [fact(AT + 3, [B])])).toEqual([]);
    }
  });

  test('of three users who had the number one after the other the first leaves too, however much is read', () => {
    const [first, ...all] = [fact(AT, [B]), fact(AT + 1, [B2]), fact(AT + 2, [B3])] as const;
    const before = withTold([], toldIds(P, [], [first]));

    const told = toldIds(P, before, all);

    expect(told).toMatchObject([
      { id: B2, instead: [B], isOld: true },
      { id: B3, instead: [B2], isOld: false },
    ]);
    const [second, third] = all;
    const between = withTold(before, toldIds(P, before, [second]));
    expect(withTold(before, told)).toEqual(withTold(between, toldIds(P, between, [third])));
  });

  test('nobody leaves who is back in the end, if all is read at once', () => {
    const told = toldIds(P, [linked(B, AT)], [fact(AT + 1, [B2]), fact(AT + 2, [B])]);

    expect(told).toMatchObject([
      { id: B2, instead: [], isOld: true },
      { id: B, instead: [B2], isOld: false },
    ]);
  });

  test('an id that became another one is told after that one has written: it was one person', () => {
    const known = withTold([linked(B, AT)], toldIds(P, [linked(B, AT)], [fact(AT + 2, [B2])]));

    const told = toldIds(P, known, [fact(AT + 1, [B], [B2])]);

    expect(told).toMatchObject([
      { id: B, instead: [], isOld: false },
      { id: { ...B2, became: true }, isOld: false },
    ]);
    expect(withTold(known, told).filter(({ gone }) => gone)).toEqual([]);
  });

  test('an id that became another one is still the same person', () => {
    const [told] = toldIds(P, [linked(B, AT)], [fact(AT + 1, [B], [B2])]);

    expect(told).toMatchObject({ id: { ...B2, became: true }, instead: [] });
    expect(toldIds(P, withLinked([linked(B, AT)], told ? [told.id] : []), [fact(AT + 2, [B2])])).toEqual([]);
  });
});

test('a message goes to the own id, and to a number that became another one last', () => {
  const at = 1;

  expect(idsOf(P, [{ ...B, at }])).toEqual([P, B]);
  expect(
    idsOf(P, [
      { ...OTHER, at, became: true },
      { ...B, at },
    ]),
  ).toEqual([OTHER, B, P]);
});

test('the phone is told beside a chat that does not name it', () => {
  expect(phoneBeside(B, [P], [])).toBe(P.chatId);
  expect(phoneBeside(B, [], [P])).toBe(P.chatId);
  expect(phoneBeside(B, [P], [{ ...P, gone: true }])).toBeUndefined();
  expect(phoneBeside(B, [B2], [])).toBeUndefined();
  expect(phoneBeside(P, [OTHER], [])).toBeUndefined();
  expect(phoneBeside({ chatType: 'telegram', chatId: '123a' }, [P], [])).toBeUndefined();
});

test.each([
  ['491510001', 'phone'],
  ['DE.13491208655302741918', 'user'],
  ['DE.ENT.11815799212886844830', 'parent'],
  ['12345@lid', 'other'],
])('%s is a %s', (chatId, kind) => {
  expect(kindOfId({ chatType: 'whatsapp', chatId })).toBe(kind);
});

test('a name is looked up in lower case and without @, where people have names', () => {
  expect(handleKey('account', 'telegram', '@Maria')).toBe('account#telegram#@maria');
  expect(handleKey('account', 'whatsapp', 'Maria')).toBeUndefined();
  expect(handleKey('account', 'telegram', ' ')).toBeUndefined();
});

test('a person takes their place in the card that knows the name', () => {
  const card = {
    contactData: [
      { chatType: 'telegram', username: 'Maria' },
      { chatType: 'telegram', username: 'maria', chatId: '5' },
    ],
  };

  expect(withPeople('account', card, new Map([['account#telegram#@maria', 'account#telegram#7']])).contactData).toEqual(
    [
      { chatType: 'telegram', username: 'Maria', chatId: '7' },
      { chatType: 'telegram', username: 'maria', chatId: '5' },
    ],
  );
});
