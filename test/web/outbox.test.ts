import { describe, expect, test } from 'vitest';
import { type End, Outbox, type Outcome, type Reply, type Step } from '../../web/core/outbox.ts';
import { randomOf } from './random.ts';

const HOUR = 3_600_000;

describe('replies of one page', () => {
  test('leave one at a time in each chat, in order; other chats do not wait', () => {
    const outbox = new Outbox();
    for (const reply of [replyOf('1', 'a'), replyOf('2', 'a'), replyOf('3', 'b')]) outbox.add(reply);

    expect(started(outbox, 0)).toEqual(['send 1', 'send 3']);
    expect(started(outbox, 0)).toEqual([]);
    outbox.done('1', 'accepted', 0);
    expect(started(outbox, 0)).toEqual(['send 2']);
  });

  test('are sent again after 1, 2, 5, 10, 30, 30 seconds, and at once when there is a connection again', () => {
    const outbox = new Outbox();
    outbox.add(replyOf('1'));
    let now = 0;

    for (const delay of [1_000, 2_000, 5_000, 10_000, 30_000, 30_000]) {
      expect(started(outbox, now)).toEqual(['send 1']);
      outbox.done('1', 'unclear', now);
      expect(outbox.nextAt).toBe(now + delay);
      expect(started(outbox, now + delay - 1)).toEqual([]);
      now += delay;
    }
    outbox.hurry();
    expect(started(outbox, now)).toEqual(['send 1']);
  });

  test('of a chat that was not read for long are looked at first, and only before the first try', () => {
    const outbox = new Outbox();
    outbox.add(replyOf('1'));

    expect(started(outbox, 0, false)).toEqual(['check 1']);
    outbox.done('1', 'unclear', 0);
    expect(started(outbox, 1_000, false)).toEqual(['check 1']);
    outbox.done('1', 'unanswered', 1_000);
    expect(started(outbox, 1_000, true)).toEqual(['send 1']);
    outbox.done('1', 'unclear', 1_000);
    expect(started(outbox, 99_000, false)).toEqual(['send 1']);
  });

  test('are the writer’s again if a colleague answered meanwhile, unless they are sent in spite of it', () => {
    const outbox = new Outbox();
    outbox.add(replyOf('1'));
    outbox.add(replyOf('2', 'b', { anyway: true }));

    expect(started(outbox, 0, false)).toEqual(['check 1', 'send 2']);
    expect(outbox.done('1', 'answered', 0)).toBe('back');
    expect(outbox.items.map(({ reply }) => reply.id)).toEqual(['2']);
  });

  test('with a file wait for its upload, and those behind them as well', () => {
    const outbox = new Outbox();
    outbox.add(replyOf('1'), true);
    outbox.add(replyOf('2'));

    expect(started(outbox, 0)).toEqual([]);
    expect(outbox.uploaded('1', 'https://files/1')?.contentUri).toBe('https://files/1');
    expect(started(outbox, 0)).toEqual(['send 1']);
  });

  test('can be taken back while nobody can have got them', () => {
    const outbox = new Outbox();
    for (const id of ['1', '2']) outbox.add(replyOf(id));
    started(outbox, 0);

    expect(outbox.takeBack('1')).toBeUndefined();
    expect(outbox.takeBack('2')?.id).toBe('2');
    outbox.done('1', 'unclear', 0);
    expect(outbox.takeBack('1')).toBeUndefined();
  });
});

describe('replies of a page before', () => {
  test.each([
    ['at most ten minutes old: they are sent again', 600_000, ['send 1'], []],
    ['older: the history is searched, once no request can be under way any more', 600_001, [], ['look 1']],
  ])('%s', (_, age, atOnce, later) => {
    const outbox = new Outbox();
    outbox.restore([replyOf('1', 'a', { at: 0 })], age);

    expect(started(outbox, age)).toEqual(atOnce);
    if (later.length > 0) expect(started(outbox, age + 60_000)).toEqual(later);
  });

  test.each<[string, number, string]>([
    ['sends it', HOUR, 'send 1'],
    ['has it looked for once more if the server has forgotten it by now', 49 * HOUR, 'look 1'],
  ])('ask if they are not found; the writer’s yes %s', (_, at, step) => {
    const outbox = new Outbox();
    outbox.restore([replyOf('1', 'a', { at: 0 })], HOUR);
    started(outbox, HOUR + 60_000);
    outbox.done('1', 'not-found', HOUR + 60_000);

    expect(outbox.items[0]?.state).toBe('asks');
    outbox.sendAsked('1', at + 60_000);
    expect(started(outbox, at + 60_000)).toEqual([step]);
  });

  test('that are found are sent', () => {
    const outbox = new Outbox();
    outbox.restore([replyOf('1', 'a', { at: 0 })], HOUR);
    started(outbox, HOUR + 60_000);

    expect(outbox.done('1', 'found', HOUR + 60_000)).toBe('sent');
    expect(outbox.items).toEqual([]);
  });

  test('that ask do not hold up what is written now', () => {
    const outbox = new Outbox();
    outbox.restore([replyOf('1', 'a', { at: 0 })], HOUR);
    started(outbox, HOUR + 60_000);
    outbox.done('1', 'not-found', HOUR + 60_000);
    outbox.add(replyOf('2'));

    expect(started(outbox, HOUR + 60_000)).toEqual(['send 2']);
  });
});

test('any order of answers, losses, repeats and reloads: what is told as sent is stored once, what comes back is not', () => {
  for (let seed = 1; seed <= 1_500; seed++) {
    const history = play(seed);
    const wrong = history.replies.filter(({ id }) => {
      const stored = history.stored.get(id) ?? 0;
      const ends = history.ends.get(id) ?? [];
      return ends.length !== 1 || stored !== (ends[0] === 'sent' ? 1 : 0);
    });
    expect(wrong, `history ${seed}`).toEqual([]);
    expect(history.kept.size, `history ${seed}`).toBe(0);
  }
});

/**
 * Plays replies of one writer against a server that does what ours does: it remembers an accepted or refused id for 48
 * hours. Requests arrive up to half a minute late or never, answers get lost, and the page is reloaded at any time.
 */
function play(seed: number) {
  const random = randomOf(seed);
  const chance = (part: number) => random() < part;
  const kept = new Map<string, Reply>();
  const stored = new Map<string, number>();
  const ends = new Map<string, End[]>();
  const claims = new Map<string, { readonly until: number; readonly isAccepted: boolean }>();
  const replies: Reply[] = [];
  const events: { readonly at: number; readonly run: () => void }[] = [];
  let now = 0;
  let outbox = new Outbox();
  let faults = 0.3;

  const later = (ms: number, run: () => void) => events.push({ at: now + ms, run });
  const receive = (reply: Reply): Outcome => {
    const claim = claims.get(reply.id);
    if (claim && claim.until > now) return claim.isAccepted ? 'accepted' : 'repeated';
    const isAccepted = !chance(0.15);
    claims.set(reply.id, { until: now + 48 * HOUR, isAccepted });
    if (isAccepted) stored.set(reply.id, (stored.get(reply.id) ?? 0) + 1);
    return isAccepted ? 'accepted' : 'refused';
  };
  const ended = (id: string, end: End | undefined) => {
    if (!end) return;
    kept.delete(id);
    ends.set(id, [...(ends.get(id) ?? []), end]);
  };
  const act = ({ act, reply }: Step) => {
    const asker = outbox;
    const answer = (outcome: Outcome) => {
      if (outbox === asker) ended(reply.id, outbox.done(reply.id, outcome, now));
    };
    let isAnswered = false;
    const once = (outcome: Outcome) => {
      if (!isAnswered) answer(outcome);
      isAnswered = true;
    };
    later(20_000, () => once('unclear'));
    if (chance(faults / 2)) return;
    later(chance(faults) ? random() * 30_000 : 50, () => {
      const isLost = chance(faults / 2);
      let outcome: Outcome;
      if (act === 'send') outcome = receive(reply);
      else if (act === 'look') outcome = stored.has(reply.id) ? 'found' : 'not-found';
      else outcome = chance(0.2) ? 'answered' : 'unanswered';
      if (!isLost) later(50, () => once(outcome));
    });
  };
  const reload = () => {
    outbox = new Outbox();
    outbox.restore([...kept.values()], now);
  };
  const press = () => {
    const reply = replyOf(`${replies.length + 1}`, chance(0.5) ? 'a' : 'b', { at: now });
    replies.push(reply);
    kept.set(reply.id, reply);
    outbox.add(reply);
  };
  const decide = () => {
    for (const { reply, state } of outbox.items) {
      if (state === 'asks' && chance(0.5)) outbox.sendAsked(reply.id, now);
      else if (chance(0.1) || state === 'asks') {
        if (outbox.takeBack(reply.id)) ended(reply.id, 'back');
      }
    }
  };
  const pass = (ms: number) => {
    const until = now + ms;
    for (;;) {
      for (const step of outbox.start(now, () => chance(0.5))) act(step);
      events.sort((one, other) => one.at - other.at);
      const next = Math.min(events[0]?.at ?? until, Math.max(now, outbox.nextAt ?? until), until);
      now = next;
      if (now >= until) return;
      while (events[0] && events[0].at <= now) events.shift()!.run();
    }
  };

  for (let i = 0; i < 30; i++) {
    const drawn = random();
    if (drawn < 0.35) press();
    else if (drawn < 0.5) reload();
    else if (drawn < 0.6) decide();
    else if (drawn < 0.65) outbox.hurry();
    else if (drawn < 0.7) {
      // The page is closed for long: what is under way arrives meanwhile.
      outbox = new Outbox();
      pass(random() * 60 * HOUR);
      reload();
    } else pass(random() ** 3 * 900_000);
  }
  faults = 0;
  while (outbox.items.length > 0) {
    pass(120_000);
    decide();
  }
  pass(120_000);
  return { replies, stored, ends, kept };
}

function replyOf(id: string, chatId = 'a', given: Partial<Reply> = {}): Reply {
  return { id, chat: { channelId: 'c', chatType: 'telegram', chatId }, text: id, at: 0, known: [], ...given };
}

function started(outbox: Outbox, now: number, isFresh = true): string[] {
  return outbox.start(now, () => isFresh).map(({ act, reply }) => `${act} ${reply.id}`);
}
