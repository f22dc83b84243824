import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextBatch, type WaitingEvent } from '#domain/event-batch';
import {
  afterRefusal,
  afterRefusedBatch,
  afterTaken,
  type Doubts,
  type Judged,
  MOST_ASIDE,
  NO_DOUBTS,
  STRIKES,
} from '#domain/set-aside';
import { timeKey } from '#domain/time-key';

function event(word: string): WaitingEvent {
  return { event: timeKey(Number(word.slice(1)), word), subject: word[0]!, isAlone: false };
}

const wordOf = ({ event }: WaitingEvent) => event.slice(14);

/** Plays a lane until it is empty, or for so many calls. `!` marks a wait. */
function play(words: string, isBad: (word: string, call: number) => boolean, calls = 100) {
  let waiting = words === '' ? [] : words.split(' ').map(event);
  let doubts: Doubts = NO_DOUBTS;
  const said: string[] = [];
  const taken: string[] = [];
  for (let call = 1; call <= calls; call += 1) {
    waiting = waiting.filter(({ subject }) => !doubts.aside.includes(subject));
    const batch = nextBatch(waiting, [], doubts);
    if (!batch) return { said, taken, doubts, waiting };
    const sent = batch.events.map(wordOf);
    const refused = sent.some((word) => isBad(word, call));
    const judged = judge(doubts, batch.events, refused, waiting);
    if (!refused) {
      taken.push(...sent);
      waiting = waiting.filter((one) => !batch.events.includes(one));
    }
    said.push(`${refused ? '-' : '+'}${sent.join(',')}${judged.wait ? '!' : ''}`);
    doubts = judged.doubts;
  }
  return { said, taken, doubts, waiting };
}

function judge(doubts: Doubts, sent: readonly WaitingEvent[], refused: boolean, waiting: WaitingEvent[]): Judged {
  if (!refused) return afterTaken(doubts, sent);
  return sent.length > 1 ? afterRefusedBatch(doubts, sent) : afterRefusal(doubts, sent[0]!, waiting);
}

describe('a refused batch', () => {
  test('leaves one at a time; a bad event gets a strike for each control that is taken, then its subject is set aside', () => {
    const { said, doubts } = play('a1 b2 c3 b4 c5 d6 b7 a8', (word) => word === 'a1');

    expect(said).toEqual([
      ...['-a1,b2,c3,b4,c5,d6,b7,a8', '-a1', '+b2', '-a1', '+c3', '-a1', '+b4', '-a1', '+c5', '-a1', '+d6'],
      '+b7',
    ]);
    expect(doubts.aside).toEqual(['a']);
  });

  test('leaves in order when nothing in it is refused alone', () => {
    expect(play('a1 b2 c3', (_, call) => call === 1).said).toEqual(['-a1,b2,c3', '+a1', '+b2', '+c3']);
  });
});

describe('a control that is refused too', () => {
  test('lets the lane wait, and gives no strike', () => {
    const { said, doubts } = play('a1 b2', () => true, 4);

    expect(said).toEqual(['-a1,b2', '-a1', '-b2!', '-a1']);
    expect(doubts).toMatchObject({ strikes: {}, aside: [] });
  });

  test('is followed by one of a third subject, so that two bad ones in a row hold up nobody', () => {
    const { said, doubts } = play('a1 b2 c3 c4 c5 c6 c7 c8', (word) => /[ab]/.test(word));

    expect(said.slice(0, 7)).toEqual(['-a1,b2,c3,c4,c5,c6,c7,c8', '-a1', '-b2!', '+c3', '-a1', '-b2!', '+c4']);
    expect(said.at(-1)).toBe('+c8');
    expect(doubts.aside).toEqual(['a', 'b']);
  });
});

describe('an event that is refused and waits alone', () => {
  test('waits after each refusal, until its subject is set aside after the fifth', () => {
    const { said, doubts } = play('a1 a2', () => true);

    expect(said).toEqual(['-a1,a2', '-a1!', '-a1!', '-a1!', '-a1!', '-a1']);
    expect(doubts.aside).toEqual(['a']);
  });

  test('has no strikes left once it is taken', () => {
    expect(play('a1', (_, call) => call < 5)).toMatchObject({ taken: ['a1'], doubts: { strikes: {}, aside: [] } });
  });
});

test('a receiver that refuses more than fifty subjects is ill', () => {
  const aside = Array.from({ length: MOST_ASIDE }, (_, index) => `s${index}`);
  const doubts = { ...NO_DOUBTS, aside, suspects: ['a'], strikes: { a: STRIKES - 1 } };

  const judged = afterTaken(doubts, [event('b2')]);

  expect(judged).toMatchObject({ wait: true, doubts: { aside, suspects: [], strikes: { a: STRIKES } } });
  expect(afterTaken(judged.doubts, [event('a1')])).toMatchObject({ wait: false, doubts: { strikes: {} } });
});

test('whatever is bad: all others are taken, each subject in order and nothing twice', () => {
  const subjects = ['a', 'b', 'c', 'd', 'e'];
  const lane = fc.array(fc.constantFrom(...subjects), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(lane, fc.subarray(subjects, { maxLength: 4 }), fc.nat(3), (order, bad, ill) => {
      // Enough controls for everything that is bad come in the end.
      const words = [...order, ...'zzzzzz'].map((subject, index) => `${subject}${index + 1}`);
      // A receiver that is ill at first refuses everything.
      const { taken, waiting } = play(words.join(' '), (word, call) => call <= ill || bad.includes(word[0]!), 1_000);

      expect(waiting).toEqual([]);
      expect([...taken].sort()).toEqual(words.filter((word) => !bad.includes(word[0]!)).sort());
      for (const subject of [...subjects, 'z']) {
        const own = (all: string[]) => all.filter((word) => word.startsWith(subject));
        expect(own(taken)).toEqual(bad.includes(subject) ? [] : own(words));
      }
    }),
  );
});
