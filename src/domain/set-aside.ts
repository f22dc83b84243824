/** What a lane remembers of refusals, to find out whether an event or its receiver is the reason. */
export interface Doubts {
  /** Events up to this place leave one at a time, because a call with them was refused. */
  readonly singlyUpTo: string;
  /** The subjects of which an event was refused alone. Events of others leave first: they are the control. */
  readonly suspects: readonly string[];
  /** How often an event of a subject was refused while others were taken. */
  readonly strikes: Readonly<Record<string, number>>;
  /** The subjects that have a lane of their own. */
  readonly aside: readonly string[];
}

/** What follows from a refusal, or from a control that was taken. */
export interface Judged {
  readonly doubts: Doubts;
  /** Whether the receiver itself may be ill, so that the lane has to wait. */
  readonly wait: boolean;
}

/** An event of a lane, by its place, and what it is about. */
interface LaneEvent {
  readonly event: string;
  readonly subject: string;
}

/** After so many strikes a subject is set aside. */
export const STRIKES = 5;
/** A receiver that refuses more subjects is ill. */
export const MOST_ASIDE = 50;

/** Nothing was refused. */
export const NO_DOUBTS: Doubts = { singlyUpTo: '', suspects: [], strikes: {}, aside: [] };

/** After a call with several events was refused: they leave one at a time. */
export function afterRefusedBatch(doubts: Doubts, batch: readonly LaneEvent[]): Judged {
  return { doubts: singly(doubts, batch), wait: false };
}

/**
 * After an event was refused alone. An event of another subject is sent as the control, at once the first time, and
 * after a wait if that is refused too. Where there is no other, the refusal counts as a strike, and the lane waits
 * until the last one.
 */
export function afterRefusal(doubts: Doubts, refused: LaneEvent, waiting: readonly LaneEvent[]): Judged {
  const wasControl = doubts.suspects.length > 0;
  const suspects = [...doubts.suspects, refused.subject];
  const hasOther = suspects.length < MOST_ASIDE && waiting.some(({ subject }) => !suspects.includes(subject));
  const next = singly(doubts, [refused]);
  if (hasOther) return { doubts: { ...next, suspects }, wait: wasControl };
  // Every subject was refused, so the receiver is ill.
  if (wasControl) return { doubts: { ...next, suspects: [] }, wait: true };
  const struck = strike({ ...next, suspects });
  return { doubts: struck, wait: struck.aside.length === doubts.aside.length };
}

/**
 * After a call was taken. If it was a control, each suspect gets a strike. If too many subjects are aside, the receiver
 * is ill.
 */
export function afterTaken(doubts: Doubts, taken: readonly LaneEvent[]): Judged {
  const strikes = Object.fromEntries(
    Object.entries(doubts.strikes).filter(([struck]) => !taken.some(({ subject }) => subject === struck)),
  );
  const next = strike({ ...doubts, strikes });
  return { doubts: next, wait: doubts.suspects.some((subject) => next.strikes[subject] === STRIKES) };
}

function strike(doubts: Doubts): Doubts {
  const strikes = { ...doubts.strikes };
  const aside = [...doubts.aside];
  for (const subject of doubts.suspects) {
    const count = (strikes[subject] ?? 0) + 1;
    if (count >= STRIKES && aside.length < MOST_ASIDE) {
      aside.push(subject);
      delete strikes[subject];
    } else strikes[subject] = Math.min(count, STRIKES);
  }
  return { ...doubts, suspects: [], strikes, aside };
}

function singly(doubts: Doubts, refused: readonly LaneEvent[]): Doubts {
  const places = [doubts.singlyUpTo, ...refused.map(({ event }) => event)].sort();
  return { ...doubts, singlyUpTo: places.at(-1) as string };
}
