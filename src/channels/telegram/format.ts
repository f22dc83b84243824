import { findMarks, type Mark } from '#channels/marks';

/** A part of a text with a look. Offset and length count UTF-16 units: https://core.telegram.org/bots/api#messageentity */
export interface Entity {
  readonly type: Mark['type'];
  readonly offset: number;
  readonly length: number;
}

/** What Telegram shows of a text: the text without its marks, and the looks that the marks stand for. */
export interface Formatted {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Telegram passes over what is more. https://docs.python-telegram-bot.org/en/v13.2/telegram.constants.html */
const MAX_ENTITIES = 100;

/** Reads the marks of a text (ADR 23). It takes time in proportion to the text, whatever that is. */
export function format(text: string): Formatted {
  const marks = findMarks(text).toSorted((one, other) => one.from - other.from);
  if (marks.length === 0) return { text, entities: [] };
  const { shown, offsetAt } = withoutMarks(text, marks);
  const looks = marks.map(({ type, start, end }) => {
    const offset = offsetAt(start);
    return { type, offset, length: offsetAt(end) - offset };
  });
  const entities = outsideOfCode(shown, looks).toSorted(byPlace);
  return { text: shown, entities: entities.slice(0, MAX_ENTITIES) };
}

/**
 * The length of a text as Telegram counts it: characters of Unicode "after entities parsing", without carriage returns
 * and without the space around the text, which it drops (ADR 23).
 */
export function lengthOf(text: string): number {
  let length = 0;
  for (const character of format(text).text.trim()) if (character !== '\r') length += 1;
  return length;
}

function byPlace(one: Entity, other: Entity): number {
  return one.offset - other.offset || other.length - one.length;
}

/** The text without its marks, and the place in it at which something of the text stands now. */
function withoutMarks(text: string, marks: readonly Mark[]) {
  const isMark = new Uint8Array(text.length);
  for (const { from, start, end, to } of marks) {
    isMark.fill(1, from, start);
    isMark.fill(1, end, to);
  }
  const offsets = new Uint32Array(text.length + 1);
  const kept: string[] = [];
  let keptFrom = 0;
  for (let at = 0; at < text.length; at += 1) {
    offsets[at + 1] = (offsets[at] as number) + 1 - (isMark[at] as number);
    if (isMark[at]) {
      if (keptFrom < at) kept.push(text.slice(keptFrom, at));
      keptFrom = at + 1;
    }
  }
  kept.push(text.slice(keptFrom));
  return { shown: kept.join(''), offsetAt: (at: number) => offsets[at] as number };
}

/**
 * The entities that Telegram takes of the looks, which come in the order of their first marks: no look within the same
 * look, and none around code, which "can't contain other entities" and is not contained in any. A look around code
 * becomes one look before it and one behind it.
 */
function outsideOfCode(text: string, looks: readonly Entity[]): Entity[] {
  const codes = looks.filter(({ type }) => type === 'pre');
  const endOf = new Map<Entity['type'], number>();
  let passed = 0;
  return looks.flatMap((look) => {
    const { type, offset } = look;
    if (type === 'pre') return [look];
    const end = offset + look.length;
    if (end <= (endOf.get(type) ?? 0)) return [];
    endOf.set(type, end);
    while (passed < codes.length && endOfCode(codes[passed]) <= offset) passed += 1;
    const pieces: Entity[] = [];
    let start = offset;
    for (let next = passed; start < end; next += 1) {
      const upTo = Math.min(codes[next]?.offset ?? end, end);
      if (/\S/.test(text.slice(start, upTo))) pieces.push({ type, offset: start, length: upTo - start });
      start = upTo === end ? end : endOfCode(codes[next]);
    }
    return pieces;
  });
}

function endOfCode(code: Entity | undefined): number {
  return code ? code.offset + code.length : 0;
}
