import { describe, expect, test } from 'vitest';
import { isByTurn, type NextAct, nextAct, type TimedWait } from '#domain/next-act';
import type { WaitingInForce } from '#domain/waiting-setting';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A client writes. */
const WROTE = 1_000 * HOUR;
const at = (minutes: number) => WROTE + minutes * MINUTE;

const always = { add: (from: number, ms: number) => from + ms, isOpen: () => true };

/** Hours that are closed between two times, in minutes after the client wrote. */
function closed(from: number, to: number): TimedWait['hours'] {
  const [begins, ends] = [at(from), at(to)];
  return {
    add: (time, ms) => {
      const start = time >= begins && time < ends ? ends : time;
      const end = start + ms;
      return start < begins && end > begins ? end + ends - begins : end;
    },
    isOpen: (time) => time < begins || time >= ends,
  };
}

const SETTING: WaitingInForce = {
  returnAfterMinutes: 15,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: null,
  awayAfterReturns: 2,
  outsideHours: 'give',
  from: 0,
};

interface Given {
  readonly setting?: Partial<WaitingInForce> | 'none';
  readonly chat?: Partial<TimedWait['chat']>;
  /** Null: the chat is in the pool. */
  readonly responsible?: string | null;
  readonly client?: Partial<TimedWait['client']>;
  readonly on?: readonly string[];
  readonly all?: readonly string[];
  readonly isUp?: boolean;
  readonly upSince?: number;
  readonly rotates?: boolean;
  readonly hours?: TimedWait['hours'];
}

/** A new client who wrote to anna, who got them by turn at once; boris and vera could get them, boris first. */
function wait(given: Given = {}): TimedWait {
  const {
    setting = {},
    chat,
    responsible = 'anna',
    client,
    isUp = true,
    upSince = 0,
    rotates = true,
    hours = always,
  } = given;
  const { all = ['anna', 'boris', 'vera'], on = all } = given;
  return {
    chat: { openKey: 'k', unansweredSince: WROTE, enteredAt: WROTE, ...chat },
    responsible: responsible ?? undefined,
    client: { since: WROTE, isByTurn: true, isSpoken: false, contact: 'konvert', had: [], guardedAt: 0, ...client },
    channel: {
      waiting: setting === 'none' ? undefined : { ...SETTING, ...setting },
      isUp,
      upSince,
      rotates,
      users: { all, on, order: ['boris', 'vera', 'anna'], passedOver: [] },
    },
    hours,
  };
}

const timer = (news: Omit<NonNullable<TimedWait['chat']['timer']>, 'of'>) => ({ timer: { of: WROTE, ...news } });
const marked = timer({ leavesAt: at(15) });
const had = (...users: [string, number][]): Partial<TimedWait['client']> => ({
  had: users.map(([userId, minutes]) => [userId, at(minutes)] as const),
});

/** The act, and when, in minutes after the client wrote. */
function brief(next: NextAct): unknown[] {
  const when = next.at === undefined ? [] : [(next.at - WROTE) / MINUTE];
  switch (next.act) {
    case 'warn':
      return ['warn', ...when, 'leaves', (next.leavesAt - WROTE) / MINUTE];
    case 'return':
      return ['return', ...when, 'to', next.to.userId, next.to.place];
    default:
      return [next.act, ...when];
  }
}

type Row = [what: string, given: Given, nowMinutes: number, expected: unknown[]];

describe.each<[string, Row[]]>([
  [
    'T1 the timer begins',
    [
      ['with the message', {}, 1, ['warn', 14, 'leaves', 15]],
      ['when Konvert had it', { chat: { enteredAt: at(7) } }, 8, ['warn', 21, 'leaves', 22]],
      ['when the responsible user got the client', { client: { since: at(9) } }, 10, ['warn', 23, 'leaves', 24]],
      ['with the message, if its time is later', { chat: { unansweredSince: at(3) } }, 4, ['warn', 17, 'leaves', 18]],
      [
        'an older version stored when the message came',
        { chat: { enteredAt: undefined } },
        1,
        ['warn', 14, 'leaves', 15],
      ],
      ['not without a setting', { setting: 'none' }, 99, ['none']],
      ['not without minutes', { setting: { returnAfterMinutes: null } }, 99, ['none']],
    ],
  ],
  [
    'T2 the timer ends',
    [['with the wait', { chat: { openKey: undefined, unansweredSince: undefined } }, 99, ['none']]],
  ],
  [
    'T3, I11 a client is returned',
    [
      ['to the next user', { chat: marked }, 15, ['return', 15, 'to', 'boris', 1]],
      ['not before they leave', { chat: marked }, 14, ['return', 15, 'to', 'boris', 1]],
      ['not unless they came by turn', { client: { isByTurn: false } }, 99, ['none']],
      ['not if somebody answered them before', { client: { isSpoken: true } }, 99, ['none']],
      ['not in a channel that draws no turns any more', { rotates: false }, 99, ['none']],
      ['not from the pool', { responsible: null, setting: { returnAfterMinutes: null } }, 99, ['none']],
    ],
  ],
  [
    'T4 a client whose contact',
    [
      [
        'is a CRM’s that hears is returned',
        { chat: marked, client: { contact: 'crm-that-hears' } },
        15,
        ['return', 15, 'to', 'boris', 1],
      ],
      [
        'is a CRM’s that does not hear is told',
        { client: { contact: 'crm' }, setting: { tellHeadsAfterMinutes: 20 } },
        15,
        ['tell', 20],
      ],
      ['is being made is looked at again', { client: { contact: 'nobody-yet' } }, 15, ['none', 16]],
      [
        'is not there yet is looked at again, when nobody is left and the heads know',
        { client: { contact: 'none' }, all: ['anna'], chat: timer({ told: at(15) }) },
        16,
        ['none', 17],
      ],
      [
        'is being made is looked at again before the heads are told',
        { client: { contact: 'nobody-yet' }, setting: { tellHeadsAfterMinutes: 30 } },
        15,
        ['none', 16],
      ],
    ],
  ],
  [
    'T5, T6 the next user is',
    [
      ['who has waited longest for a return', { chat: marked }, 15, ['return', 15, 'to', 'boris', 1]],
      ['nobody who had the client', { chat: marked, client: had(['boris', 1]) }, 15, ['return', 15, 'to', 'vera', 2]],
      ['nobody who is away', { chat: marked, on: ['anna', 'vera'] }, 15, ['return', 15, 'to', 'vera', 1]],
      ['nobody, if all had them: the pool', { chat: marked, client: had(['boris', 1], ['vera', 2]) }, 15, ['pool', 15]],
      [
        'nobody after so many returns: the pool',
        { chat: marked, client: had(['x', 1]), setting: { returnsAtMost: 1 } },
        15,
        ['pool', 15],
      ],
      [
        'nobody, and the client stays',
        { client: had(['boris', 1], ['vera', 2]), setting: { then: 'keep' } },
        15,
        ['none'],
      ],
      [
        'nobody, and a CRM keeps the contact: the heads are told',
        { client: { ...had(['boris', 1], ['vera', 2]), contact: 'crm-that-hears' } },
        15,
        ['tell', 15],
      ],
      [
        'the same, and they were',
        { chat: timer({ told: at(1) }), client: { ...had(['boris', 1], ['vera', 2]), contact: 'crm-that-hears' } },
        15,
        ['none'],
      ],
      ['nobody on: the heads are told', { on: ['anna'] }, 15, ['tell', 15]],
      ['nobody on, also after the mark', { chat: marked, on: ['anna'] }, 15, ['tell', 15]],
      [
        'nobody on, and the heads were told: it is tried again',
        { chat: timer({ told: at(15) }), on: [] },
        16,
        ['none', 26],
      ],
      ['somebody who comes on', { chat: timer({ told: at(15) }) }, 40, ['warn', 14, 'leaves', 40.5]],
    ],
  ],
  [
    'T7 the heads are told',
    [
      [
        'after their minutes, whoever has the client',
        { client: { since: at(25) }, setting: { tellHeadsAfterMinutes: 30 } },
        26,
        ['tell', 30],
      ],
      [
        'once',
        { chat: timer({ told: at(30) }), client: { isByTurn: false }, setting: { tellHeadsAfterMinutes: 30 } },
        31,
        ['none'],
      ],
      [
        'at once of a fall into the pool',
        { responsible: null, client: { ...had(['anna', 15]), since: undefined } },
        16,
        ['tell', 15],
      ],
      [
        'of a client who answers to nobody',
        { responsible: null, setting: { returnAfterMinutes: null, tellHeadsAfterMinutes: 30 } },
        1,
        ['tell', 30],
      ],
      [
        'later than the return, if that comes first',
        { chat: marked, setting: { tellHeadsAfterMinutes: 16 } },
        20,
        ['return', 15, 'to', 'boris', 1],
      ],
    ],
  ],
  [
    'T7 a client in the pool is called out',
    [
      ['once more', { responsible: null }, 1, ['remind', 15]],
      [
        'so long after they fell into it',
        { responsible: null, chat: timer({ told: at(15) }), client: { ...had(['anna', 15]), since: undefined } },
        16,
        ['remind', 30],
      ],
      ['once', { responsible: null, chat: timer({ reminded: at(15) }) }, 16, ['none']],
    ],
  ],
  [
    'T8 the responsible user is warned',
    [
      ['a minute before', {}, 14, ['warn', 14, 'leaves', 15]],
      ['half a minute before where it is short', { setting: { returnAfterMinutes: 2 } }, 1, ['warn', 1.5, 'leaves', 2]],
      ['half a minute before, also if it is late', {}, 20, ['warn', 14, 'leaves', 20.5]],
      [
        'again a minute after a reply that never arrived',
        { chat: timer({ liftedAt: at(14.5) }) },
        14.6,
        ['warn', 15.5, 'leaves', 16],
      ],
      [
        'anew in another wait',
        { chat: { enteredAt: WROTE + 1, ...marked } },
        20,
        ['warn', 14 + 1 / MINUTE, 'leaves', 20.5],
      ],
      ['and the guard set', { chat: marked, client: { guardedAt: undefined } }, 14, ['guard', 14]],
      [
        'also if they fall into the pool',
        { chat: marked, on: ['anna'], all: ['anna'], client: { guardedAt: undefined } },
        14,
        ['guard', 14],
      ],
      [
        'so that they leave half a minute after the guard',
        { chat: marked, client: { guardedAt: at(14.8) } },
        15,
        ['return', 15.3, 'to', 'boris', 1],
      ],
      [
        'also who is given back',
        { chat: timer({ leavesAt: at(3), back: true }), client: { guardedAt: at(2.9) } },
        3,
        ['return', 3.4, 'to', 'boris', 1],
      ],
      ['before the pool, too', { client: had(['boris', 1], ['vera', 2]) }, 3, ['warn', 14, 'leaves', 15]],
    ],
  ],
  [
    'T8 no mark stays that no move follows',
    [
      ['with other minutes, which are for later waits', { chat: marked, setting: { from: at(1) } }, 15, ['unmark', 15]],
      ['of a client whom somebody handed over', { chat: marked, client: { isByTurn: false } }, 15, ['unmark', 15]],
      ['in the pool', { chat: marked, responsible: null, client: had(['anna', 1]) }, 15, ['unmark', 15]],
      [
        'if the client stays with the last',
        { chat: marked, all: ['anna'], setting: { then: 'keep' } },
        15,
        ['unmark', 15],
      ],
      [
        'of a client who goes back sooner',
        { chat: timer({ leavesAt: at(3), back: true }), client: { isByTurn: false } },
        2,
        ['unmark', 2],
      ],
    ],
  ],
  [
    'T9, I11 while the channel is closed',
    [
      ['the clock stands', { hours: closed(10, 100) }, 11, ['warn', 104, 'leaves', 105]],
      ['a mark of other hours goes', { chat: marked, hours: closed(15, 100) }, 16, ['unmark', 16]],
      ['nobody leaves: both come when it has opened', { hours: closed(15, 100) }, 16, ['warn', 100, 'leaves', 101]],
      ['heads hear of an outage when it opens', { isUp: false, hours: closed(10, 100) }, 11, ['tell', 100]],
      [
        'what was due before, and comes late, is done when it opens',
        { client: { isByTurn: false }, setting: { tellHeadsAfterMinutes: 30 }, hours: closed(35, 100) },
        40,
        ['tell', 100],
      ],
      [
        'nobody is told',
        { client: { isByTurn: false }, setting: { tellHeadsAfterMinutes: 30 }, hours: closed(29, 100) },
        31,
        ['tell', 101],
      ],
      [
        'no warning ends: it comes after the opening',
        { hours: closed(14.5, 100) },
        14,
        ['warn', 100.5, 'leaves', 101.5],
      ],
      ['no warning ends at the closing', { hours: closed(15, 100) }, 14, ['warn', 100, 'leaves', 101]],
    ],
  ],
  [
    'T13',
    [
      ['a wait that is older than the setting is not returned', { setting: { from: WROTE + 1 } }, 99, ['none']],
      ['but told', { setting: { from: WROTE + 1, tellHeadsAfterMinutes: 30 } }, 99, ['tell', 30]],
      ['a channel that is down: the heads are told', { isUp: false, chat: marked }, 20, ['tell', 20]],
      ['a channel that is down: its clock stands', { isUp: false, chat: timer({ told: at(19) }) }, 20, ['stand', 20]],
      ['it stands once', { isUp: false, chat: timer({ told: at(19), stands: true }) }, 20, ['none', 30]],
      ['a channel that is up again', { chat: timer({ told: at(19), stands: true }) }, 60, ['resume', 60]],
      [
        'then the whole time runs',
        { chat: timer({ told: at(19), resumedAt: at(60) }) },
        61,
        ['warn', 74, 'leaves', 75],
      ],
      ['it was down, and nobody looked: the whole time runs', { upSince: at(9) }, 10, ['warn', 23, 'leaves', 24]],
      ['a role is lost: the pool’s timer goes on', { responsible: null, client: { since: at(5) } }, 6, ['remind', 20]],
      ['what an older version gave is not returned', { client: { since: undefined, isByTurn: false } }, 99, ['none']],
    ],
  ],
])('%s', (_, rows) => {
  test.each(rows)('%s', (_what, given, now, expected) => {
    expect(brief(nextAct(wait(given), at(now)))).toEqual(expected);
  });
});

describe('T3 a client came by turn', () => {
  const turn = { viewers: ['anna'], since: 5, decidedAt: 5, why: { rule: 'round-robin' } };
  const rows: [string, Parameters<typeof isByTurn>[0], boolean][] = [
    ['if a turn decided', turn, true],
    ['if they had waited in the pool', { ...turn, why: { rule: 'waiting' } }, true],
    ['if the contact was made since, and a deal has somebody else', { ...turn, viewers: ['anna', 'boris'] }, true],
    ['if they were returned', { ...turn, since: 9, had: [['vera', 9]] }, true],
    ['not by a first reply', { ...turn, why: { rule: 'first-reply' } }, false],
    ['not from the CRM’s inbox', { ...turn, why: { rule: 'unsorted' } }, false],
    ['not if a person has decided since', { ...turn, since: 8 }, false],
    ['not if a person has decided since the return', { ...turn, since: 12, had: [['vera', 9]] }, false],
    ['not as an older version stored it', { ...turn, since: undefined }, false],
    ['not if somebody else has them', { ...turn, viewers: ['boris', 'anna'] }, false],
  ];

  test.each(rows)('%s', (_, got, expected) => {
    expect(isByTurn(got, 'anna')).toBe(expected);
  });

  test('not to nobody', () => {
    expect(isByTurn({ ...turn, viewers: [] }, undefined)).toBe(false);
  });
});
