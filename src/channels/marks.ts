/** Two marks and what is between them: `from` and `to` are the ends with the marks, `start` and `end` without. */
export interface Mark {
  readonly type: 'bold' | 'italic' | 'underline' | 'strikethrough' | 'pre';
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly to: number;
}

/** A mark that waits for its other half. `line` and `ink` are what was counted up to its content. */
interface Opening {
  readonly kind: string;
  readonly from: number;
  readonly start: number;
  readonly line: number;
  readonly ink: number;
}

/** What stands around a mark: before and behind it, and first and last within. */
type Rule = Readonly<Record<'before' | 'behind' | 'first' | 'last', RegExp>>;

const TYPES: Readonly<Record<string, Mark['type']>> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strikethrough',
  b: 'bold',
  i: 'italic',
  s: 'strikethrough',
  u: 'underline',
};

const FENCE = '```';
// An address keeps its marks, so it is one token.
const TOKEN = /```|<\/?[bius]>|[*_~\n]|https?:\/\/[^\s<>`]+/gi;
const TAG = /<\/?[bius]>/iy;
/** What belongs to the sentence and not to the address at the end of which it stands. */
const AFTER_ADDRESS = new Set('*_~.,:;!?)]}\'"»”');

const EMOJI = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0f\u20e3`;
const BETWEEN_WORDS = String.raw`\s"'.,:;!?—–|*_~${EMOJI}`;
const BEFORE = String.raw`${BETWEEN_WORDS}([{№\p{Sc}`;
const BEHIND = String.raw`${BETWEEN_WORDS})\]}“%\p{Sc}`;
/** A space of no width, and the direction of writing, which messengers put around Arabic and Hebrew words. */
const UNSEEN = String.raw`\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069`;

/**
 * What a mark needs around it. The underscore and the tilde are parts of names, paths and faces too, so that a slash, a
 * dash or a sign beside them is no border of a word.
 */
const RULES: Readonly<Record<string, Rule>> = {
  '*': rule({ beside: String.raw`/&\p{Sm}\p{So}-`, never: '.' }),
  _: rule({ beside: '', never: '' }),
  '~': rule({ beside: '', never: '.' }),
};

function rule({ beside, never }: { beside: string; never: string }): Rule {
  return {
    before: new RegExp(`(?:^|[${BEFORE}${beside}]|${ofAnyScript('\\p{Ps}\\p{Pi}')})$`, 'u'),
    behind: new RegExp(`^(?:$|[${BEHIND}${beside}]|${ofAnyScript('\\p{Pe}\\p{Pf}')})`, 'u'),
    first: new RegExp(String.raw`^[^\s,;:)\]}»”/${never}]`, 'u'),
    last: /[^\s([{«„/]$/u,
  };
}

/** Punctuation of any script, and these brackets and quotes. Those of ASCII belong to names and sums too. */
function ofAnyScript(brackets: string): string {
  return String.raw`(?!\p{ASCII})[\p{Po}${brackets}${UNSEEN}]`;
}

/**
 * The marks that count, each with its other half (ADR 23). They never overlap: of two that would, the one that is closed
 * first counts. What does not count stays in the text as it is.
 */
export function findMarks(text: string): Mark[] {
  const found: Mark[] = [];
  const openings = createOpenings();
  let line = 0;
  /** Grows with everything that a person sees. */
  let ink = 0;
  let endOfTag = -1;

  /** Reads a token, and returns the place behind what was read. */
  function readToken(word: string, at: number): number {
    const end = at + word.length;
    if (word === '\n') {
      line += 1;
      return end;
    }
    if (word === FENCE) return readFence(at, end);
    if (word.startsWith('<')) return readTag(word, at, end);
    if (word.length === 1) return readMark(word, at, end);
    ink += 1;
    return endOfAddress(text, at, end);
  }

  function readFence(at: number, end: number): number {
    const other = text.indexOf(FENCE, end);
    ink += 1;
    const code = other < 0 ? undefined : codeOf(text, at, other);
    if (!code) return end;
    found.push(code);
    if (text.slice(at, code.to).includes('\n')) line += 1;
    return code.to;
  }

  function readTag(word: string, at: number, end: number): number {
    const kind = word.replaceAll(/\W/g, '').toLowerCase();
    const opening = openings.latest(kind);
    if (!word.startsWith('</')) open(kind, at, end);
    else if (opening) close(opening, at, end);
    else ink += 1;
    endOfTag = end;
    return end;
  }

  function readMark(mark: string, at: number, end: number): number {
    const opening = openings.latest(mark);
    if (opening?.line === line && canClose(text, at, mark)) close(opening, at, end);
    else if (canOpen(text, at, mark, endOfTag === at)) open(mark, at, end);
    else ink += 1;
    return end;
  }

  function open(kind: string, from: number, start: number): void {
    ink += 1;
    openings.push({ kind, from, start, line, ink });
  }

  function close(opening: Opening, end: number, to: number): void {
    openings.popTo(opening);
    if (ink === opening.ink) return;
    ink += 1;
    found.push({ type: TYPES[opening.kind] as Mark['type'], from: opening.from, start: opening.start, end, to });
  }

  const tokens = new RegExp(TOKEN);
  let read = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (/\S/.test(text.slice(read, token.index))) ink += 1;
    read = readToken(token[0], token.index);
    tokens.lastIndex = read;
  }
  return found;
}

/** The marks that wait for their other halves: all in the order of the text, and those of one kind at hand. */
function createOpenings() {
  const all: Opening[] = [];
  const ofKind = new Map(Object.keys(TYPES).map((kind) => [kind, [] as Opening[]]));
  return {
    latest: (kind: string) => ofKind.get(kind)?.at(-1),
    push(opening: Opening) {
      all.push(opening);
      ofKind.get(opening.kind)?.push(opening);
    },
    /** Takes out an opening and all that came after it: they would overlap. */
    popTo(opening: Opening) {
      for (let top = all.pop(); top; top = all.pop()) {
        ofKind.get(top.kind)?.pop();
        if (top === opening) return;
      }
    },
  };
}

/** The code between two fences, if there is any. The line breaks beside its fences are none of its own. */
function codeOf(text: string, from: number, other: number): Mark | undefined {
  const inner = text.slice(from + FENCE.length, other);
  if (inner.trim() === '') return undefined;
  const start = from + FENCE.length + (/^\r?\n/.exec(inner)?.[0].length ?? 0);
  const end = other - (/\r?\n$/.exec(inner.slice(-2))?.[0].length ?? 0);
  return { type: 'pre', from, start, end, to: other + FENCE.length };
}

function canOpen(text: string, at: number, mark: string, isBehindTag: boolean): boolean {
  const { before, first } = ruleOf(mark);
  const isBorder = isBehindTag || before.test(text.slice(Math.max(0, at - 2), at));
  return isBorder && !isInRow(text, at, mark) && first.test(text.slice(at + 1, at + 3));
}

function canClose(text: string, at: number, mark: string): boolean {
  const { behind, last } = ruleOf(mark);
  const isBorder = isTag(text, at + 1) || behind.test(text.slice(at + 1, at + 3));
  return isBorder && !isInRow(text, at, mark) && last.test(text.slice(Math.max(0, at - 2), at));
}

function ruleOf(mark: string) {
  return RULES[mark] as Rule;
}

/** Whether the same mark stands beside it. A row of marks is a line to fill in, or a censored word. */
function isInRow(text: string, at: number, mark: string): boolean {
  return text[at - 1] === mark || text[at + 1] === mark;
}

function isTag(text: string, at: number): boolean {
  TAG.lastIndex = at;
  return TAG.test(text);
}

function endOfAddress(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && AFTER_ADDRESS.has(text[end - 1] as string)) end -= 1;
  return end;
}
