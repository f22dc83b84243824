import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { addWorking, FARTHEST_MS, isOpen, nextBorder, openings, workingMs } from '#domain/calendar';
import { type Interval, type Schedule, WEEKDAYS, withHours } from '#domain/schedule';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(`${text}Z`);
const text = (time: number | undefined) => time && new Date(time).toISOString().slice(0, 16);

/** Weekdays 9 to 13 and 14 to 18 in Moscow (UTC+3), Friday night, a short 31 December and a free 1 January. */
const office: Schedule = [
  {
    from: 0,
    zone: 'Europe/Moscow',
    week: {
      ...Object.fromEntries(
        ['mon', 'tue', 'wed', 'thu'].map((day) => [day, [interval('09:00-13:00'), interval('14:00-18:00')]]),
      ),
      fri: [interval('21:00-02:00')],
    },
    exceptions: { '2026-12-31': [interval('10:00-15:00')], '2027-01-01': [] },
  },
];
const always = (zone: string): Schedule => [
  { from: 0, zone, week: Object.fromEntries(WEEKDAYS.map((day) => [day, [interval('00:00-24:00')]])), exceptions: {} },
];

function interval(written: string): Interval {
  const [start = '', end = ''] = written.split('-');
  return [start, end];
}

describe('isOpen (T9)', () => {
  test.each([
    ['the first minute', '2026-11-30T06:00', true],
    ['before it', '2026-11-30T05:59', false],
    ['lunch', '2026-11-30T10:30', false],
    ['the first minute after the day', '2026-11-30T15:00', false],
    ['a night that began on Friday', '2026-12-04T22:59', true],
    ['its end on Saturday', '2026-12-04T23:00', false],
    ['a date with hours of its own', '2026-12-31T11:59', true],
    ['after them', '2026-12-31T12:00', false],
    ['a Friday off', '2027-01-01T19:00', false],
  ])('%s', (_, time, expected) => {
    expect(isOpen(office, at(time))).toBe(expected);
  });

  test('without a schedule, or with one of no versions, it is always open', () => {
    expect([undefined, []].map((schedule) => isOpen(schedule, 0))).toEqual([true, true]);
    expect([undefined, []].map((schedule) => nextBorder(schedule, 0))).toEqual([undefined, undefined]);
    expect(workingMs(undefined, 5, 12)).toBe(7);
    expect(addWorking(undefined, 5, 7)).toBe(12);
  });
});

describe('working time (T9)', () => {
  test.each([
    ['over lunch', '2026-11-30T09:30', 1, '2026-11-30T11:30'],
    ['over the night', '2026-11-30T14:30', 1, '2026-12-01T06:30'],
    ['to the very end of a day', '2026-11-30T14:30', 0.5, '2026-11-30T15:00'],
    ['from outside', '2026-12-05T06:00', 1, '2026-12-07T07:00'],
    ['past midnight', '2026-12-04T20:00', 3, '2026-12-04T23:00'],
    ['nothing', '2026-12-05T06:00', 0, '2026-12-05T06:00'],
  ])('%s', (_, from, hours, until) => {
    expect(text(addWorking(office, at(from), hours * HOUR))).toBe(until);
    expect(workingMs(office, at(from), at(until))).toBe(hours * HOUR);
  });

  test('that does not pass within 400 days never passes', () => {
    const once: Schedule = [
      { from: 0, zone: 'UTC', week: {}, exceptions: { '2027-12-01': [interval('10:00-11:00')] } },
    ];

    expect(text(addWorking(once, at('2026-12-01T00:00'), HOUR))).toBe('2027-12-01T11:00');
    expect(addWorking(once, at('2026-12-01T00:00'), HOUR + 1)).toBeUndefined();
    expect(nextBorder(once, at('2027-12-01T11:00'))).toBeUndefined();
  });

  test('counts each part of a wait by the version that held then', () => {
    const short = { zone: 'UTC', week: { mon: [interval('09:00-10:00')] }, exceptions: {} };
    const long = { zone: 'UTC', week: { mon: [interval('09:00-18:00')] }, exceptions: {} };
    const monday = at('2026-11-30T00:00');
    const changed = withHours([{ ...short, from: 0 }], long, monday + 12 * HOUR);

    expect(workingMs(changed, monday, monday + DAY)).toBe(HOUR + 6 * HOUR);
    expect(workingMs(changed, monday - 7 * DAY, monday - 6 * DAY)).toBe(HOUR);
  });
});

describe('times of a schedule (T9)', () => {
  const zoneOfTests = process.env.TZ;
  afterEach(() => {
    if (zoneOfTests === undefined) delete process.env.TZ;
    else process.env.TZ = zoneOfTests;
  });

  test.each(['Pacific/Apia', 'America/St_Johns', 'Asia/Kathmandu'])(
    'the zone of the machine changes nothing: %s',
    (zone) => {
      process.env.TZ = zone;
      expect(new Date(0).getTimezoneOffset()).not.toBe(0);

      expect(isOpen(office, at('2026-12-04T22:59'))).toBe(true);
      expect(text(nextBorder(office, at('2026-12-31T12:00')))).toBe('2027-01-04T06:00');
      expect(text(addWorking(office, at('2026-11-30T14:30'), HOUR))).toBe('2026-12-01T06:30');
    },
  );
});

describe('nextBorder', () => {
  test.each([
    ['opens', '2026-11-30T05:59', '2026-11-30T06:00'],
    ['closes', '2026-11-30T06:00', '2026-11-30T10:00'],
    ['after a border comes the next one', '2026-11-30T10:00', '2026-11-30T11:00'],
    ['opens after a day off', '2026-12-31T12:00', '2027-01-04T06:00'],
  ])('%s', (_, from, border) => {
    expect(text(nextBorder(office, at(from)))).toBe(border);
  });

  test('adjacent intervals make no border, nor does midnight', () => {
    const joined: Schedule = [
      {
        from: 0,
        zone: 'UTC',
        week: {
          mon: [
            ['09:00', '12:00'],
            ['12:00', '24:00'],
          ],
          tue: [['00:00', '01:00']],
        },
        exceptions: {},
      },
    ];

    expect(text(nextBorder(joined, at('2026-11-30T09:00')))).toBe('2026-12-01T01:00');
    expect(nextBorder(always('Asia/Beirut'), at('2026-03-01T00:00'))).toBeUndefined();
  });
});

/** Zones in which something is odd: quarters of an hour, changes at midnight, two changes within 60 days, a lost day. */
const ZONES = [
  ...['UTC', 'Europe/Moscow', 'Europe/Berlin', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
  ...['Africa/Cairo', 'Asia/Beirut', 'America/New_York', 'America/Santiago', 'Pacific/Chatham', 'America/Havana'],
];
const minute = fc.integer({ min: 0, max: 1439 });
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const anyInterval = fc.tuple(minute, minute).map(([start, end]): Interval => [clock(start), clock(end)]);
const anyDay = fc.array(anyInterval, { maxLength: 3 });
const anyHours = fc.record({
  zone: fc.constantFrom(...ZONES),
  // One day is never off, so that time passes in nearly all of them.
  week: fc
    .tuple(anyInterval, fc.dictionary(fc.constantFrom(...WEEKDAYS), anyDay))
    .map(([one, days]) => ({ ...days, wed: [one] })),
  exceptions: fc.dictionary(
    fc
      .integer({ min: 0, max: 730 })
      .map((day) => new Date(at('2025-12-01T00:00') + day * DAY).toISOString().slice(0, 10)),
    anyDay,
    { maxKeys: 3 },
  ),
});
const instant = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-06-01T00:00') });
const anySchedule = fc
  .tuple(anyHours, fc.option(fc.tuple(anyHours, instant)))
  .map(
    ([first, second]): Schedule => (second ? withHours([{ ...first, from: 0 }], ...second) : [{ ...first, from: 0 }]),
  );
const duration = fc.integer({ min: 1, max: 20 * HOUR });
const runs = { numRuns: 60 };

describe('for any schedule in any zone (T9)', () => {
  test('as much time has passed as was added, and no earlier instant would do', () => {
    fc.assert(
      fc.property(anySchedule, instant, duration, (schedule, from, ms) => {
        const until = addWorking(schedule, from, ms);
        // A day of a minute, or of none, may be the only one of a week.
        if (until === undefined) {
          expect(workingMs(schedule, from, from + FARTHEST_MS)).toBeLessThan(ms);
          return;
        }

        expect(workingMs(schedule, from, until)).toBe(ms);
        expect(workingMs(schedule, from, until - 1)).toBe(ms - 1);
        expect(until).toBeGreaterThanOrEqual(from + ms);
      }),
      runs,
    );
  });

  test('time adds up over cuts and is never more than plain time', () => {
    fc.assert(
      fc.property(anySchedule, fc.tuple(instant, instant, instant), (schedule, instants) => {
        const [from, cut, to] = [...instants].map((one) => at('2026-01-01T00:00') + (one % (20 * DAY))).sort() as [
          number,
          number,
          number,
        ];

        const whole = workingMs(schedule, from, to);

        expect(workingMs(schedule, from, cut) + workingMs(schedule, cut, to)).toBe(whole);
        expect(whole).toBeLessThanOrEqual(to - from);
      }),
      runs,
    );
  });

  test('it changes at the next border and not before', () => {
    fc.assert(
      fc.property(anySchedule, instant, (schedule, from) => {
        const border = nextBorder(schedule, from);
        if (border === undefined) return;
        const open = isOpen(schedule, from);

        expect(isOpen(schedule, border)).toBe(!open);
        expect(workingMs(schedule, from, border)).toBe(open ? border - from : 0);
      }),
      runs,
    );
  });

  test('openings stand in order and do not touch', () => {
    fc.assert(
      fc.property(anySchedule, instant, (schedule, from) => {
        const found = openings(schedule, from, from + 15 * DAY);

        expect(found.every(({ from: begins, to }, index) => begins < to && (found[index - 1]?.to ?? -1) < begins)).toBe(
          true,
        );
      }),
      runs,
    );
  });

  test.each(ZONES)('round the clock is plain time in %s', (zone) => {
    const [from, to] = [at('2026-01-01T00:00'), at('2027-01-01T00:00')];

    expect(openings(always(zone), from, to)).toEqual([{ from, to }]);
    expect(addWorking(always(zone), from, 100 * DAY)).toBe(from + 100 * DAY);
  });
});
