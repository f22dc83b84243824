import { UNSPEAKABLE } from '#test/channels/spoilt';
import { hostileTexts } from '#test/hostile/values';

/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of them. */
export function pick<T>(random: Random, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)] as T;
}

type Node = Record<string, unknown>;

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e21, 8.64e15, -8.64e15, Number.MAX_SAFE_INTEGER],
  ...[[], {}, [[]], [null], [{}], { a: 1 }, ['x'], { id: null }, [1, 'x', {}], { type: 'text', text: 5 }],
  ...UNSPEAKABLE,
  ...hostileTexts,
  'x'.repeat(70_000),
  Array.from({ length: 300 }, (_, index) => ({ id: index })),
];

/** Larger ones would only take longer. */
const MOST_PLACES = 2_000;

/** The body with one to four things in it replaced, removed, doubled or moved. `others` are bodies of all messengers. */
export function mutated(random: Random, body: unknown, others: readonly unknown[]): unknown {
  const copy = structuredClone(body);
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) change(random, copy, others);
  return copy;
}

function change(random: Random, body: unknown, others: readonly unknown[]): void {
  const places = placesIn(body);
  if (places.length === 0 || places.length > MOST_PLACES) return;
  const [node, key] = pick(random, places);
  switch (Math.floor(random() * 8)) {
    case 0:
      delete node[key];
      return;
    case 1: {
      // What stands in another place of this body, or of another messenger's.
      const [other, otherKey] = pick(random, random() < 0.5 ? places : placesIn(pick(random, others)));
      node[key] = structuredClone(other[otherKey]);
      return;
    }
    case 2:
      node[pick(random, ['type', 'id', 'text', '__proto__', 'constructor', 'kind', 'event'])] = structuredClone(
        pick(random, VALUES),
      );
      return;
    case 3:
      if (Array.isArray(node[key])) node[key] = Array.from({ length: 40 }, () => (node[key] as unknown[])[0]);
      else node[key] = [node[key]];
      return;
    case 4:
      node[key] = deep(random, node[key]);
      return;
    default:
      node[key] = structuredClone(pick(random, VALUES));
  }
}

function deep(random: Random, value: unknown): unknown {
  let nested = value;
  for (let depth = Math.floor(random() * 90); depth > 0; depth -= 1) nested = depth % 2 ? [nested] : { a: nested };
  return nested;
}

function placesIn(value: unknown): (readonly [Node, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[value as Node, key] as const, ...placesIn(inner)]);
}

/** The bytes with something wrong in them: cut, turned, doubled, in another coding. */
export function damaged(random: Random, bytes: Buffer): Buffer {
  const at = Math.floor(random() * bytes.length);
  switch (Math.floor(random() * 6)) {
    case 0:
      return bytes.subarray(0, at);
    case 1: {
      const turned = Buffer.from(bytes);
      turned[at] = Math.floor(random() * 256);
      return turned;
    }
    case 2:
      return Buffer.concat([bytes, bytes]);
    case 3:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), bytes.subarray(at)]);
    default:
      return Buffer.from(bytes.toString(), 'utf16le');
  }
}
