import { Temporal } from 'temporal-polyfill';

/**
 * The instant (epoch ms) of a wall time. `wall` is the epoch ms of that wall time in UTC. A time that a change of the offset
 * leaves out is moved later by the gap; of one that comes twice it is the first. That is Temporal's `compatible`.
 */
export function instantOf(zone: string, wall: number): number {
  const { year, month, day, hour, minute, second, millisecond } = inZone('UTC', wall);
  const plain = new Temporal.PlainDateTime(year, month, day, hour, minute, second, millisecond);
  return plain.toZonedDateTime(zone).epochMilliseconds;
}

/** The wall time of an instant (epoch ms), as the epoch ms that it would be in UTC. */
export function wallOf(zone: string, at: number): number {
  return at + inZone(zone, at).offsetNanoseconds / 1_000_000;
}

function inZone(zone: string, at: number): Temporal.ZonedDateTime {
  return new Temporal.ZonedDateTime(BigInt(at) * 1_000_000n, zone);
}
